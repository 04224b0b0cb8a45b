^okrbook( [a-z]+)?: .*--fail-on
^okrbook( [a-z]+)?: .*'sometimes'
