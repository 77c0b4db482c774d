"""Plays cases in the interpreter that runs this file: reads their paths from stdin, answers each with a line of JSON.

`python play.py` plays under Dagster, `python play.py --alias` under orch's alias of it. Dagster costs seconds to import,
so one process imports it once and forks for every case: a case cannot disturb the next, and may hang or die. Each runs in
an empty folder of its own, as a module of its own.

An answer is `{"seen": {label: observation}, "why": "traceback or nothing"}`. A case that raises something it did not
expect ends there: the label `ended` then holds the error.
"""

import importlib.util
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from typing import Any

import observe

LIMIT = 60.0


def prepare(*, alias: bool) -> None:
    """Import what every case imports, once."""
    for name in ("DAGSTER_HOME", "ORCH_HOME"):
        os.environ.pop(name, None)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    if alias:
        importlib.import_module("orchestrator.compat.install")
    importlib.import_module("dagster")


def play(path: Path) -> dict[str, Any]:
    """Run a case in a child of this process and return what it saw."""
    readable, writable = os.pipe()
    folder = tempfile.mkdtemp()
    child = os.fork()
    if child == 0:
        os.close(readable)
        answer = _observed(path, folder)
        with os.fdopen(writable, "w") as pipe:
            json.dump(answer, pipe)
        os._exit(0)
    os.close(writable)
    try:
        return _answer(child, readable)
    finally:
        os.waitpid(child, 0)
        shutil.rmtree(folder, ignore_errors=True)


def _answer(child: int, readable: int) -> dict[str, Any]:
    chunks: list[bytes] = []
    with os.fdopen(readable, "rb", buffering=0) as pipe:
        while True:
            if not select.select([pipe], [], [], LIMIT)[0]:
                os.kill(child, signal.SIGKILL)
                return {"seen": {"ended": ["ended", "Timeout"]}, "why": f"no answer in {LIMIT:g} s"}
            chunk = pipe.read(1 << 16)
            if not chunk:
                break
            chunks.append(chunk)
    if not chunks:
        return {"seen": {"ended": ["ended", "died"]}, "why": "the process died without an answer"}
    return json.loads(b"".join(chunks))


def _observed(path: Path, folder: str) -> dict[str, Any]:
    os.chdir(folder)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    warnings.simplefilter("ignore")
    observe.SEEN.clear()
    why = ""
    try:
        spec = importlib.util.spec_from_file_location(f"case_{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    except BaseException as error:  # noqa: BLE001 - any error is an answer
        observe.SEEN["ended"] = ["ended", observe.error_name(type(error))]
        why = traceback.format_exc()
    return {"seen": dict(observe.SEEN), "why": why}


def main() -> None:
    """Answer until stdin ends."""
    prepare(alias="--alias" in sys.argv)
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        print(json.dumps(play(Path(line.strip()))), file=answers, flush=True)


if __name__ == "__main__":
    main()
