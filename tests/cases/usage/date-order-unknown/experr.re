^okrbook( [a-z]+)?: .*--date-order
^okrbook( [a-z]+)?: .*'dym'
