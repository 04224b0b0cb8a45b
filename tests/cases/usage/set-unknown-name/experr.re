'no\.such\.setting'
