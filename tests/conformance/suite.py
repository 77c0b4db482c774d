"""The cases and their facts on disk, and a player process for them."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FIRST_LINE = "import dagster as dg"

Seen = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One program of the suite."""

    area: str
    path: Path

    @property
    def name(self) -> str:
        """What the facts call it."""
        return self.path.stem

    def __str__(self) -> str:
        return f"{self.area}/{self.name}"

    @property
    def differs(self) -> dict[str, str]:
        """The labels where orch answers otherwise on purpose, with the reason."""
        found: dict[str, str] | None = self._said("DIFFERS")
        return found or {}

    @property
    def not_yet(self) -> str | None:
        """What orch does not do yet that the case is about."""
        found: str | None = self._said("NOT_YET")
        return found

    def _said(self, name: str) -> Any:
        for node in ast.parse(self.path.read_text()).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
                return ast.literal_eval(node.value)
        return None


def cases(what: Iterable[str] = ()) -> list[Case]:
    """The cases of some areas, or some cases as `area/name`, or all, in order."""
    wanted = set(what)
    found = [Case(path.parent.name, path) for path in sorted((HERE / "cases").glob("*/*.py"))]
    return [case for case in found if not wanted or wanted & {case.area, str(case)}]


def used_names(found: Iterable[Case]) -> set[str]:
    """The public names of Dagster that cases use: as `dg.Name`, or imported from `dagster`."""
    used: set[str] = set()
    for case in found:
        for node in ast.walk(ast.parse(case.path.read_text())):
            match node:
                case ast.Attribute(value=ast.Name(id="dg")):
                    used.add(node.attr)
                case ast.ImportFrom(module="dagster"):
                    used.update(name.name for name in node.names)
                case _:
                    pass
    return used


def facts(area: str) -> dict[str, Seen]:
    """What Dagster answered, by case."""
    path = HERE / "facts" / f"{area}.json"
    return json.loads(path.read_text()) if path.exists() else {}


def write_facts(area: str, found: dict[str, Seen]) -> None:
    """Keep what Dagster answered, one label a line, so that a change of one shows as a change of one line."""
    lines = []
    for name, seen in sorted(found.items()):
        labels = ",\n".join(f"    {json.dumps(label)}: {json.dumps(value)}" for label, value in seen.items())
        lines.append(f"  {json.dumps(name)}: {{\n{labels}\n  }}")
    (HERE / "facts" / f"{area}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


def differences(case: Case, expected: Seen, seen: Seen) -> list[str]:
    """What orch answers otherwise than Dagster without saying so, and what it says without doing so."""
    if case.not_yet is not None:
        return ["NOT_YET is out of date: orch answers as Dagster does"] if expected == seen else []
    wrong = []
    on_purpose = case.differs
    for label in [*expected, *(label for label in seen if label not in expected)]:
        fact, ours = expected.get(label, "nothing"), seen.get(label, "nothing")
        if label in on_purpose and fact == ours:
            wrong.append(f"{label}: DIFFERS is out of date, both answer {short(ours)}")
        elif label not in on_purpose and fact != ours:
            wrong.append(f"{label}:\n    Dagster {short(fact)}\n    orch    {short(ours)}")
    unknown = on_purpose.keys() - expected.keys() - seen.keys()
    return wrong + [f"{label}: DIFFERS names a label that the case does not use" for label in sorted(unknown)]


def short(value: Any) -> str:
    """A value on one line."""
    return json.dumps(value, ensure_ascii=False)


class Player:
    """A process that plays cases, started with the first one."""

    def __init__(self, python: Path | str = sys.executable, *, alias: bool, seed: str = "0") -> None:
        self._command = [str(python), str(HERE / "play.py"), *(["--alias"] if alias else [])]
        self._environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONWARNINGS": "ignore"}
        self._process: subprocess.Popen[str] | None = None

    def play(self, case: Case) -> tuple[Seen, str]:
        """What a case sees there, and the traceback if it ended early."""
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(case.path, file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the player died before it answered {case.path}")
        answer = json.loads(line)
        return answer["seen"], answer["why"]

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None
