"""Plays cases under orch's alias and compares with the facts: `python compare.py [AREA | AREA/CASE ...] [--why]`."""

import argparse
import sys
from collections import Counter

from suite import Player, cases, differences, facts


def main() -> None:
    """Print every failure, then a table by area."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*")
    parser.add_argument("--why", action="store_true", help="print the traceback of cases that ended early")
    parser.add_argument("--quiet", action="store_true", help="print the table only")
    options = parser.parse_args()
    table: dict[str, Counter[str]] = {}
    player = Player(alias=True)
    for case in cases(options.what):
        seen, why = player.play(case)
        wrong = differences(case, facts(case.area).get(case.name, {}), seen)
        count = table.setdefault(case.area, Counter())
        count["fail" if wrong else "not yet" if case.not_yet else "differ" if case.differs else "pass"] += 1
        if wrong and not options.quiet:
            last = why.strip().splitlines()[-1] if why else ""
            print(f"{case} {last}", *(f"  {line}" for line in wrong), sep="\n")
            print(why if options.why else "", end="")
    player.close()
    print(f"{'area':<24}{'pass':>8}{'differ':>8}{'not yet':>9}{'fail':>8}")
    for area, count in [*table.items(), ("all", sum(table.values(), Counter()))]:
        print(f"{area:<24}{count['pass']:>8}{count['differ']:>8}{count['not yet']:>9}{count['fail']:>8}")
    sys.exit(1 if any(count["fail"] for count in table.values()) else 0)


if __name__ == "__main__":
    main()
