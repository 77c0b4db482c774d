"""Graph-backed assets through the real process: an op that fails inside fails the asset."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Orch

Write = Callable[[str, str], Path]

GRAPHS = """
    import os
    import time

    @dg.op
    def slow():
        time.sleep(0.2)
        return 1

    @dg.op
    def weak(x):
        assert "BREAK" not in os.environ
        return x

    @dg.op
    def last(x):
        return x

    @dg.graph_asset
    def wall():
        return last(weak(slow()))

    @dg.asset
    def roof(wall): ...

    @dg.graph_multi_asset(outs={"door": dg.AssetOut(), "lock": dg.AssetOut()})
    def front():
        made = slow()
        return {"door": made, "lock": last(weak(made))}
"""


@pytest.fixture
def houses(orch: Orch, write: Write) -> Orch:
    write("definitions.py", GRAPHS)
    return orch


def test_an_op_that_fails_in_a_graph_fails_its_asset_and_skips_what_is_downstream(houses: Orch) -> None:
    done = houses("materialize", "--select", "*", BREAK="1")
    assert done.returncode == 1
    assert "failed: 1 materialized, 2 failed, 1 skipped in " in done.stdout
    assert "  skipped because upstream failed (wall.weak): roof\n" in done.stdout
    assert "  retry    orch retry " in done.stdout
    states = {line.split()[0].lstrip("├└─"): line for line in houses("lineage").stdout.splitlines()}
    assert "failed" in states["wall"]
    assert "failed" in states["lock"]
    assert "materialized" in states["door"]
    assert "failed" not in houses("lineage", "--select", "roof").stdout.splitlines()[0]
    assert houses("list-assets", "--select", "status:failed", "--format", "names").stdout.split() == ["wall", "lock"]
    assert "the newest attempt failed: orch runs show " in houses("show", "wall").stdout
    assert json.loads(houses("show", "lock", "--json").stdout)["failed_run_id"]


def test_the_events_of_a_graph_that_failed_name_each_asset_once(houses: Orch) -> None:
    lines = houses("materialize", "--select", "*", "--format", "json", BREAK="1").stdout.splitlines()
    events = [json.loads(line) for line in lines]
    failed = {event["step"]: event["assets"] for event in events if event["type"] == "step_failed"}
    assert failed == {"wall.weak": ["wall"], "front.weak": ["lock"]}
    skipped = [event["assets"] for event in events if event["type"] == "step_skipped"]
    assert sorted(skipped) == [[], [], ["roof"]]
    assert {"materialized": 1, "failed": 2, "skipped": 1}.items() <= events[-1].items()


def test_a_graph_asset_takes_as_long_as_the_steps_that_lead_to_it(houses: Orch) -> None:
    assert houses("materialize", "--select", "wall").returncode == 0
    assert json.loads(houses("show", "wall", "--json").stdout)["last_materialization"]["duration_s"] >= 0.2


def test_a_graph_that_makes_all_of_its_assets_is_called_a_graph(houses: Orch) -> None:
    done = houses("materialize", "--select", "door", "--dry-run")
    assert "note: `front` makes `lock` too: one graph makes all of them" in done.stderr
