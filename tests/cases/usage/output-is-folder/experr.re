'\$TMP'
