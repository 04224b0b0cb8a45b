exports
\.csv
