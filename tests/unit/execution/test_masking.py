"""Secrets in what steps print."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.definitions.env import secrets
from orchestrator.execution.masking import mask_secrets


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    yield
    secrets.clear()


def test_a_secret_is_overwritten_and_nothing_moves(tmp_path: Path) -> None:
    secrets.add("TOKEN", "s3cr3t-väl")
    file = tmp_path / "a.out"
    before = b"s3cr3t-v\xc3\xa4l "
    file.write_bytes(before + "é s3cr3t-väl\nnext\n".encode() + b"\xff s3cr3t-v\xc3\xa4l")
    mask_secrets(str(file), len(before), file.stat().st_size)
    assert file.read_bytes() == before + "é ***********\nnext\n".encode() + b"\xff ***********"


def test_long_texts_are_read_in_parts_of_whole_lines(tmp_path: Path) -> None:
    secrets.add("TOKEN", "s3cr3t-value")
    file = tmp_path / "a.out"
    line = b"x" * 997 + b"s3cr3t-value\n"
    file.write_bytes(line * 2500)
    mask_secrets(str(file), 0, len(line) * 2500)
    assert file.read_bytes() == (b"x" * 997 + b"*" * 12 + b"\n") * 2500


def test_nothing_is_written_where_nothing_is_to_hide(tmp_path: Path) -> None:
    mask_secrets(str(tmp_path / "none"), 3, 3)
    file = tmp_path / "a.out"
    file.write_bytes(b"plain\n")
    secrets.add("TOKEN", "s3cr3t-value")
    mask_secrets(str(file), 0, 6)
    assert file.read_bytes() == b"plain\n"
