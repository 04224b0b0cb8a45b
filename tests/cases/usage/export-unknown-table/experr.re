^okrbook( [a-z]+)?: .*'objectives'
