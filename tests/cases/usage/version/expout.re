^okrbook [0-9]+\.[0-9]+
