^broken\.csv:3: error: .*the quote that opens here in column 5
