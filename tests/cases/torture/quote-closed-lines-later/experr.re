^goals\.csv:5:.*text follows the next quote, on line 6
