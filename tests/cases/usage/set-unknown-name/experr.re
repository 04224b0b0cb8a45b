^okrbook( [a-z]+)?: .*'no\.such\.setting'
