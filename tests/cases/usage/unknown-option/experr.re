^okrbook( [a-z]+)?: .*'?--colour'?
