"""`orch retry` by the real process: after failures, cancellation and kill -9, nothing that was done is done again."""

import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ORCH, Orch, environment

Write = Callable[[str, str], Path]

ASSETS = """
from pathlib import Path

class Limit(dg.Config):
    n: int = 0

def note(name):
    with open("calls", "a") as calls:
        calls.write(name + "\\n")

@dg.asset
def a():
    note("a")
    return 1

@dg.asset
def b(context, a, config: Limit):
    note("b")
    assert config.n, "no limit"
    context.add_output_metadata({"n": config.n, "tag": context.run.tags.get("team", "none")})
    return a + config.n

@dg.asset
def c(b):
    note("c")
    assert Path("ready").exists()
    return b
"""

#: A job with everything that steps can be to each other. A step kills its process if a file says so, after it noted that.
JOB = """
import os
from pathlib import Path

def note(name):
    with open("calls", "a") as calls:
        calls.write(name + "\\n")
    victim = Path("victim")
    if victim.exists() and victim.read_text() == name:
        victim.unlink()
        import time
        time.sleep(0.05)  # what ended before is in the store by now
        coordinator = Path("coordinator")
        os.kill(int(coordinator.read_text()) if coordinator.exists() else os.getpid(), 9)
        if coordinator.exists():
            time.sleep(60)

@dg.op
def numbers():
    note("numbers")
    return [1, 2, 3]

@dg.op(out={"odd": dg.Out(is_required=False), "even": dg.Out(is_required=False)})
def split(numbers):
    note("split")
    yield dg.Output(len(numbers), "odd")

@dg.op
def after_odd(n):
    note("after_odd")
    return n

@dg.op
def after_even(n):
    note("after_even")
    return n

@dg.op(out=dg.DynamicOut())
def many(numbers):
    note("many")
    for n in numbers:
        yield dg.DynamicOutput(n, mapping_key=f"k{n}")

@dg.op
def double(context, n):
    note("double" + str(n))
    return 2 * n

@dg.op
def plus(n, base):
    note("plus" + str(n))
    return n + base

@dg.op
def total(values):
    note("total")
    return sum(values)

@dg.graph
def inner(numbers, base):
    return total(many(numbers).map(lambda n: plus(double(n), base)).collect())

@dg.op
def report(parts, total):
    note("report")
    Path("report").write_text(f"{parts} {total}")

@dg.job
def everything():
    found = numbers()
    parts = split(found)
    odd = after_odd(parts.odd)
    report([odd, after_even(parts.even)], inner(found, odd))
"""
STEPS = (
    *("numbers", "split", "after_odd", "many", "double1", "double2", "double3", "plus2", "plus4", "plus6"),
    *("total", "report"),
)


def calls(project: Path) -> list[str]:
    return (project / "calls").read_text().split()


def run_ids(orch: Orch) -> list[str]:
    return orch("runs", "list", "--format", "names").stdout.split()


def runs(orch: Orch) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(orch("runs", "list", "--json").stdout)
    return found


