no-such-file\.csv
