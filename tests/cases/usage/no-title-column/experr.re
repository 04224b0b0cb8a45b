ledger\.csv.*title
