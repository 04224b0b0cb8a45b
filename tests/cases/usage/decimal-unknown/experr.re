^okrbook( [a-z]+)?: .*--decimal
^okrbook( [a-z]+)?: .*'dot'
