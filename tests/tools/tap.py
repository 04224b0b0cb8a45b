"""How a Python test says what it found: TAP on stdout, the reason of a failure on lines that start with `#`."""

import sys

_count = 0
_failed = 0


def check(name, problems):
    """One test: passed where `problems` (texts) is empty."""
    global _count, _failed
    _count += 1
    problems = list(problems)
    for problem in problems[:40]:
        print("# " + str(problem))
    if len(problems) > 40:
        print("# ... and %d more" % (len(problems) - 40))
    if problems:
        _failed += 1
    print("%s %d - %s" % ("not ok" if problems else "ok", _count, name))
    sys.stdout.flush()


def end():
    print("1..%d" % _count)
    sys.exit(1 if _failed else 0)