def test_a_retry_runs_what_failed_and_what_came_after_with_mended_code_and_config(
    orch: Orch, write: Write, project: Path
) -> None:
    write("definitions.py", ASSETS)
    assert orch("materialize", "--select", "*", "--tag", "team=night").returncode == 1
    (first,) = run_ids(orch)

    dry = orch("retry", first[:14], "--set", "ops.b.config.n=4", "--dry-run")
    assert [line.split()[0] for line in dry.stdout.splitlines()] == ["STEP", "b", "c"]
    assert "a (stored)" in dry.stdout
    assert dry.stderr == "2 assets in 2 steps (1 more done before); nothing was run\n"
    plan = json.loads(orch("retry", first, "--dry-run", "--json", "--set", "ops.b.config.n=4").stdout)
    assert [step["key"] for step in plan["steps"]] == ["b", "c"]
    assert (plan["parent_run_id"], plan["done"]) == (first, {"a": first})

    second = orch("retry", first, "--set", "ops.b.config.n=4")
    assert second.returncode == 1
    assert second.stdout.startswith("plan: 2 assets in 2 steps (1 more done before)\n")
    assert "failed: 1 materialized, 1 failed in " in second.stdout
    assert calls(project) == ["a", "b", "b", "c"]
    # the config and the tags of the run before hold; the body of `c` is mended; the newest of the chain goes on
    text = (project / "definitions.py").read_text().replace('assert Path("ready").exists()', "b += 1")
    (project / "definitions.py").write_text(text)
    third = orch("retry", first)
    assert third.returncode == 0, third.stderr
    assert f"went on with run {first}; this goes on from there\n" in third.stderr
    assert calls(project) == ["a", "b", "b", "c", "c"]
    found = runs(orch)
    ids = [run["run_id"] for run in found]
    assert [run["parent_run_id"] for run in found] == [ids[1], ids[2], None]
    assert [run["root_run_id"] for run in found] == [first, first, None]
    assert [run["retry"] for run in found] == ["from_failure", "from_failure", ""]
    assert [run["planned"] for run in found] == [1, 2, 3]
    assert f"  retry of {ids[1]} (from failure), first {first}\n" in orch("runs", "show", "--last").stdout
    assert f"* (retry of {ids[1]})" in orch("runs", "list").stdout
    shown = json.loads(orch("show", "b", "--json").stdout)["last_materialization"]
    assert (shown["run_id"], shown["metadata"]["tag"]["value"]) == (ids[1], "night")

    again = orch("retry", first)
    assert again.returncode == 0
    assert again.stderr.endswith(f"nothing to do: run {ids[0]} succeeded; --all runs everything again\n")
    assert len(run_ids(orch)) == 3


def test_parts_of_a_run_and_all_of_it_are_run_again(orch: Orch, write: Write, project: Path) -> None:
    write("definitions.py", ASSETS + "@dg.asset\ndef other(): ...\n")
    (project / "ready").touch()
    assert orch("materialize", "--select", "+c", "--set", "ops.b.config.n=4").returncode == 0
    assert orch("retry", "--last", "--select", "b", "--set", "ops.b.config.n=5").returncode == 0
    assert calls(project) == ["a", "b", "c", "b"]
    assert orch("retry", "--last", "--select", "b+", "--tag", "x=y").returncode == 0
    assert calls(project)[4:] == ["b", "c"]
    assert runs(orch)[0]["run_config"] == {"ops": {"b": {"config": {"n": 5}}}}
    assert runs(orch)[0]["tags"] == {"x": "y"}
    assert orch("retry", "--last", "--all").returncode == 0
    assert calls(project)[6:] == ["a", "b", "c"]
    outside = orch("retry", "--last", "--select", "other")
    assert (outside.returncode, "did not make `other`" in outside.stderr) == (2, True)
    assert "`nope`" in orch("retry", "--last", "--select", "nope").stderr
    both = orch("retry", "--last", "--all", "--select", "a")
    assert (both.returncode, "exclude each other" in both.stderr) == (2, True)
    assert orch("retry").returncode == 2
    assert orch("retry", "zzz").returncode == 2


@pytest.mark.parametrize("victim", STEPS)
def test_a_job_that_was_killed_goes_on_and_does_nothing_twice(
    orch: Orch, write: Write, project: Path, victim: str
) -> None:
    write("definitions.py", JOB)
    (project / "victim").write_text(victim)
    killed = orch("run", "everything")
    assert killed.returncode == -9
    before = calls(project)
    retried = orch("retry", "--last")
    assert retried.returncode == 0, retried.stderr + retried.stdout
    assert runs(orch)[1]["status"] == "failure"
    assert "was killed" in str(runs(orch)[1]["message"])
    # a success was recorded for all that ended before, unless the process was killed before it could be written
    twice = {name for name in STEPS if calls(project).count(name) > 1}
    assert twice == {victim}
    assert before[-1] == victim
    assert set(calls(project)) == set(STEPS)
    assert (project / "report").read_text() == "[3] 21"


