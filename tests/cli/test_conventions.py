"""What people expect of any command: how much it says, in which time zone, and flags from the environment."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Orch

Write = Callable[[str, str], Path]

LEVELS = ("debug", "info", "warning", "error", "critical")


@pytest.fixture
def talking(orch: Orch, write: Write) -> Orch:
    write(
        "definitions.py",
        """
        @dg.asset
        def talker(context):
            for level in ("debug", "info", "warning", "error", "critical"):
                getattr(context.log, level)(f"about {level}")

        @dg.asset
        def broken():
            raise ValueError("no")
        """,
    )
    return orch


def test_twice_quiet_leaves_the_exit_code_of_a_run_and_what_keeps_it_from_running(talking: Orch) -> None:
    once = talking("materialize", "--select", "*", "-q")
    assert once.returncode == 1
    assert "failed: 1 materialized, 1 failed" in once.stdout
    assert "ValueError: no" in once.stderr
    twice = talking("materialize", "--select", "*", "-qq")
    assert (twice.returncode, twice.stdout, twice.stderr) == (1, "", "")
    wrong = talking("materialize", "--select", "talkr", "-qq")
    assert wrong.returncode == 2
    assert "there is no asset `talkr`" in wrong.stderr
    assert talking("list-assets", "-qq", "--format", "names").stdout == "talker\nbroken\n"


@pytest.mark.parametrize(
    ("flags", "first"),
    [((), "warning"), (("-v",), "debug"), (("--log-level", "error"), "error"), (("-v", "--log-level", "info"), "info")],
)
def test_a_log_level_says_what_is_shown_from_where(talking: Orch, flags: tuple[str, ...], first: str) -> None:
    said = talking("materialize", "--select", "talker", *flags).stderr
    assert [level for level in LEVELS if f"about {level}" in said] == list(LEVELS[LEVELS.index(first) :])


def test_a_log_level_filters_the_log_of_a_run(talking: Orch) -> None:
    talking("materialize", "--select", "talker", "-qq")
    text = talking("runs", "logs", "--last", "--log-level", "error").stdout
    assert [level for level in LEVELS if f"about {level}" in text] == ["error", "critical"]


def test_times_in_utc(talking: Orch) -> None:
    talking("materialize", "--select", "talker", TZ="Asia/Seoul")
    iso = json.loads(talking("runs", "list", "--json").stdout)[0]["started"]
    plain = f"{iso[:10]} {iso[11:19]}"
    assert f"{plain}Z" in talking("runs", "list", "--utc", TZ="Asia/Seoul").stdout
    assert f"{plain}Z" in talking("runs", "show", "--last", TZ="Asia/Seoul", ORCH_UTC="1").stdout
    assert plain not in talking("runs", "list", TZ="Asia/Seoul").stdout


def test_flags_from_the_environment(talking: Orch) -> None:
    assert [one["key"] for one in json.loads(talking("list-assets", ORCH_JSON="1").stdout)] == ["talker", "broken"]
    assert json.loads(talking("show", "talkr", ORCH_JSON="true").stderr)["code"] == "E301"
    assert json.loads(talking("show", "--nope", ORCH_JSON="1").stderr)["code"] == "E303"
    assert talking("materialize", "--select", "*", ORCH_QUIET="2").stdout == ""
    assert "about debug" in talking("materialize", "--select", "talker", ORCH_VERBOSE="1").stderr
    assert "nothing was run" in talking("materialize", "--select", "talker", ORCH_DRY_RUN="1").stderr
    assert "ORCH_LOG_LEVEL" in talking("help", "environment").stdout
