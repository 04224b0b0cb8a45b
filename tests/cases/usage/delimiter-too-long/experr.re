^okrbook( [a-z]+)?: .*--delimiter
