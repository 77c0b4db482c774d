"""The commands, through the real process, on small real projects."""

import json
import os
import pty
import re
import shlex
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import ORCH, Orch, environment

Write = Callable[[str, str], Path]

DIAMOND = """
@dg.asset(tags={"layer": "raw"}, owners=["team:x"], kinds={"csv"}, group_name="in", metadata={"unit": "g"})
def raw():
    '''Where it starts.

    And more.'''
    return 1

@dg.asset
def left(raw):
    return raw

@dg.asset
def right(raw):
    return raw

@dg.asset(code_version="2")
def end(context, left, right):
    context.log.info("adding %d and %d", left, right)
    context.log.warning("careful")
    return left + right

@dg.asset(deps=["outside", end])
def sent() -> None: ...

outside = dg.AssetSpec("outside", description="somebody else's")

everything = dg.define_asset_job("everything", tags={"kind": "full"}, description="all of it")
part = dg.define_asset_job("part", selection="+left")
"""


@pytest.fixture
def diamond(write: Write) -> None:
    write("definitions.py", DIAMOND)


# --- listings


@pytest.mark.usefixtures("diamond")
def test_list_assets_as_json(orch: Orch) -> None:
    assert orch("materialize", "--select", "raw").returncode == 0
    listed = {one["key"]: one for one in json.loads(orch("list-assets", "--format", "json").stdout)}
    run = json.loads(orch("runs", "list", "--json").stdout)[0]
    assert listed["raw"].pop("last_materialized").startswith("20")
    assert listed["raw"] == {
        "key": "raw",
        "location": "definitions.py",
        "group": "in",
        "kinds": ["csv"],
        "owners": ["team:x"],
        "tags": {"layer": "raw"},
        "description": "Where it starts.\n\nAnd more.",
        "deps": [],
        "external": False,
        "source": "definitions.py:3",
        "code_version": None,
        "last_run_id": run["run_id"],
    }
    assert listed["end"]["deps"] == ["left", "right"]
    assert listed["end"]["last_materialized"] is None
    assert listed["outside"]["external"] is True


@pytest.mark.usefixtures("diamond")
def test_names_feed_a_selection(orch: Orch) -> None:
    names = orch("list-assets", "--select", "+left", "--format", "names").stdout
    assert names == "raw\nleft\n"
    done = orch("materialize", "--select", "-", stdin=names)
    assert "2 materialized" in done.stdout
    assert json.loads(orch("runs", "list", "--json").stdout)[0]["selection"] == "raw, left"


@pytest.mark.usefixtures("diamond")
def test_a_selection_from_a_file_and_exclusion(orch: Orch, project: Path) -> None:
    (project / "selection").write_text("+left\nright\n")
    done = orch("list-assets", "--select", "@selection", "--exclude", "raw", "--format", "names")
    assert done.stdout == "left\nright\n"
    assert orch("list-assets", "--select", "@nope").returncode == 2


@pytest.mark.usefixtures("diamond")
def test_several_selects_are_a_union(orch: Orch) -> None:
    done = orch("list-assets", "--select", "left", "--select", "right", "--format", "names")
    assert done.stdout == "left\nright\n"


@pytest.mark.usefixtures("diamond")
def test_list_jobs(orch: Orch) -> None:
    jobs = {job["name"]: job for job in json.loads(orch("list-jobs", "--json").stdout)}
    assert jobs["part"]["assets"] == ["left", "raw"]
    assert jobs["everything"]["tags"] == {"kind": "full"}
    assert jobs["part"]["source"] == "definitions.py:30"
    assert "all of it" in orch("list-jobs").stdout
    assert orch("list-jobs", "--format", "names").stdout == "everything\npart\n"


@pytest.mark.usefixtures("diamond")
def test_a_table_is_cut_to_the_terminal_and_not_off_it(orch: Orch, project: Path) -> None:
    assert "Where it starts." in orch("list-assets", COLUMNS="40").stdout
    seen = in_terminal(["list-assets", "--color", "never"], project, columns=40)
    assert all(len(line) <= 40 for line in seen.splitlines())
    assert "DESCRIPTION" not in seen
    seen = in_terminal(["list-assets", "--color", "never"], project, columns=66)
    assert all(len(line) <= 66 for line in seen.splitlines())
    assert "…" in seen


def test_a_job_that_selects_what_does_not_exist_disturbs_no_listing(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        "@dg.asset\ndef raw(): ...\njobs = [dg.define_asset_job('bad', 'rwa'), dg.define_asset_job('good', 'raw')]\n"
        "defs = dg.Definitions(assets=[raw], jobs=jobs)\n",
    )
    assert json.loads(orch("show", "raw", "--json").stdout)["jobs"] == ["good"]
    assert [job["assets"] for job in json.loads(orch("list-jobs", "--json").stdout)] == [None, ["raw"]]
    assert "invalid" in orch("list-jobs").stdout


