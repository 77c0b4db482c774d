"""Every example project runs, from its own folder, as its README says."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ORCH, Orch, environment

EXAMPLES = Path(__file__).parents[2] / "example_projects"


@pytest.fixture
def example(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of an example project."""
    return Path(
        shutil.copytree(
            EXAMPLES / request.param,
            tmp_path / request.param,
            ignore=shutil.ignore_patterns(".orch", "out", "__pycache__"),
        )
    )


@pytest.mark.parametrize("example", ["cakes"], indirect=True)
def test_the_bakery_runs_across_two_locations(orch: Orch, example: Path) -> None:
    assert orch("check", "--strict", cwd=example).returncode == 0
    done = orch("run", "cake_production", cwd=example)
    assert done.returncode == 0, done.stderr
    assert "6 materialized" in done.stdout
    listed = {one["key"]: one for one in json.loads(orch("list-assets", "--json", cwd=example).stdout)}
    assert listed["baked_cakes"]["location"] == "bakery"
    assert listed["top_cakes"]["deps"] == ["baked_cakes"]
    assert listed["top_cakes"]["last_materialized"].endswith("Z")
    assert len(json.loads((example / "data/recipes.json").read_text())) >= 10
    tree = orch("lineage", cwd=example).stdout
    assert tree.splitlines()[0].startswith("ingredients  bakery  materialized")
    shown = json.loads(orch("show", "top_cakes", "--json", cwd=example).stdout)
    assert "Castella" in shown["last_materialization"]["metadata"]["top"]["value"]


@pytest.mark.parametrize("example", ["cakes"], indirect=True)
def test_the_bakery_runs_every_morning(orch: Orch, example: Path) -> None:
    shown = json.loads(orch("list-schedules", "--json", cwd=example).stdout)
    assert [(one["name"], one["timezone"]) for one in shown] == [("daily_cake_production", "Asia/Seoul")]
    assert orch("tick", cwd=example).returncode == 0
    done = orch("tick", "--at", "2030-01-01T09:00:30+09:00", cwd=example)
    assert done.returncode == 0, done.stderr
    again = orch("tick", "--at", "2030-01-01T09:01:30+09:00", cwd=example)
    assert "daily_cake_production" not in again.stdout
    runs = json.loads(orch("runs", "list", "--json", cwd=example).stdout)
    assert [(run["job"], run["status"], run["materialized"]) for run in runs] == [("cake_production", "success", 6)]


@pytest.mark.parametrize("example", ["cakes"], indirect=True)
def test_a_recipe_that_is_handed_in_is_read_once(orch: Orch, example: Path) -> None:
    inbox = example / "elsewhere"
    inbox.mkdir()
    shutil.copy(example / "data/lemon.json", inbox)
    previewed = orch("sensors", "preview", "new_recipe_sensor", cwd=example, CAKES_INBOX=str(inbox))
    assert str(inbox / "lemon.json") in previewed.stdout
    for at in ("2030-01-01T00:00:00Z", "2030-01-01T00:05:00Z"):
        done = orch("tick", "--only", "new_recipe_sensor", "--at", at, cwd=example, CAKES_INBOX=str(inbox))
        assert done.returncode == 0, done.stderr
    (run,) = json.loads(orch("runs", "list", "--json", cwd=example).stdout)
    assert (run["job"], run["status"]) == ("recipe_intake", "success")
    assert "lemon cake: 640 g of dough" in orch("runs", "logs", run["run_id"], cwd=example).stdout


@pytest.mark.parametrize("example", ["cakes"], indirect=True)
def test_the_daemon_reads_recipes(orch: Orch, example: Path) -> None:
    inbox = example / "inbox"
    inbox.mkdir()
    shutil.copy(example / "data/lemon.json", inbox)
    daemon = subprocess.Popen(
        [str(ORCH), "daemon"],
        cwd=example,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        give_up = time.monotonic() + 30
        runs: list[dict[str, str]] = []
        while not any(run["status"] == "success" for run in runs) and time.monotonic() < give_up:
            runs = json.loads(orch("runs", "list", "--json", cwd=example).stdout)
    finally:
        daemon.terminate()
        said, _ = daemon.communicate(timeout=30)
    assert [(run["job"], run["status"]) for run in runs] == [("recipe_intake", "success")], said
    assert daemon.returncode in (0, 143), said


@pytest.mark.parametrize("example", ["cereals"], indirect=True)
def test_the_cereals_run_again_and_again(orch: Orch, example: Path) -> None:
    for _ in range(2):
        done = orch("materialize", "--select", "*", cwd=example)
        assert done.returncode == 0, done.stderr
    shown = json.loads(orch("show", "sugary_cereals", "--json", cwd=example).stdout)
    metadata = shown["last_materialization"]["metadata"]
    assert metadata["rows"] == {"kind": "int", "value": 21}
    assert len(metadata["preview"]["records"]) == 5
    assert "77" in orch("show", "cereals", cwd=example).stdout


@pytest.mark.parametrize("example", ["ratings"], indirect=True)
def test_the_ratings_are_a_job_and_an_asset(orch: Orch, example: Path) -> None:
    assert orch("check", "--strict", cwd=example).returncode == 0
    sugars = ("--set", "ops.rank_makers.ops.score_maker.config.sugars=-5")
    report = example / "data/out/what_if.md"
    texts = set()
    for config in ((), (), sugars):
        done = orch("run", "what_if", *config, cwd=example)
        assert done.returncode == 0, done.stderr
        assert "done: 11 steps succeeded" in done.stdout
        texts.add(report.read_text())
    assert len(texts) == 2
    assert sorted(path.name for path in report.parent.iterdir()) == ["what_if.md"]
    assert "stdout | what_if: a new report is ready" in orch("runs", "logs", "--last", cwd=example).stdout
    assert orch("materialize", "--select", "*", cwd=example).returncode == 0
    assert orch("show", "winner", "--value", cwd=example).stdout.strip() == "Nabisco"
    shown = json.loads(orch("show", "ratings", "--json", cwd=example).stdout)
    assert shown["last_materialization"]["metadata"]["text"]["kind"] == "md"


@pytest.mark.parametrize("example", ["ratings"], indirect=True)
def test_the_tests_of_the_ratings_pass(example: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=example,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_every_example_is_here_and_has_a_readme() -> None:
    folders = sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())
    assert folders == ["cakes", "cereals", "ratings"]
    assert all((EXAMPLES / name / "README.md").read_text().count("\n") <= 70 for name in folders)
