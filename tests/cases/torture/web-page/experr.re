^goals\.csv:1: error: the file is a web page, not CSV
