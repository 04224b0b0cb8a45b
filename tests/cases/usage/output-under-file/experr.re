'goals\.csv/out\.xlsx'|goals\.csv
