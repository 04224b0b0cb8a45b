[Uu]sage:? okrbook build
--as-of
(-o|--output)
--fail-on
