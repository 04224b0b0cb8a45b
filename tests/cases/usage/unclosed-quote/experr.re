notes\.csv:3:.*quot
