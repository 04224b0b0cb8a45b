^okrbook( [a-z]+)?: .*'?threshold\.mode'?
^okrbook( [a-z]+)?: .*'?median'?
