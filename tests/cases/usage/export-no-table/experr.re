^okrbook( [a-z]+)?: .*(goals|table)
