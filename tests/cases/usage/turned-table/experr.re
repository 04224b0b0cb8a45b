turned\.csv:1: error: the names of the fields stand in the first column .* 'transpose'
teams-as-columns\.csv:[0-9]+: error: the names of the fields stand in the first column .* 'transpose'
