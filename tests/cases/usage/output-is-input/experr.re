'goals\.csv'
