"""Hide in the captured output of a step what config read from the environment."""

from typing import BinaryIO

from orchestrator.definitions.env import secrets

_CHUNK = 1 << 20


def mask_secrets(path: str, start: int, end: int) -> None:
    """Overwrite secrets in a part of a file by as many asterisks: what follows stays where it is.

    Only what this process knows is hidden, so it is done where a step ran, before anything else reads the file.

    Args:
        path: of the file; others may append to it meanwhile.
        start: where the part starts.
        end: where it ends.
    """
    if start == end:
        return
    with open(path, "r+b") as file:  # noqa: PTH123  at the end of steps
        while start < end:
            file.seek(start)
            data = _lines(file, min(_CHUNK, end - start), whole=end - start <= _CHUNK)
            masked = secrets.mask(data)
            if masked != data:
                file.seek(start)
                file.write(masked)
            start += len(data)


def _lines(file: BinaryIO, size: int, *, whole: bool) -> bytes:
    data = file.read(size)
    return data if whole else data[: data.rfind(b"\n") + 1] or data
