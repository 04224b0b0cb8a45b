^okrbook( [a-z]+)?: .*'bild'
