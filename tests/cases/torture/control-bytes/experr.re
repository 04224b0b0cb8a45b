^goals\.csv:2: error: the file is binary, not text
