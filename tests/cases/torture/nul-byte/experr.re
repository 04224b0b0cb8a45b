^goals\.csv:5: error: the file is binary, not text
