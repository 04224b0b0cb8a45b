^goals\.csv:1: error: .*XLSX workbook
