^okrbook( [a-z]+)?: .*'?(-o|--output)'?
