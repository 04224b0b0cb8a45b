^okrbook( [a-z]+)?: .*'no-such-folder'
