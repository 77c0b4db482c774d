"""Processes that evaluate and run are killed at random: no tick is lost, nothing is requested or run twice."""

import json
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

DRIVER = Path(__file__).with_name("automation_driver.py")
START = 1_772_000_000.0 // 3600 * 3600
KILLS = 120


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(home), str(KILLS), "7"],
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert not found["unexpected"], done.stderr  # a process that ended by itself had failed
    assert (found["until"] - START) / 600 > 100  # time went by
    return found


def numbers(books: dict[str, Any], name: str) -> list[int]:
    return sorted(number for of, number, _, _ in books["requests"] if of == name)


def test_no_tick_is_lost(books: dict[str, Any]) -> None:
    minutes = [START + 60 * number for number in range(int((books["until"] - START) // 60) + 1)]
    berlin = ZoneInfo("Europe/Berlin")
    expected = {
        "often": [one for one in minutes if one % 600 == 0],
        "hourly": [one for one in minutes if one % 3600 == 0],
        "daily": [one for one in minutes if f"{datetime.fromtimestamp(one, berlin):%H:%M}" == "02:30"],
    }
    assert books["ticks"] == expected
    for name, ticks in expected.items():
        assert numbers(books, name) == ticks


def test_sensors_request_everything_once_and_cursors_are_no_further(books: dict[str, Any]) -> None:
    by_cursor = numbers(books, "by_cursor")
    assert by_cursor == list(range(len(by_cursor)))
    assert books["cursors"]["by_cursor"] == str(len(by_cursor))
    assert numbers(books, "by_key") == list(range(int((books["until"] - START) // 300)))


def test_every_request_is_run_once(books: dict[str, Any]) -> None:
    run_ids = [run_id for _, _, run_id, _ in books["requests"]]
    assert len(set(run_ids)) == len(run_ids)
    dropped = {run_id for _, _, run_id, status in books["requests"] if status == "dropped"}
    assert Counter(books["starts"]) == Counter(dict.fromkeys(set(run_ids) - dropped, 1))
    assert {status for _, _, _, status in books["requests"]} <= {"done", "dropped"}
    assert not dropped
