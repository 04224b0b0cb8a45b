logo\.csv.*(binary|not text)
