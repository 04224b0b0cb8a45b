^okrbook( [a-z]+)?: .*file
