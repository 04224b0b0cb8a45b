^okrbook( [a-z]+)?: .*'no\.such\.rule'
