"""Finding what steps wrote: whole, its end, and while it grows."""

from pathlib import Path

import pytest

from orchestrator.execution import captured_text
from orchestrator.execution.captured_text import CapturedText, GrowingText, Passage
from orchestrator.runs.events import LogsCaptured, StepStarted, StepSucceeded


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "r").mkdir()
    return tmp_path / "r" / "x.out"


def captured(step: str | None, start: int, end: int) -> LogsCaptured:
    return LogsCaptured(run_id="r", timestamp=0.0, step=step, file="r/x", out_from=start, out_to=end)


def started(step: str) -> StepStarted:
    return StepStarted(run_id="r", timestamp=0.0, step=step, location="x")


def ended(step: str) -> StepSucceeded:
    return StepSucceeded(run_id="r", timestamp=0.0, step=step, duration_s=0.0)


def texts(passages: object) -> list[tuple[str | None, str, str]]:
    return [(one.step, one.stream, one.text) for one in passages]  # type: ignore[attr-defined]


def test_tail(tmp_path: Path, out: Path) -> None:
    out.write_text("before\n" + "".join(f"{number}\n" for number in range(5)) + "after\n")
    text = CapturedText(tmp_path)
    event = captured("a", 7, 17)
    assert text.tail(event, "stdout", 2) == (["3", "4"], True)
    assert text.tail(event, "stdout", 5) == (["0", "1", "2", "3", "4"], False)
    assert text.tail(event, "stderr", 2) == ([], False)
    assert text.text(event, "stdout") == "0\n1\n2\n3\n4\n"


def test_the_tail_of_much_text_is_found_without_reading_it_all(tmp_path: Path, out: Path) -> None:
    out.write_bytes(b"x" * 200_000 + b"\nend\n")
    assert CapturedText(tmp_path).tail(captured("a", 0, 200_005), "stdout", 3) == (["end"], True)


def test_what_must_not_be_shown_is_taken_out_everywhere(tmp_path: Path, out: Path) -> None:
    out.write_text("key=abc\n")
    text = CapturedText(tmp_path, redact=lambda shown: shown.replace("abc", "***"))
    event = captured("a", 0, 8)
    growing = GrowingText(text)
    assert text.text(event, "stdout") == "key=***\n"
    assert text.tail(event, "stdout", 1).lines == ["key=***"]
    assert texts(growing.take(event)) == [("a", "stdout", "key=***\n")]
    out.write_text("key=abc\nand more: abc\n")
    growing.take(started("b"))
    assert texts(growing.poll()) == [("b", "stdout", "and more: ***\n")]


def test_text_is_passed_on_line_by_line_as_it_grows_and_each_line_once(tmp_path: Path, out: Path) -> None:
    growing = GrowingText(CapturedText(tmp_path))
    assert texts(growing.take(started("a"))) == []
    assert texts(growing.poll()) == []
    out.write_text("one\ntw")
    assert texts(growing.poll()) == [("a", "stdout", "one\n")]
    assert texts(growing.poll()) == []
    out.write_text("one\ntwo\nthree")
    assert texts(growing.take(captured("a", 0, 13))) == [("a", "stdout", "two\n"), ("a", "stdout", "three")]
    growing.take(ended("a"))
    assert texts(growing.poll(last=True)) == []
    growing.take(started("b"))
    out.write_text("one\ntwo\nthreefour")
    assert texts(growing.poll()) == []
    assert texts(growing.poll(last=True)) == [("b", "stdout", "four")]


def test_events_may_come_in_another_order_than_text(tmp_path: Path, out: Path) -> None:
    """`orch runs logs` puts two attempts of a step together."""
    out.write_text("a1\nb1\na2\n")
    growing = GrowingText(CapturedText(tmp_path))
    events = [captured("a", 0, 3), captured("a", 6, 9), captured("b", 3, 6)]
    assert [text for event in events for _, _, text in texts(growing.take(event))] == ["a1\n", "a2\n", "b1\n"]


def test_much_text_comes_in_pieces_of_whole_lines(tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captured_text, "_CHUNK", 10)
    lines = "".join(f"line {number}\n" for number in range(100)) + "x" * 35 + "\nend"
    out.write_text(lines)
    pieces: list[Passage] = list(GrowingText(CapturedText(tmp_path)).take(captured("a", 0, len(lines))))
    assert "".join(piece.text for piece in pieces) == lines
    assert max(len(piece.data) for piece in pieces) <= 20


def test_files_that_are_gone_hold_nothing(tmp_path: Path) -> None:
    assert CapturedText(tmp_path).text(captured("a", 0, 5), "stdout") == ""
