^okrbook( [a-z]+)?: .*'?threshold\.inclusive'?
^okrbook( [a-z]+)?: .*'?perhaps'?
