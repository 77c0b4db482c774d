"""Records what real Dagster answers: `python record.py [AREA | AREA/CASE ...] [--python DAGSTER_PYTHON]`.

Without `--python` it makes an environment with Dagster 1.13.29 in the cache folder, once. Every case is played twice under
different hash seeds; an answer that is not the same both times is no fact, and the case has to be written otherwise.
"""

import argparse
import os
import subprocess
import sys
import venv
from pathlib import Path

from suite import Case, Player, Seen, cases, facts, short, write_facts

VERSION = "1.13.29"


def environment() -> Path:
    """The Python of an environment that has Dagster."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "orch-conformance" / f"dagster-{VERSION}"
    python = cache / "bin" / "python"
    if not (cache / "installed").exists():
        venv.create(cache, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"dagster=={VERSION}", "pandas"], check=True)
        (cache / "installed").touch()
    return python


def played(found: list[Case], python: Path, seed: str) -> dict[Case, tuple[Seen, str]]:
    """What every case sees under Dagster."""
    player = Player(python, alias=False, seed=seed)
    try:
        return {case: player.play(case) for case in found}
    finally:
        player.close()


def main() -> None:
    """Record what is asked for, or everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", help="AREA or AREA/CASE")
    parser.add_argument("--python", type=Path, default=None)
    parser.add_argument("--verbose", action="store_true", help="print what was seen")
    options = parser.parse_args()
    python = options.python or environment()
    found = cases(options.what)
    first, second = (played(found, python, seed) for seed in ("1", "2"))
    unsteady = 0
    for case in found:
        (seen, why), again = first[case], second[case][0]
        if seen != again:
            unsteady += 1
            print(f"{case}: not the same twice\n  {short(seen)}\n  {short(again)}", file=sys.stderr)
        if why:
            print(f"{case} ended: {why.strip().splitlines()[-1]}", file=sys.stderr)
        if options.verbose:
            print(f"{case}", *(f"  {k}: {short(v)}" for k, v in seen.items()), sep="\n")
    for area in sorted({case.area for case in found}):
        kept = {case.name: facts(area)[case.name] for case in cases([area]) if case.name in facts(area)}
        write_facts(area, kept | {case.name: first[case][0] for case in found if case.area == area})
    print(f"{len(found)} cases recorded", file=sys.stderr)
    sys.exit(1 if unsteady else 0)


if __name__ == "__main__":
    main()