@pytest.mark.usefixtures("diamond")
def test_a_listing_of_nothing_says_so(orch: Orch) -> None:
    for arguments in (("list-assets", "--select", "failed"), ("lineage", "--select", "failed")):
        done = orch(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "`failed` matches no asset" in done.stderr
        assert orch(*arguments, "--allow-empty").returncode == 0
    assert orch("list-assets", "--select", "failed", "--allow-empty", "--format", "names").stdout == ""


# --- show and lineage


@pytest.mark.usefixtures("diamond")
def test_show(orch: Orch) -> None:
    assert "never materialized" in orch("show", "end").stdout
    assert orch("run", "everything").returncode == 0
    text = orch("show", "raw").stdout
    assert all(
        part in text for part in ("Where it starts.", "team:x", "left, right", "everything, part", "unit", "a value")
    )
    data = json.loads(orch("show", "end", "--json").stdout)
    assert data["upstream"] == ["left", "right"]
    assert data["last_materialization"]["code_version"] == "2"
    assert "external" in orch("show", "outside").stdout


@pytest.mark.usefixtures("diamond")
def test_a_shared_node_is_drawn_once_and_marked_where_it_recurs(orch: Orch) -> None:
    lines = orch("lineage").stdout.splitlines()
    names = [re.sub(r"[│├└─ ]*(\w+)  .*", r"\1", line) for line in lines]
    assert names == ["raw", "left", "end", "sent", "right", "end", "outside", "sent"]
    assert [number for number, line in enumerate(lines) if "drawn above" in line] == [5]
    assert "outside  definitions.py  external" in lines[6]


@pytest.mark.usefixtures("diamond")
def test_lineage_of_a_part(orch: Orch) -> None:
    def keys(*arguments: str) -> set[str]:
        return {node["key"] for node in json.loads(orch("lineage", "--json", *arguments).stdout)["nodes"]}

    assert keys("--select", "end", "--upstream", "1") == {"end", "left", "right"}
    assert keys("--select", "end", "--upstream", "all") == {"end", "left", "right", "raw"}
    assert keys("--select", "left", "--downstream", "1") == {"left", "end"}
    assert keys("--root", "right") == {"right", "end", "sent"}
    assert orch("lineage", "--upstream", "x").returncode == 2
    assert orch("lineage", "--root", "rigt").returncode == 2
    data = json.loads(orch("lineage", "--json").stdout)
    assert {"from": "raw", "to": "left"} in data["edges"]
    assert 'n0["raw"]' in orch("lineage", "--format", "mermaid").stdout
    assert '"raw" -> "left";' in orch("lineage", "--format", "dot").stdout


# --- runs


@pytest.mark.usefixtures("diamond")
def test_the_event_stream(orch: Orch) -> None:
    done = orch("run", "everything", "--format", "json", "--tag", "a=b")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert all({"type", "run_id", "timestamp"} <= event.keys() for event in events)
    assert events[0]["type"] == "run_started"
    assert events[0]["tags"] == {"kind": "full", "a": "b"}
    last = events[-1]
    assert last["type"] == "run_finished"
    assert (last["status"], last["materialized"], last["failed"], last["skipped"]) == ("success", 5, 0, 0)
    assert last["duration_s"] > 0
    assert [event["asset"] for event in events if event["type"] == "asset_materialized"] == [
        "raw", "left", "right", "end", "sent"
    ]  # fmt: skip


@pytest.mark.usefixtures("diamond")
def test_a_dry_run_runs_nothing(orch: Orch, project: Path) -> None:
    done = orch("materialize", "--select", "*", "--dry-run")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1].split() == ["raw", "definitions.py", "raw"]
    steps = json.loads(orch("materialize", "--select", "*", "--dry-run", "--json").stdout)["steps"]
    assert [step["key"] for step in steps] == ["raw", "left", "right", "end", "sent"]
    assert steps[1]["inputs"][0]["source"] == steps[0]["source"] == "definitions.py:3"
    assert not (project / ".orch").exists()


@pytest.mark.usefixtures("diamond")
def test_runs_are_listed_shown_and_their_logs_read(orch: Orch) -> None:
    assert orch("runs", "list").stderr == "no runs yet\n"
    assert orch("runs", "show", "--last").returncode == 2
    orch("run", "part")
    done = orch("materialize", "--select", "*", "-v")
    assert "adding 1 and 1" in done.stderr
    runs = json.loads(orch("runs", "list", "--json").stdout)
    assert [run["selection"] for run in runs] == ["*", "job:part"]
    assert orch("runs", "list", "--format", "names", "-n", "1").stdout == runs[0]["run_id"] + "\n"
    assert orch("runs", "list", "--status", "failure", "--format", "names").stdout.strip() == ""
    shown = json.loads(orch("runs", "show", runs[0]["run_id"][:-3], "--json").stdout)
    assert [step["status"] for step in shown["steps"]] == ["success"] * 5
    head, *logs = orch("runs", "logs", runs[0]["run_id"], "end").stdout.splitlines()
    assert (head, [line[22:] for line in logs]) == ("end", ["INFO     adding 1 and 1", "WARNING  careful"])
    assert orch("runs", "logs", "--last", "edn").returncode == 2
    assert orch("runs", "show", "zzz").returncode == 2
    assert orch("runs", "show").returncode == 2
    assert orch("runs", "show", runs[0]["run_id"][:3]).returncode == 2  # both begin so


