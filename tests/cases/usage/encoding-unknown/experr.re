^okrbook( [a-z]+)?: .*'no-such-charset'
