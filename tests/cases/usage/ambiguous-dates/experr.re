plan\.csv.*--date-order