def test_a_failed_run_ends_with_the_commands_to_go_on(orch: Orch, write: Write, project: Path) -> None:
    write(
        "it's.py",
        """
        from pathlib import Path
        @dg.asset
        def a(): return 1
        @dg.asset
        def b(a):
            if not Path("ready").exists():
                raise FileNotFoundError("ready")
            return a
        @dg.asset
        def c(b): return b
        """,
    )
    done = orch("materialize", "--select", "*", "-f", "it's.py")
    assert done.returncode == 1
    (project / "ready").touch()
    logs, again = (shlex.split(done.stdout.split(f"  {word} ")[1].splitlines()[0]) for word in ("logs    ", "retry   "))
    assert "FileNotFoundError: ready" in orch(*logs[1:]).stdout
    repaired = orch(*again[1:])
    assert repaired.returncode == 0
    assert "2 materialized" in repaired.stdout


def test_fail_fast(orch: Orch, write: Write) -> None:
    write("definitions.py", "@dg.asset\ndef a(): 1 / 0\n@dg.asset\ndef b(): ...\n@dg.asset\ndef c(): ...\n")
    assert "2 materialized, 1 failed" in orch("materialize", "--select", "*").stdout
    done = orch("materialize", "--select", "*", "--fail-fast")
    assert "0 materialized, 1 failed, 2 skipped" in done.stdout
    assert "fail-fast" in done.stdout


def test_a_multi_asset_is_made_as_a_whole_and_says_so(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        "@dg.multi_asset(outs={'a': dg.AssetOut(), 'b': dg.AssetOut()})\ndef both():\n    return 1, 2\n",
    )
    done = orch("materialize", "--select", "a")
    assert "`both` makes `b` too" in done.stderr
    assert "2 materialized" in done.stdout


@pytest.mark.usefixtures("diamond")
def test_quiet(orch: Orch) -> None:
    done = orch("materialize", "--select", "*", "-q")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.usefixtures("diamond")
def test_eight_runs_at_once_on_one_home_lose_nothing(orch: Orch) -> None:
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: orch("materialize", "--select", "*"), range(8)))
    assert [one.returncode for one in done] == [0] * 8, [one.stderr for one in done]
    runs = json.loads(orch("runs", "list", "--json").stdout)
    assert [run["status"] for run in runs] == ["success"] * 8
    for run in runs:
        shown = json.loads(orch("runs", "show", run["run_id"], "--json").stdout)
        assert sum(len(step["assets"]) for step in shown["steps"]) == 5


def test_a_reader_that_goes_away_does_not_stop_a_run(orch: Orch, write: Write, project: Path) -> None:
    write(
        "definitions.py",
        "import time\n@dg.asset\ndef a0(): time.sleep(0.2)\n"
        + "".join(f"@dg.asset\ndef a{n}(a{n - 1}): time.sleep(0.02)\n" for n in range(1, 20)),
    )
    done = subprocess.run(
        f"{ORCH} materialize --select '*' | head -1",
        shell=True, check=False, cwd=project, env=environment(), capture_output=True, text=True,
    )  # fmt: skip
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1
    deadline = 100
    while "success" not in orch("runs", "list").stdout and deadline:
        deadline -= 1
    (run,) = json.loads(orch("runs", "list", "--json").stdout)
    assert (run["status"], run["materialized"]) == ("success", 20)


# --- wipe, init, help, completion


@pytest.mark.usefixtures("diamond")
def test_wipe(orch: Orch, project: Path) -> None:
    orch("materialize", "--select", "*")
    assert orch("wipe").returncode == 2
    refused = orch("wipe", "raw")
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert orch("wipe", "rwa", "--yes").returncode == 2
    assert orch("wipe", "raw", "--dry-run").returncode == 0
    assert (project / ".orch/storage/raw.pickle").exists()
    assert "wiped 1 record, 1 stored value\n" in orch("wipe", "raw", "--yes").stderr
    assert not (project / ".orch/storage/raw.pickle").exists()
    assert orch("materialize", "--select", "left").returncode == 2  # it needs what was wiped
    assert orch("list-assets", "--select", "missing", "--format", "names").stdout == "raw\n"
    assert json.loads(orch("wipe", "left", "--yes", "--json").stdout) == {"wiped": ["left"], "values_removed": 1}
    assert json.loads(orch("wipe", "left", "--yes", "--json").stdout) == {"wiped": [], "values_removed": 0}
    assert "wiped 3 records" in orch("wipe", "--all", "--yes").stderr
    assert "nothing to wipe" in orch("wipe", "--all", "--yes").stderr


