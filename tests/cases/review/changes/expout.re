^goals.csv:3: warning: The target of "Sacks that leave on time" moved from 94 to 86; against the original it stands at 0.5 instead of 0.75 \[CHG001\]$
^goals.csv:3: warning: The due date of "Sacks that leave on time" moved from 2026-09-15 to 2026-09-30 \[CHG002\]$
^goals.csv:3: info: "Sacks that leave on time" went from Bea Lind to Olu Bankole \[CHG003\]$
^goals.csv:4: info: "Flour sold" is new \[CHG006\]$
^Stone Floor: info: "Sacks without a tear" is no longer there \[CHG007\]$
^goals.csv:5: warning: The phased targets of "Sacks milled at night" moved from 2026-07-31: 15; 2026-08-31: 30 to 2026-07-31: 15; 2026-08-31: 22 \[CHG001\]$
