"""`orch runs show` of runs that really were."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_commands import in_terminal
from tests.conftest import Orch

Write = Callable[[str, str], Path]

ATTEMPTS = """
import time

@dg.asset
def flour():
    time.sleep(0.2)

@dg.asset
def sugar():
    time.sleep(0.2)

@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def icing(context, sugar):
    if context.retry_number == 0:
        raise ValueError("lumps\\nin it")

@dg.asset
def burnt(flour):
    raise ValueError("black\\nall over")

@dg.asset
def sold(burnt): ...
"""


def test_a_run_on_two_workers(orch: Orch, write: Write) -> None:
    write("definitions.py", ATTEMPTS)
    orch("materialize", "--select", "*", "-j", "2")
    shown = json.loads(orch("runs", "show", "--last", "--format", "json").stdout)
    assert shown == json.loads(orch("runs", "show", "--last", "--json").stdout)
    steps = {step["step"]: step for step in shown["steps"]}
    assert [steps[name]["status"] for name in ("flour", "icing", "burnt", "sold")] == [
        "success",
        "success",
        "failure",
        "skipped",
    ]
    assert {steps["flour"]["worker"], steps["sugar"]["worker"]} == {"definitions.py:1", "definitions.py:2"}
    assert [one["status"] for one in steps["icing"]["attempts"]] == ["failure", "success"]
    assert steps["icing"]["upstream"] == ["sugar"]
    assert steps["flour"]["cpu_s"] < steps["flour"]["duration_s"]
    assert steps["flour"]["peak_rss"] > 1 << 20
    parallel = shown["parallel"]
    assert (parallel["executor"], parallel["max_workers"]) == ("multiprocess", 2)
    whole = parallel["busy_s"] + parallel["waiting_s"] + parallel["overhead_s"]
    assert whole == pytest.approx(2 * parallel["span_s"])
    assert parallel["efficiency"] == pytest.approx(parallel["busy_s"] / (2 * parallel["span_s"]))
    assert set(parallel["critical_path"]) == {step["step"] for step in shown["steps"] if step["critical"]}

    text = orch("runs", "show", "--last").stdout
    assert "  workers  2 (multiprocess): " in text
    assert "worker definitions.py:1: " in text
    assert "burnt: ValueError: black all over" in text
    assert "(upstream failed: burnt)" in text
    assert "\x1b" not in text


def test_a_mapped_step_is_shown_by_copies_that_the_next_one_waited_for(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        """
        @dg.op(out=dg.DynamicOut())
        def many():
            for key in "xy":
                yield dg.DynamicOutput(key, mapping_key=key)
        @dg.op
        def each(one): return one
        @dg.op
        def together(all_of_them): ...
        @dg.job
        def mapped():
            together(many().map(each).collect())
        """,
    )
    assert orch("run", "mapped").returncode == 0
    steps = json.loads(orch("runs", "show", "--last", "--json").stdout)["steps"]
    assert {step["step"]: step["upstream"] for step in steps} == {
        "many": [],
        "each[x]": ["many"],
        "each[y]": ["many"],
        "together": ["each[x]", "each[y]"],
    }


def test_of_many_steps_the_slowest_are_shown_and_all_on_request(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        """
        def make(n):
            @dg.asset(name=f"a{n}")
            def one(): ...
            return one
        defs = dg.Definitions([make(n) for n in range(61)])
        """,
    )
    orch("materialize", "--select", "*")
    some = orch("runs", "show", "--last").stdout.splitlines()
    assert some[-1].endswith(" of 61 steps are shown: the slowest, the critical path and what failed; --all shows all")
    assert len([line for line in some if " success " in line]) in (20, 21)
    every = orch("runs", "show", "--last", "--all").stdout.splitlines()
    assert len([line for line in every if " success " in line]) == 61


@pytest.mark.filterwarnings("ignore:This process")
def test_a_terminal_shows_what_each_worker_runs_and_when_all_will_end(write: Write, project: Path) -> None:
    write(
        "definitions.py",
        """
        import time
        @dg.asset
        def left(): time.sleep(0.6)
        @dg.asset
        def right(): time.sleep(0.6)
        """,
    )
    in_terminal(["materialize", "--select", "*", "-j", "2"], project)
    seen = re.sub(
        r"\x1b\[[0-9;?]*[A-Za-z]", "", in_terminal(["materialize", "--select", "*", "-j", "2", "-v"], project)
    )
    assert re.search(r"● left +definitions.py:1 +\d+ ms +\d+ MB", seen)
    assert re.search(r"● right +definitions.py:2 +\d+ ms +\d+ MB", seen)
    left = [int(found) for found in re.findall(r"about (\d+) ms left", seen)]
    assert 0 < max(left) < 900  # both at once, not one after the other
    assert re.search(r"\[1/2\] done     (left|right)  \d+ ms  on definitions.py:\d", seen)


@pytest.mark.filterwarnings("ignore:This process")
def test_the_end_of_a_job_of_ops_is_expected_by_its_last_run(write: Write, project: Path) -> None:
    write(
        "definitions.py",
        """
        import time
        @dg.op
        def slow(): time.sleep(0.4)
        @dg.job
        def often(): slow()
        """,
    )
    assert " left" not in in_terminal(["run", "often"], project)
    assert "about" in in_terminal(["run", "often"], project)
