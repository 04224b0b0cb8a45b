^goals\.csv:5:.*more than 11 columns.*limit\.columns
