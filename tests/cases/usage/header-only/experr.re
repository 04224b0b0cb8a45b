goals\.csv
