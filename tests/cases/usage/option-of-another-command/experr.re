^okrbook( [a-z]+)?: .*'?--split'?
