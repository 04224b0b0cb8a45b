^okrbook( [a-z]+)?: .*'exports'
\.csv
