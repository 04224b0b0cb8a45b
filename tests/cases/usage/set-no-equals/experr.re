^okrbook( [a-z]+)?: .*--set
^okrbook( [a-z]+)?: .*'band\.green'
