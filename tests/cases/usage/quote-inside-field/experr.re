notes\.csv:2:.*quot
