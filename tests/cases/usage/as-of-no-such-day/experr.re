^okrbook( [a-z]+)?: .*--as-of.*
^okrbook( [a-z]+)?: .*'2026-02-30'
