^okrbook( [a-z]+)?: .*--as-of.*
^okrbook( [a-z]+)?: .*''
