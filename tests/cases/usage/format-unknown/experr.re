^okrbook( [a-z]+)?: .*--format
^okrbook( [a-z]+)?: .*'xml'
