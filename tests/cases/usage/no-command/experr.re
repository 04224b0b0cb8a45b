^okrbook( [a-z]+)?: .*command
