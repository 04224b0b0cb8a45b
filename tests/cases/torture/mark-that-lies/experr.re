^goals\.csv:1: error: .*mark of UTF-16LE
