goals\.csv:4:
'?title'?
