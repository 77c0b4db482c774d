"""Hide in the captured output of steps what config read from the environment.

The process that runs steps knows the values, and overwrites them when a step has ended. Until then a file beside the
captured output, `<base>.secrets`, names the variables, never their values: readers hold back what is not masked yet, and
whoever finds the process dead masks what it left, with the values that the variables have in its own environment.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from orchestrator.definitions.env import Secrets, secrets

_CHUNK = 1 << 20
_NAMES = ".secrets"


def note_names(base: str, names: list[str]) -> None:
    """Name the variables whose values the captured output may hold.

    Args:
        base: path of the captured output without its endings.
        names: all of them.
    """
    Path(f"{base}{_NAMES}").write_text("\n".join(names), encoding="utf-8")


def may_hold_secrets(base: str) -> bool:
    """Whether captured output may hold secrets until its step has ended."""
    return os.path.exists(f"{base}{_NAMES}")  # noqa: PTH110  often


def mask_what_was_left(base: str, environment: Mapping[str, str] = os.environ) -> None:
    """Mask all the captured output of a process that died.

    Args:
        base: path of the captured output without its endings.
        environment: where the variables are that were named.
    """
    try:
        names = Path(f"{base}{_NAMES}").read_text(encoding="utf-8").split("\n")
    except OSError:
        return
    known = Secrets()
    for name in names:
        if name in environment:
            known.add(name, environment[name])
    for ending in (".out", ".err"):
        path = f"{base}{ending}"
        mask_secrets(path, 0, os.path.getsize(path), known)  # noqa: PTH202  the text is at hand


def mask_secrets(path: str, start: int, end: int, known: Secrets = secrets) -> None:
    """Overwrite secrets in a part of a file by as many asterisks: what follows stays where it is.

    Args:
        path: of the file; others may append to it meanwhile.
        start: where the part starts.
        end: where it ends.
        known: what is hidden; what this process knows if left out.
    """
    if start == end:
        return
    with open(path, "r+b") as file:  # noqa: PTH123  at the end of steps
        while start < end:
            file.seek(start)
            data = _lines(file, min(_CHUNK, end - start), whole=end - start <= _CHUNK)
            masked = known.mask(data)
            if masked != data:
                file.seek(start)
                file.write(masked)
            start += len(data)


def _lines(file: BinaryIO, size: int, *, whole: bool) -> bytes:
    data = file.read(size)
    return data if whole else data[: data.rfind(b"\n") + 1] or data
