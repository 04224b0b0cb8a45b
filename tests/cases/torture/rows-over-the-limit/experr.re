^goals\.csv:4:.*more than 3 rows.*limit\.rows
