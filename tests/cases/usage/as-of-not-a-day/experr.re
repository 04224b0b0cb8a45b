^okrbook( [a-z]+)?: .*--as-of.*
^okrbook( [a-z]+)?: .*'31/31/2026'
