^Stone Floor$
^goals.csv:7: error: "Launch the new scales" has no owner \[OWN001\]$
^    ask: Who will be asked about it on Monday\? Try: one name$
^goals.csv:8: warning: .* is reported on track, but stands at 0.1 where 0.64 was expected \[SCO005\]$
^goals.csv:8: warning: .* names a parent that is not in the input: "X9" \[ALN002\]$
^goals.csv:6: warning: .* has had no check-in since it began 58 days ago; the same holds for 2 more: "Launch the new scales", .* \[CHK003\]$
^goals.csv:8: warning: .* says 40%, but from 50 to 60 is 20% \[KR016\]$
^    \.\.\. and [0-9]+ more, see all with -v$
^goals.csv:9: error: "Sleep well" has no key result \[OBJ000\]$
^goals.csv:9: warning: "Sleep well" has no path to a company objective \[ALN001\]$
^2 errors,
