"""What is shown, without a terminal: silence, estimates, tables."""

import pytest
from orchestrator_cli.plain_view import watch_silence
from orchestrator_cli.tables import display_width, render_table
from orchestrator_cli.wording import time_left

from orchestrator.reports.forecast import TimeLeft


def test_silence_is_broken_after_thirty_seconds_however_late_in_them_something_was_said() -> None:
    now, last = 0.0, 0.0
    said: list[float] = []

    def wait(seconds: float) -> bool:
        nonlocal now, last
        if now < 20 < now + seconds:
            last = 20.0  # a step ends
        now += seconds
        return now > 100

    def say() -> None:
        nonlocal last
        last = now
        said.append(now)

    watch_silence(lambda: now - last, wait, say)
    assert said == [50, 80]


@pytest.mark.parametrize(
    ("left", "text"),
    [(None, ""), (TimeLeft(4.0, whole=True), "about 4.0 s"), (TimeLeft(2.0, whole=False), "at least 2.0 s")],
)
def test_an_estimate_says_what_it_does_not_know(left: TimeLeft | None, text: str) -> None:
    assert time_left(left) == text


HEADERS = ("ASSET", "LOCATION", "DESCRIPTION")
ROWS = [
    ("a_rather_long_asset_key", "analytics/definitions.py", "what it is, at some length"),
    ("케이크", "b", "케" * 30),
]


@pytest.mark.parametrize("width", [10, 34, 40, 60, 79, 80, 200])
def test_a_table_fits_and_keeps_the_keys_whole(width: int) -> None:
    lines = render_table(HEADERS, ROWS, width=width).splitlines()
    assert max(map(display_width, lines)) <= width
    if width >= 36:
        assert ROWS[0][0] in lines[1]
    assert ("LOCATION" in lines[0]) == (width >= 36)
    assert ("DESCRIPTION" in lines[0]) == (width >= 60)


def test_a_table_that_fits_is_not_cut() -> None:
    assert render_table(HEADERS, ROWS, width=200) == render_table(HEADERS, ROWS)
