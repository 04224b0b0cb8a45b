--set
'band\.green'