def test_a_run_in_many_processes_goes_on_after_a_kill_of_its_coordinator(
    orch: Orch, write: Write, project: Path
) -> None:
    write("definitions.py", JOB)
    (project / "victim").write_text("plus4")
    (project / "coordinator").touch()
    process = subprocess.Popen(
        [str(ORCH), "run", "everything", "-j", "2"],
        cwd=project,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    (project / "coordinator").write_text(str(process.pid))
    assert process.wait(timeout=60) == -9
    retried = orch("retry", "--last", "-v")
    assert retried.returncode == 0, retried.stderr
    run = runs(orch)[0]
    assert (run["executor"], run["max_workers"]) == ("multiprocess", 2)
    done = {
        event["step"]
        for run_id in run_ids(orch)
        for event in json.loads(orch("runs", "show", run_id, "--json").stdout)["steps"]
        if event["status"] == "success"
    }
    assert len(done) == 12
    assert (project / "report").read_text() == "[3] 21"
    once = [name for name in ("numbers", "split", "after_odd", "many") if calls(project).count(name) != 1]
    assert once == []


def test_a_materialization_without_a_success_counts_as_not_done(orch: Orch, write: Write, project: Path) -> None:
    write(
        "definitions.py",
        """
        import os
        from pathlib import Path
        @dg.multi_asset(specs=[dg.AssetSpec("x"), dg.AssetSpec("y")])
        def both():
            yield dg.MaterializeResult("x")
            if not Path("tried").exists():
                Path("tried").touch()
                import time
                time.sleep(0.3)
                os.kill(os.getpid(), 9)
            yield dg.MaterializeResult("y")
        """,
    )
    assert orch("materialize", "--select", "*").returncode == -9
    done = orch("retry", "--last")
    assert done.returncode == 0
    assert "done: 2 materialized" in done.stdout
    assert runs(orch)[1]["materialized"] == 1


def test_a_run_that_goes_on_is_refused_and_a_canceled_one_is_retried(orch: Orch, write: Write, project: Path) -> None:
    write(
        "definitions.py",
        """
        import time
        from pathlib import Path
        @dg.asset
        def fast(): Path("calls").open("a").write("fast\\n")
        @dg.asset
        def slow(fast):
            if not Path("started").exists():
                Path("started").touch()
                time.sleep(60)
        """,
    )
    process = subprocess.Popen(
        [str(ORCH), "materialize", "--select", "*"],
        cwd=project,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    deadline = time.monotonic() + 30
    while not (project / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    (run_id,) = run_ids(orch)
    for strategy in ((), ("--all",), ("--select", "fast")):
        refused = orch("retry", run_id, *strategy)
        assert refused.returncode == 2
        assert re.search(rf"run {run_id} is still running: process {process.pid} of \S+", refused.stderr)
        assert f"orch runs cancel {run_id}" in refused.stderr
    process.terminate()
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 143
    assert f"  retry    orch retry {run_id}\n" in out
    assert orch("retry", run_id).returncode == 0
    assert calls(project) == ["fast"]


def test_a_retry_is_refused_where_the_definitions_changed_in_a_way_that_matters(
    orch: Orch, write: Write, project: Path
) -> None:
    path = write("definitions.py", ASSETS)
    assert orch("materialize", "--select", "*", "--set", "ops.b.config.n=1").returncode == 1
    text = path.read_text()

    path.write_text(
        text.replace("def b(context, a, config", "def b(context, z, config").replace("a + config", "z + config")
        + "@dg.asset\ndef z(): return 1\n"
    )
    (run_id,) = run_ids(orch)
    unmade = orch("retry", run_id)
    assert (unmade.returncode, "it was no part of the run: make it first" in unmade.stderr) == (2, True)
    assert orch("materialize", "--select", "z").returncode == 0
    changed = orch("retry", run_id)
    assert changed.returncode == 2
    assert "step `b` is done in run" in changed.stderr
    assert "now it takes `z` from `z` and makes `b`" in changed.stderr
    assert "definitions.py:" in changed.stderr
    assert "--all" in changed.stderr
    assert calls(project) == ["a", "b", "c"]

    path.write_text(text.split("@dg.asset\ndef c")[0])
    gone = orch("retry", run_id)
    assert gone.returncode == 2
    assert "`c`: a step that is to run again, and no longer defined" in gone.stderr

    path.write_text("1 / 0")
    assert orch("retry", run_id).returncode == 3
    assert len(run_ids(orch)) == 2


def test_a_job_that_is_gone_and_a_step_that_is_renamed_are_refused(orch: Orch, write: Write, project: Path) -> None:
    path = write("definitions.py", JOB)
    (project / "victim").write_text("total")
    assert orch("run", "everything").returncode == -9
    text = path.read_text()
    path.write_text(text.replace("report([", "write([").replace("def report(", "def write("))
    renamed = orch("retry", "--last")
    assert renamed.returncode == 2
    assert "`report`: a step that is to run again, and no longer defined" in renamed.stderr
    path.write_text(text.replace("def everything", "def nothing"))
    gone = orch("retry", "--last")
    assert gone.returncode != 0
    assert "was of job `everything`" in gone.stderr
    path.write_text(text.replace("double(n), base", "base, double(n)"))
    assert "step `inner.plus` is done" in orch("retry", "--last").stderr


def test_a_run_across_locations_goes_on(orch: Orch, write: Write, project: Path) -> None:
    write("one.py", "@dg.asset\ndef a():\n    open('calls', 'a').write('a ')\n    return 1\n")
    broken = "@dg.asset\ndef b(a):\n    assert 0\n@dg.asset\ndef c(b): return b\n"
    path = write("two.py", broken)
    where = ("-f", "one.py", "-f", "two.py")
    failed = orch("materialize", "--select", "*", *where)
    assert failed.returncode == 1
    path.write_text(path.read_text().replace("assert 0", "return a + 1"))
    done = orch("retry", "--last", *where)
    assert done.returncode == 0, done.stderr
    assert calls(project) == ["a"]
    assert "2" in orch("show", "c", "--value", *where).stdout
    # a location that cannot be loaded, with something of the run in it
    (project / "one.py").write_text("1 / 0")
    path.write_text(path.read_text().replace("return b", "assert 0"))
    orch("retry", "--last", "--all", *where)
    assert "cannot be loaded" in orch("retry", "--last", "--all", *where).stderr


def test_custom_io_managers_load_what_the_run_before_stored(orch: Orch, write: Write, project: Path) -> None:
    write(
        "definitions.py",
        """
        import json
        from pathlib import Path

        class Files(dg.ConfigurableIOManager):
            folder: str
            def handle_output(self, context, obj):
                Path(self.folder).mkdir(exist_ok=True)
                Path(self.folder, "-".join(context.get_identifier())).write_text(json.dumps(obj))
            def load_input(self, context):
                return json.loads(Path(self.folder, "-".join(context.upstream_output.get_identifier())).read_text())

        @dg.op(out=dg.Out(io_manager_key="files"))
        def make():
            return {"x": 1}

        @dg.op
        def use(value):
            assert Path("ready").exists()
            assert value == {"x": 1}

        @dg.job(resource_defs={"files": Files(folder="files")})
        def both():
            use(make())
        """,
    )
    assert orch("run", "both").returncode == 1
    (project / "ready").touch()
    done = orch("retry", "--last")
    assert done.returncode == 0, done.stderr
    assert len(list((project / "files").iterdir())) == 1


def test_values_that_are_gone_are_made_again_if_they_are_needed(orch: Orch, write: Write, project: Path) -> None:
    write(
        "definitions.py",
        ASSETS
        + """
@dg.op
def start():
    note("start")
    return 1

@dg.op(out=dg.Out(io_manager_key="memory"))
def middle(x):
    note("middle")
    return x

@dg.op
def end(x):
    assert Path("ready").exists()

@dg.job(resource_defs={"memory": dg.mem_io_manager})
def volatile():
    end(middle(start()))
""",
    )
    assert orch("run", "volatile").returncode == 1
    assert orch("materialize", "--select", "*", "--set", "ops.b.config.n=1").returncode == 1
    assert orch("wipe", "b", "--yes").returncode == 0
    (project / "ready").touch()
    assets = orch("retry", "--last")
    assert assets.returncode == 0, assets.stderr
    assert "note: `b` is run again: its value is needed, and gone\n" in assets.stderr
    job = orch("retry", run_ids(orch)[-1])
    assert job.returncode == 0, job.stderr
    assert calls(project) == ["start", "middle", "a", "b", "c", "b", "c", "middle"]
