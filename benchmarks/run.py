"""Compare orch with Dagster and with a bare loop, in one run: `make bench`.

Every figure is the median wall time of whole processes (with --cpu, their CPU time: for a machine that has other work),
started one after the other in turn, so that a noisy machine disturbs all alike. Look at the ratios; the seconds belong to
the machine.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from projects import SHAPES, write_project

HERE = Path(__file__).parent
DAGSTER = "dagster==1.13.29"
PYTHON = sys.executable
ORCH = str(Path(sys.executable).with_name("orch"))

Command = Callable[[Path], list[str]]


class Bench:
    """Runs commands in fresh folders and prints a table of medians and ratios as it goes."""

    def __init__(self, dagster: Path | None, scratch: Path, *, cpu: bool) -> None:
        self.dagster = dagster
        self.scratch = scratch
        self.cpu = cpu
        self.lines: list[str] = []
        self._folders = 0

    def say(self, line: str) -> None:
        """Print a line and keep it."""
        print(line, flush=True)
        self.lines.append(line)

    def once(self, command: Command, prepare: Callable[[Path], object]) -> tuple[float, float]:
        """Seconds and peak MiB of one run in a fresh folder."""
        self._folders += 1
        folder = self.scratch / str(self._folders)
        folder.mkdir()
        prepare(folder)
        changes = {
            "DAGSTER_HOME": str(folder / "home"),
            "DAGSTER_DISABLE_TELEMETRY": "1",
            "ORCH_HOME": str(folder / "orch"),
        }
        (folder / "home").mkdir(exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | changes
        with (folder / "output").open("wb") as output:
            started = time.perf_counter()
            process = subprocess.Popen(command(folder), cwd=folder, env=environment, stdout=output, stderr=output)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{command(folder)} failed:\n{(folder / 'output').read_text()[-2000:]}")
        shutil.rmtree(folder)
        return usage.ru_utime + usage.ru_stime if self.cpu else seconds, usage.ru_maxrss / 1024

    def compare(self, title: str, runs: dict[str, tuple[Command, Callable[[Path], object]]], repeat: int) -> None:
        """A row: the median of each command, and its ratio to the first."""
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
        for _ in range(repeat):
            for name, (command, prepare) in runs.items():
                found[name].append(self.once(command, prepare))
        medians = {name: statistics.median(seconds for seconds, _ in values) for name, values in found.items()}
        memory = {name: max(mib for _, mib in values) for name, values in found.items()}
        first = next(iter(medians.values()))
        cells = []
        for name in ("bare python", "floor", "orch", "Dagster"):
            if name in medians:
                seconds = medians[name]
                cells.append(f"{seconds:.3f} s ({seconds / first:.1f}x, {memory[name]:.0f} MiB)")
            else:
                cells.append("")
        self.say(f"| {title} | {' | '.join(cells)} |")


def bytecode(python: str, folder: Path) -> None:
    """Compile a project once, as every project is after its first run."""
    subprocess.run([python, "-m", "compileall", "-q", str(folder)], check=True)


def project(package: str, shape: str, count: int, python: str) -> Callable[[Path], object]:
    def prepare(folder: Path) -> None:
        write_project(folder, package, shape, count)
        bytecode(python, folder)

    return prepare


def nothing(_: Path) -> None:
    """No project is needed."""


def install_dagster(python: str | None) -> Path:
    """The interpreter of an environment with Dagster; made beside this file if none is given."""
    if python:
        return Path(python)
    folder = HERE / ".dagster-env"
    if not (folder / "bin" / "python").exists():
        print(f"installing {DAGSTER} into its own environment", flush=True)
        subprocess.run([PYTHON, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin/python"), "-m", "pip", "install", "-q", DAGSTER], check=True)
    return folder / "bin" / "python"


def run_all(bench: Bench, *, quick: bool, most: int, dagster_most: int) -> None:
    """Every comparison of at most so many assets, with Dagster of at most so many."""
    peer = bench.dagster
    bare = ([PYTHON, "-c", "pass"], nothing)
    bench.say("| what | bare Python | floor | orch | Dagster 1.13.29 |")
    bench.say("| --- | --- | --- | --- | --- |")

    def with_peer(
        base: str, base_run: tuple[list[str], Callable[[Path], object]], ours: list[str], theirs: list[str],
        prepare: Callable[[str, str], Callable[[Path], object]],
    ) -> dict[str, tuple[Command, Callable[[Path], object]]]:  # fmt: skip
        command, ready = base_run
        runs: dict[str, tuple[Command, Callable[[Path], object]]] = {
            base: (lambda f: [c.format(folder=f) for c in command], ready)
        }
        runs["orch"] = (lambda _: ours, prepare("orchestrator", PYTHON))
        if peer and theirs:
            runs["Dagster"] = (lambda _: theirs, prepare("dagster", str(peer)))
        return runs

    define = "import {} as dg\n@dg.asset\ndef a(): ..."
    bench.compare(
        "import and define one asset",
        with_peer("bare python", bare, [PYTHON, "-c", define.format("orchestrator")],
                  [str(peer), "-c", define.format("dagster")], lambda *_: nothing),
        5,
    )  # fmt: skip
    helped = [str(peer.with_name("dagster")), "--help"] if peer else []
    bench.compare("`--help`", with_peer("bare python", bare, [ORCH, "--help"], helped, lambda *_: nothing), 5)
    for count in (one for one in (10, 1_000, 10_000) if one <= most):
        listed = (
            [str(peer.with_name("dagster")), "asset", "list", "-f", "definitions.py"]
            if peer and count <= dagster_most
            else []
        )
        bench.compare(
            f"list {count:,} assets",
            with_peer("bare python", bare, [ORCH, "list-assets"], listed,
                      lambda package, python, count=count: project(package, "layered", count, python)),
            5 if count < 10_000 else 3,
        )  # fmt: skip
    for count in (one for one in (2, 100, 1_000, 10_000) if one <= most):
        for shape in SHAPES:
            slow = count > dagster_most or (count >= 1_000 and (quick or count > 1_000 or shape != "layered"))
            made = [] if slow or not peer else [
                str(peer.with_name("dagster")), "asset", "materialize", "--select", "*", "-f", "definitions.py",
            ]  # fmt: skip
            floor = [PYTHON, str(HERE / "floor.py"), shape, str(count), "{folder}/floor"]
            bench.compare(
                f"materialize {count:,} ({shape})",
                with_peer("floor", (floor, nothing), [ORCH, "materialize", "--select", "*"], made,
                          lambda package, python, shape=shape, count=count: project(package, shape, count, python)),
                1 if count == 1_000 and made else 3,
            )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out what takes Dagster minutes")
    parser.add_argument("--most", type=int, default=10_000, metavar="N", help="only projects of at most N assets")
    parser.add_argument(
        "--dagster-most", type=int, default=10_000, metavar="N", help="run Dagster on at most N assets only"
    )
    parser.add_argument("--cpu", action="store_true", help="count CPU seconds instead of wall time")
    parser.add_argument("--no-dagster", action="store_true", help="compare with the floor only")
    parser.add_argument("--dagster-python", help="an interpreter that has Dagster, instead of installing it")
    parser.add_argument("--write", type=Path, help="put the table into this file, between its markers")
    options = parser.parse_args()
    dagster = None if options.no_dagster else install_dagster(options.dagster_python)
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(dagster, Path(scratch), cpu=options.cpu)
        run_all(bench, quick=options.quick, most=options.most, dagster_most=options.dagster_most)
    if options.write:
        text = options.write.read_text()
        before, _, rest = text.partition("<!-- begin -->")
        _, _, after = rest.partition("<!-- end -->")
        machine = f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} shared cores, {platform.system()}, Python {platform.python_version()}"
        table = "\n".join([machine, "", *bench.lines])
        options.write.write_text(f"{before}<!-- begin -->\n{table}\n<!-- end -->{after}")


if __name__ == "__main__":
    main()
