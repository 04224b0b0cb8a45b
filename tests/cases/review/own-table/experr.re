^config/findings.csv:2: error: column .severity.: not error, warning, info or off: .loud.$
^config/findings.csv:3: error: column .message.: no such slot: .titel.$
