^okrbook( [a-z]+)?: .*--input-format
^okrbook( [a-z]+)?: .*'lotus'