def test_init_makes_a_project_that_runs_and_whose_test_passes(orch: Orch, project: Path) -> None:
    done = orch("init", "bakery")
    assert done.returncode == 0
    made = project / "bakery"
    assert orch("materialize", "--select", "*", cwd=made).returncode == 0
    assert orch("check", "--strict", cwd=made).returncode == 0
    tested = subprocess.run(
        [ORCH.with_name("pytest"), "-q", "-p", "no:cacheprovider"],
        cwd=made,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in tested.stdout, tested.stdout
    again = orch("init", "bakery")
    assert again.returncode == 2
    assert "exists already" in again.stderr


@pytest.mark.parametrize("topic", ["exit-codes", "selection", "environment"])
def test_help_topics(orch: Orch, topic: str) -> None:
    assert topic in orch("help").stdout
    assert len(orch("help", topic).stdout.splitlines()) > 5
    assert "did you mean `selection`?" in orch("help", "selections").stderr


@pytest.mark.usefixtures("diamond")
def test_completion_needs_no_user_code(orch: Orch, write: Write) -> None:
    orch("materialize", "--select", "*")
    write("definitions.py", "raise RuntimeError('never imported on Tab')\n")

    def complete(*words: str) -> list[str]:
        done = orch(_ORCH_COMPLETE="complete_bash", COMP_WORDS=" ".join(["orch", *words]), COMP_CWORD=str(len(words)))
        return done.stdout.split()

    assert complete("materialize", "--select", "l") == ["left"]
    assert complete("materialize", "--select", "+ri") == ["+right"]
    assert complete("list-assets", "--select", "code_location:d") == ["code_location:definitions.py"]
    assert complete("list-assets", "--select", "owner:team:") == ["owner:team:x"]
    assert complete("list-assets", "--select", "group:") == ["group:default", "group:in"]
    assert complete("list-assets", "--select", "column:") == []
    assert complete("run", "ev") == ["everything"]
    assert complete("show", "en") == ["end"]
    assert complete("show", "e") == ["end", "everything"]
    assert "list-assets" in complete("list")


# --- a terminal


def in_terminal(arguments: list[str], cwd: Path, columns: int = 80, *, typed: bytes = b"", **changes: str) -> str:
    """What `orch` writes when both streams are a terminal, at which something was typed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(cwd)
        os.execve(ORCH, ["orch", *arguments], environment(COLUMNS=str(columns), **changes))
    os.write(terminal, typed)
    chunks = []
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(terminal)
    os.waitpid(pid, 0)
    return b"".join(chunks).decode().replace("\r\n", "\n")


@pytest.mark.filterwarnings("ignore:This process")
def test_a_debugger_in_a_terminal_has_it_for_itself(write: Write, project: Path) -> None:
    write(
        "definitions.py",
        """
        @dg.asset
        def a():
            answer = 41
            breakpoint()
            print("seen")
        @dg.asset
        def b(a): print("captured")
        """,
    )
    seen = in_terminal(["materialize", "--select", "*"], project, typed=b"p answer + 1\nc\n")
    session = seen[seen.index("(Pdb) ") : seen.index("seen\n")]
    assert "42\n" in session
    assert "━" not in session
    assert "captured" not in seen
    assert "done: 2 materialized" in seen


@pytest.mark.filterwarnings("ignore:This process")
def test_a_run_in_a_terminal_is_live(write: Write, project: Path) -> None:
    write(
        "definitions.py",
        """
        import time
        @dg.asset
        def slow():
            print("from user code")
            time.sleep(0.6)
            return 1
        @dg.asset
        def bad(slow):
            raise ValueError("oh no")
        """,
    )
    seen = in_terminal(["materialize", "--select", "*", "-v"], project)
    assert "● " in seen
    assert "━" in seen
    assert "0/2" in seen
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen)
    assert "slow | from user code" in plain
    assert "ValueError: oh no" in plain
    assert "failed: 1 materialized, 1 failed" in plain
    assert in_terminal(["materialize", "--select", "*", "--color", "never"], project).count("\x1b[3") == 0
    again = in_terminal(["materialize", "--select", "slow"], project)
    assert "left" in again  # an estimate from the earlier run
    dumb = in_terminal(["materialize", "--select", "slow"], project, TERM="dumb")
    assert "[1/1] done     slow" in dumb
    assert "\x1b" not in dumb
