"""Cold start of a workspace of two trivial code locations: `python benchmarks/locations.py`.

`orch check` with both locations under this interpreter, and with one of them under another virtual environment, which is
made here; the same for a run of one asset in each. Each figure is the median wall time of whole processes; a bare start of
Python is the measure.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ORCH = str(Path(sys.executable).with_name("orch"))
ROOT = Path(__file__).resolve().parents[1]
ASSET = "import orchestrator as dg\n\n@dg.asset{deps}\ndef {name}():\n    return 1\n"


def workspace(folder: Path, other: Path | None) -> None:
    """Write two locations, the second under another interpreter if one is given."""
    (folder / "one.py").write_text(ASSET.format(name="a", deps=""))
    (folder / "two.py").write_text(ASSET.format(name="b", deps='(deps=["a"])'))
    own = "" if other is None else f"\n      executable_path: {other}"
    (folder / "workspace.yaml").write_text(
        f"load_from:\n  - python_file: one.py\n  - python_file:\n      relative_path: two.py{own}\n"
    )


def other_environment(folder: Path) -> Path:
    """Another virtual environment that has orch."""
    venv.create(folder, with_pip=False)
    packages = next((folder / "lib").glob("python*")) / "site-packages"
    own = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    (packages / "orch.pth").write_text(f"{ROOT}\n{own}\n")
    return folder / "bin" / "python"


def median(command: list[str], folder: Path, repeat: int) -> float:
    """Median seconds of a command; the first run, which compiles, does not count."""
    environment = {key: one for key, one in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    found = []
    for _ in range(repeat + 1):
        began = time.perf_counter()
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
        found.append(time.perf_counter() - began)
    return statistics.median(found[1:])


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=7, help="runs of each")
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = median([sys.executable, "-c", ""], folder, repeat)
        print("| what | seconds | to a bare start |\n|---|---|---|")
        print(f"| bare Python | {bare:.3f} | 1.0x |")
        for title, other in (("one interpreter", None), ("two virtual environments", other_environment(folder / "v"))):
            workspace(folder, other)
            for command in (["check"], ["materialize", "-s", "*"], ["materialize", "-s", "*", "-j", "2"]):
                took = median([ORCH, *command], folder, repeat)
                print(f"| `orch {' '.join(command)}`, {title} | {took:.3f} | {took / bare:.1f}x |", flush=True)


if __name__ == "__main__":
    main()
