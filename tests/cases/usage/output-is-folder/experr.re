\$TMP
