^goals\.csv:5:.*more than 200 bytes.*limit\.field_bytes
