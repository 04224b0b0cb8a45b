^okrbook( [a-z]+)?: .*'no-such-file\.csv'
