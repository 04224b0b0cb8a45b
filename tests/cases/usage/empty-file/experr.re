goals\.csv.*empty
