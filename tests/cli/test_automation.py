"""Schedules and sensors through the real process."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import Orch

BAKERY = """
import os
from pathlib import Path

@dg.asset
def flour():
    return 1

@dg.asset
def cake(context, flour):
    Path("baked").open("a").write("x")
    return flour

@dg.op(config_schema={"path": str})
def read(context):
    Path("read").open("a").write(context.op_config["path"] + "\\n")

@dg.job
def recipe():
    read()

cakes = dg.define_asset_job("cakes", selection="*")
daily = dg.ScheduleDefinition(
    name="daily",
    job=cakes,
    cron_schedule="0 9 * * *",
    execution_timezone="Asia/Seoul",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)

@dg.schedule(cron_schedule="0 0 1 * *", target=[flour], default_status=dg.DefaultScheduleStatus.STOPPED)
def monthly(context):
    raise ValueError("no flour")

@dg.sensor(job=recipe, minimum_interval_seconds=30)
def new_recipe(context):
    names = sorted(path.name for path in Path("recipes").glob("*"))
    if not names:
        return dg.SkipReason("no recipes")
    context.update_cursor(names[-1])
    return [
        dg.RunRequest(run_key=name, run_config={"ops": {"read": {"config": {"path": name}}}}) for name in names
    ]
"""
NINE = "2026-11-25T09:00+09:00"


@pytest.fixture(autouse=True)
def bakery(write: Callable[[str, str], Path], project: Path) -> None:
    write("definitions.py", BAKERY)
    (project / "recipes").mkdir()


def listed(orch: Orch, kind: str) -> dict[str, dict[str, object]]:
    return {one["name"]: one for one in json.loads(orch(f"list-{kind}s", "--format", "json").stdout)}


def test_lists(orch: Orch) -> None:
    found = listed(orch, "schedule")
    assert list(found) == ["daily", "monthly"]
    daily = found["daily"]
    assert (daily["status"], daily["words"], daily["timezone"]) == ("running", ["at 09:00 every day"], "Asia/Seoul")
    assert [one[10:] for one in daily["next"]] == ["T09:00:00+09:00"] * 3  # type: ignore[attr-defined]
    assert found["monthly"]["status"] == "stopped"
    table = orch("list-schedules", COLUMNS="200").stdout
    assert "at 09:00 every day (Asia/Seoul)" in table
    assert orch("list-sensors", "--format", "names").stdout == "new_recipe\n"
    assert listed(orch, "sensor")["new_recipe"]["interval_s"] == 30
    assert orch("schedules", "list", "--format", "names").stdout == "daily\nmonthly\n"


def test_preview_changes_nothing(orch: Orch, project: Path) -> None:
    assert orch("schedules", "preview", "daily", "--at", NINE).stdout.startswith("would run job cakes\n")
    (project / "recipes" / "a.txt").touch()
    found = json.loads(orch("sensors", "preview", "new_recipe", "--format", "json").stdout)
    assert [one["run_key"] for one in found["requests"]] == ["a.txt"]
    assert found["cursor"] == "a.txt"
    assert not (project / ".orch").exists()


def test_preview_of_what_fails(orch: Orch) -> None:
    done = orch("schedules", "preview", "monthly", "-v")
    assert done.returncode == 1
    assert "no flour" in done.stderr


def test_a_tick_runs_what_is_due_once(orch: Orch, project: Path) -> None:
    done = orch("tick", "--at", NINE, "--utc")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("daily  2026-11-25 00:00:00Z 1 run\n")
    assert "success  job cakes (daily)" in done.stdout
    again = orch("tick", "--at", NINE)
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr.startswith("nothing is due; next at ")
    assert (project / "baked").read_text() == "x"
    (ticked,) = json.loads(orch("schedules", "history", "daily", "--format", "json").stdout)
    assert (ticked["status"], ticked["scheduled"]) == ("requested", "2026-11-25T00:00:00.000000Z")
    (run,) = json.loads(orch("runs", "list", "--format", "json").stdout)
    assert (run["run_id"], run["job"]) == (ticked["runs"][0], "cakes")
    assert run["tags"]["dagster/schedule_name"] == "daily"


def test_of_missed_ticks_the_newest_or_as_many_as_wished(orch: Orch, project: Path) -> None:
    orch("tick", "--at", NINE)
    assert orch("tick", "--at", "2026-11-29T10:00+09:00").stdout.count("daily  ") == 1
    assert orch("tick", "--at", "2026-12-04T10:00+09:00", "--max-catchup", "3").stdout.count("daily  ") == 3
    assert (project / "baked").read_text() == "x" * 5


def test_a_sensor_with_run_keys(orch: Orch, project: Path) -> None:
    assert "new_recipe" not in orch("tick", "--at", NINE).stdout
    assert orch("sensors", "start", "new_recipe").returncode == 0
    assert orch("tick", "--at", "2026-11-25T09:01+09:00").stdout.endswith("skipped: no recipes\n")
    for name in ("a.txt", "b.txt"):
        (project / "recipes" / name).touch()
    assert orch("tick", "--at", "2026-11-25T09:01:10+09:00").stdout == ""  # its interval is not over
    assert orch("tick", "--at", "2026-11-25T09:02+09:00").stdout.count("success") == 2
    (project / "recipes" / "c.txt").touch()
    assert orch("tick", "--at", "2026-11-25T09:03+09:00").stdout.count("success") == 1
    assert sorted((project / "read").read_text().split()) == ["a.txt", "b.txt", "c.txt"]
    assert listed(orch, "sensor")["new_recipe"]["cursor"] == "c.txt"
    assert orch("sensors", "stop", "new_recipe").returncode == 0
    assert orch("tick", "--at", "2026-11-25T10:03+09:00").stdout == ""


def test_what_fails_is_told(orch: Orch) -> None:
    orch("schedules", "start", "monthly")
    done = orch("tick", "--at", "2036-12-01T00:00+00:00", "--only", "monthly")
    assert done.returncode == 1
    assert "no flour" in done.stdout
    assert "daily" not in done.stdout
    (ticked,) = json.loads(orch("schedules", "history", "monthly", "--format", "json").stdout)
    assert (ticked["status"], ticked["runs"]) == ("failed", [])


def test_a_run_that_fails_is_exit_code_1(orch: Orch, write: Callable[[str, str], Path]) -> None:
    write("definitions.py", BAKERY.replace("return flour\n", "raise ValueError\n"))
    done = orch("tick", "--at", NINE)
    assert done.returncode == 1
    assert "failure  job cakes (daily)" in done.stdout


def test_a_request_that_cannot_be_planned_is_dropped(orch: Orch, write: Callable[[str, str], Path]) -> None:
    write("definitions.py", BAKERY.replace("job=cakes", 'job_name="pies"'))
    done = orch("tick", "--at", NINE)
    assert (done.returncode, "pies" in done.stdout + done.stderr) == (done.returncode or 1, True)


def test_two_ticks_at_once_run_everything_once(orch: Orch, project: Path) -> None:
    orch("sensors", "start", "new_recipe")
    names = [f"{number}.txt" for number in range(5)]
    for name in names:
        (project / "recipes" / name).touch()
    with ThreadPoolExecutor() as pool:
        ticks = list(pool.map(lambda _: orch("tick", "--at", NINE, "--max-runs", "1"), range(2)))
    assert [one.returncode for one in ticks] == [0, 0]
    assert sorted((project / "read").read_text().split()) == names
    assert (project / "baked").read_text() == "x"
    assert orch("tick", "--at", NINE).stdout == ""


def test_without_waiting(orch: Orch) -> None:
    done = orch("tick", "--at", NINE, "--no-wait")
    assert done.returncode == 0
    assert "started  job cakes (daily)" in done.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("tick", "--only", "dayly"), "there is no schedule or sensor `dayly`"),
        (("tick", "--at", "soon"), "`soon` is no time"),
        (("schedules", "start", "new_recipe"), "there is no schedule `new_recipe`"),
        (("sensors", "preview", "new_recip"), "there is no sensor `new_recip`"),
        (("run-request", "x"), "there is no run request `x`"),
    ],
)
def test_what_there_is_not(orch: Orch, words: tuple[str, ...], message: str) -> None:
    done = orch(*words)
    assert done.returncode == 2
    assert message in done.stderr
