^goals.csv:2: warning: .* has too few key results: 2, where 3 or more are needed \[OBJ001\]$
