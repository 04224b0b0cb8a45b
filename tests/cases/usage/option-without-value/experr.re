^okrbook( [a-z]+)?: .*('-o'|'--output'|'o'|'output'|-o |--output)
