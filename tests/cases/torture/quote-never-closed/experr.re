^goals\.csv:5: error: title: .*never closed|^goals\.csv:5: .*never closed
