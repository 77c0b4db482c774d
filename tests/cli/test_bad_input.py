"""Every wrong input gets an answer: what is wrong, where, what to do, and an exit code by the contract."""

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ORCH, Orch, environment

Write = Callable[[str, str], Path]

TWO = """
@dg.asset
def a():
    return 1

@dg.asset
def b(a):
    return a + 1
"""


# --- code locations


def test_no_target(orch: Orch) -> None:
    done = orch("list-assets")
    assert done.returncode == 2
    assert done.stdout == ""
    assert all(way in done.stderr for way in ("-f definitions.py", "[tool.orch]", "workspace.yaml", "orch init"))


def test_unknown_module(orch: Orch, write: Write) -> None:
    write("pipeline.py", TWO)
    done = orch("list-assets", "-m", "pipelin")
    assert done.returncode == 3
    assert "there is no module `pipelin`" in done.stderr
    assert "did you mean `pipeline`?" in done.stderr


def test_unknown_file(orch: Orch, write: Write) -> None:
    write("definitions.py", TWO)
    done = orch("list-assets", "-f", "definition.py")
    assert done.returncode == 3
    assert "definition.py does not exist" in done.stderr
    assert "did you mean `definitions.py`?" in done.stderr


def test_unknown_attribute(orch: Orch, write: Write) -> None:
    write("definitions.py", TWO + "defs = dg.Definitions(assets=[a, b])")
    done = orch("list-assets", "-f", "definitions.py", "-a", "def")
    assert done.returncode == 3
    assert "has no attribute `def`" in done.stderr
    assert "did you mean `defs`?" in done.stderr


def test_a_module_that_raises(orch: Orch, write: Write) -> None:
    write("helpers.py", "def explode():\n    raise ValueError('boom')\n")
    write("definitions.py", "import helpers\nhelpers.explode()\n")
    done = orch("list-assets")
    assert done.returncode == 3
    assert "ValueError: boom" in done.stderr
    assert "definitions.py:3 in <module>" in done.stderr
    assert "helpers.py:3 in explode" in done.stderr
    assert "importlib" not in done.stderr


def test_a_syntax_error(orch: Orch, write: Write) -> None:
    write("definitions.py", "x = = 1\n")
    done = orch("check")
    assert done.returncode == 3
    assert "SyntaxError" in done.stderr
    assert "definitions.py:2" in done.stderr


def test_a_module_that_is_missing_something(orch: Orch, write: Write) -> None:
    write("definitions.py", "import no_such_package_here\n")
    done = orch("check")
    assert done.returncode == 3
    assert "No module named 'no_such_package_here'" in done.stderr
    assert "working_directory" in done.stderr


def test_a_module_that_exits(orch: Orch, write: Write) -> None:
    write("definitions.py", "import sys\nsys.exit(7)\n")
    done = orch("check")
    assert done.returncode == 3
    assert "sys.exit(7)" in done.stderr


def test_two_definitions(orch: Orch, write: Write) -> None:
    write("definitions.py", TWO + "one = dg.Definitions(assets=[a])\ntwo = dg.Definitions(assets=[a, b])\n")
    done = orch("list-assets")
    assert done.returncode == 3
    assert "2 Definitions: `one`, `two`" in done.stderr
    assert "definitions.py:10" in done.stderr
    assert "definitions.py:11" in done.stderr
    assert "-a one" in done.stderr
    assert orch("list-assets", "-f", "definitions.py", "-a", "two", "--format", "names").stdout == "a\nb\n"


def test_no_definitions(orch: Orch, write: Write) -> None:
    write("definitions.py", "x = 1\n")
    done = orch("list-assets")
    assert done.returncode == 3
    assert "holds no definitions" in done.stderr


def test_malformed_workspace(orch: Orch, write: Write) -> None:
    write("workspace.yaml", "load_from:\n  - python_file: [\n")
    done = orch("list-assets")
    assert done.returncode == 3
    assert "not valid YAML" in done.stderr
    assert "workspace.yaml:3" in done.stderr


@pytest.mark.parametrize(
    ("text", "line", "words", "hint"),
    [
        ("load_form:\n  - python_file: a.py\n", 1, "unknown key `load_form`", "did you mean `load_from`?"),
        ("load_from:\n  - python_fil: a.py\n", 2, "unknown key `python_fil`", "did you mean `python_file`"),
        (
            "load_from:\n  - python_file:\n      relative_path: a.py\n      locaton_name: x\n",
            4, "unknown key `locaton_name`", "did you mean `location_name`?",
        ),
        ("load_from:\n  - python_file:\n      location_name: x\n", 3, "`python_file` needs `relative_path`", ""),
        ("load_from:\n  - python_file:\n      relative_path: 3\n", 3, "must be a string", ""),
        ("load_from:\n  - python_file: a.py\n    location_name: x\n", 2, "with one of `python_file`", "location_name: ...}"),
        ("load_from: 3\n", 1, "must be a list", ""),
        ("- a\n", 1, "must be a mapping", ""),
        ("", 1, "must be a mapping", ""),
        ("load_from:\n  - grpc_server: {port: 1}\n", 2, "not supported", ""),
    ],
)  # fmt: skip
def test_a_workspace_that_says_something_wrong(
    orch: Orch, write: Write, text: str, line: int, words: str, hint: str
) -> None:
    write("workspace.yaml", text)
    done = orch("list-assets")
    assert done.returncode == 3
    assert words in done.stderr
    assert hint in done.stderr
    assert f"workspace.yaml:{line}" in done.stderr


def test_an_unknown_key_of_pyproject(orch: Orch, write: Write) -> None:
    write("pyproject.toml", '[tool.orch]\npython_fle = "definitions.py"\n')
    done = orch("list-assets")
    assert done.returncode == 3
    assert "did you mean `python_file` or `python_logs`?" in done.stderr
    assert "pyproject.toml:2" in done.stderr


def test_a_missing_executable_does_not_take_the_others_down(orch: Orch, write: Write) -> None:
    write("a.py", TWO)
    write("b.py", "@dg.asset\ndef c():\n    return 1\n")
    write(
        "workspace.yaml",
        """
        load_from:
          - python_file: a.py
          - python_file: {relative_path: b.py, executable_path: .venv/bin/python}
        """,
    )
    done = orch("list-assets", "--format", "names")
    assert done.returncode == 3
    assert done.stdout == "a\nb\n"
    assert "/.venv/bin/python does not exist" in done.stderr


def test_a_location_that_fails_is_only_needed_by_commands_that_need_it(orch: Orch, write: Write) -> None:
    write("a.py", TWO)
    write("b.py", "raise RuntimeError('not today')\n")
    both = ("-f", "a.py", "-f", "b.py")
    done = orch("materialize", "--select", "+b", *both)
    assert done.returncode == 0
    assert "b.py:2" in done.stderr
    assert "not today" in done.stderr
    assert orch("materialize", "--select", "*", *both).returncode == 3
    missing = orch("materialize", "--select", "nope", *both)
    assert missing.returncode == 3
    assert "it may be in `b.py`" in missing.stderr
    listed = orch("list-locations", "--format", "json", *both)
    assert listed.returncode == 3
    assert '"status": "failed"' in listed.stdout


# --- definitions


def test_a_duplicate_key_across_locations_names_both_places(orch: Orch, write: Write) -> None:
    write("a.py", TWO)
    write("b.py", "\n\n@dg.asset\ndef a():\n    return 1\n")
    done = orch("list-assets", "-f", "a.py", "-f", "b.py")
    assert done.returncode == 3
    assert "asset `a` is defined twice" in done.stderr
    assert "a.py:3" in done.stderr
    assert "b.py:4" in done.stderr


def test_a_cycle_across_locations_names_every_place(orch: Orch, write: Write) -> None:
    write("a.py", "@dg.asset(deps=['z'])\ndef x(): ...\n@dg.asset(deps=['x'])\ndef y(): ...\n")
    write("b.py", "@dg.asset(deps=['y'])\ndef z(): ...\n")
    done = orch("materialize", "--select", "x", "-f", "a.py", "-f", "b.py")
    assert done.returncode == 3
    assert "x -> y -> z -> x" in done.stderr
    assert all(place in done.stderr for place in ("a.py:2", "a.py:4", "b.py:2"))


def test_a_parameter_that_names_no_asset(orch: Orch, write: Write) -> None:
    write("definitions.py", "@dg.asset\ndef ingredients(): ...\n@dg.asset\ndef dough(ingredinets): ...\n")
    done = orch("list-assets")
    assert done.returncode == 3
    assert "parameter `ingredinets`" in done.stderr
    assert "definitions.py:4" in done.stderr
    assert "did you mean `ingredients`?" in done.stderr


def test_a_dependency_that_nobody_defines_is_a_warning_with_the_nearest(orch: Orch, write: Write) -> None:
    write("definitions.py", "@dg.asset\ndef ingredients(): ...\n@dg.asset(deps=['ingredinets'])\ndef dough(): ...\n")
    done = orch("check")
    assert done.returncode == 0
    assert "did you mean `ingredients`?" in done.stderr
    assert "definitions.py:4" in done.stderr
    assert orch("check", "--strict").returncode == 3


def test_a_job_that_selects_unknown_assets_names_all_of_them(orch: Orch, write: Write) -> None:
    write("definitions.py", TWO + "job = dg.define_asset_job('j', selection=['a', 'bb', 'cc'])\n")
    for command in (("check",), ("run", "j")):
        done = orch(*command)
        assert done.returncode == 3
        assert "`bb`" in done.stderr
        assert "`cc`" in done.stderr
        assert "definitions.py:10" in done.stderr


@pytest.mark.parametrize("name", ["../../x", "", "a/b", "x" * 300, "a b", ".x"])
def test_an_unsafe_name(orch: Orch, write: Write, name: str) -> None:
    write("definitions.py", f"@dg.asset(name={name!r})\ndef a(): ...\n")
    done = orch("materialize", "--select", "*")
    assert done.returncode == 3
    assert "asset name" in done.stderr
    assert "definitions.py:2" in done.stderr


@pytest.mark.parametrize("key", ["../../x", "a/../../../x", "/etc/passwd", "a//b"])
def test_no_key_escapes_the_storage_folder(orch: Orch, write: Write, project: Path, key: str) -> None:
    write("definitions.py", f"@dg.asset(key={key!r})\ndef a():\n    return 1\n")
    assert orch("materialize", "--select", "*").returncode == 3
    assert sorted(path.name for path in project.iterdir() if path.name != "__pycache__") == ["definitions.py"]


def test_keys_of_any_letters_and_depth_are_stored_below_the_home(orch: Orch, write: Write, project: Path) -> None:
    write(
        "definitions.py",
        "@dg.asset(key='빵집/케이크')\ndef a():\n    return 1\n"
        f"@dg.asset(key={['p' * 100] * 5!r})\ndef b():\n    return 1\n"
        "@dg.asset(key='빵집')\ndef c():\n    return 1\n",
    )
    done = orch("materialize", "--select", "*")
    assert done.returncode == 0, done.stderr
    assert (project / ".orch/storage/빵집/케이크.pickle").exists()
    assert (project / ".orch/storage/빵집.pickle").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@dg.asset(deps='raw')\ndef a(): ...\n", "deps of `a` must be a list"),
        ("@dg.asset\ndef r(): ...\n@dg.asset(deps={'x': r})\ndef a(): ...\n", "says 'x' but gives `r`"),
        ("@dg.asset(partitions_def=1)\ndef a(): ...\n", "`partitions_def` of @asset is not supported yet"),
        ("@dg.asset(io_manager_key='db')\ndef a(): ...\n", "needs the resource `db`"),
        ("@dg.asset\ndef a(*args): ...\n", "*args"),
        ("defs = dg.Definitions(assets=[1])\n", "holds 1"),
        ("defs = dg.Definitions(asets=[])\nx = dg.Definitions(asset=[1])", "takes no parameter"),
    ],
)
def test_definitions_that_are_wrong_say_where(orch: Orch, write: Write, text: str, words: str) -> None:
    write("definitions.py", text)
    done = orch("list-assets")
    assert done.returncode == 3
    assert words in done.stderr
    assert "definitions.py:" in done.stderr


# --- selections


@pytest.mark.parametrize(
    ("selection", "words", "caret"),
    [
        ("a b", "'b' cannot stand here", 2),
        ("(a", "never closed", 0),
        ("gruop:x", "did you mean `group`?", 0),
        ("c", "there is no asset `c`", 0),
        ("a and cc", "there is no asset `cc`", 6),
        ("group:nope", "there is no group `nope`", 6),
        ("a or tag: nope", "there is no tag `nope`", 10),
        ("status:nope", "there is no `status:` `nope`", 7),
        ("job:nope", "there is no job `nope`", 4),
        ('key:"a', "the quote is never closed", 4),
        ("key:null", "`key:` has no null", 0),
        ("stale", "not supported yet", 0),
        ("sensor:x", "not supported yet", 0),
    ],
)
def test_a_selection_that_is_wrong_points_at_the_character(
    orch: Orch, write: Write, selection: str, words: str, caret: int
) -> None:
    write("definitions.py", TWO)
    for command in ("materialize", "list-assets"):
        done = orch(command, "--select", selection)
        assert done.returncode == 2
        assert words in done.stderr
        assert f"\n  {' ' * caret}^" in done.stderr
        assert done.stdout == ""


def test_an_empty_selection(orch: Orch, write: Write) -> None:
    write("definitions.py", TWO)
    for command in ("materialize", "list-assets", "lineage"):
        done = orch(command, "--select", "")
        assert (done.returncode, done.stderr.splitlines()[0]) == (2, "error[E302]: the selection is empty")


def test_an_unknown_key_offers_the_nearest(orch: Orch, write: Write) -> None:
    write("definitions.py", "@dg.asset(key='bakery/ingredients')\ndef i(): ...\n")
    done = orch("materialize", "--select", "ingrediens")
    assert done.returncode == 2
    assert "did you mean `bakery/ingredients`?" in done.stderr
    assert orch("show", "ingrediens").returncode == 2


def test_a_selection_that_matches_nothing_runs_nothing(orch: Orch, write: Write, project: Path) -> None:
    write("definitions.py", TWO)
    done = orch("materialize", "--select", 'key:"nope*"')
    assert done.returncode == 2
    assert "matches no asset" in done.stderr
    assert not (project / ".orch").exists()
    assert orch("materialize", "--select", 'key:"nope*"', "--allow-empty").returncode == 0


def test_materialize_without_a_selection(orch: Orch, write: Write) -> None:
    write("definitions.py", TWO)
    done = orch("materialize")
    assert done.returncode == 2
    assert "--select '*'" in done.stderr


def test_unknown_job_command_and_option(orch: Orch, write: Write) -> None:
    write("definitions.py", TWO + "job = dg.define_asset_job('daily')\n")
    done = orch("run", "dayly")
    assert (done.returncode, "did you mean `daily`?" in done.stderr) == (2, True)
    assert orch("materialise").returncode == 2
    assert "materialize" in orch("materialise").stderr
    done = orch("list-assets", "--selekt", "a")
    assert (done.returncode, "did you mean `--select`" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show",), "missing argument 'KEY|JOB'"),
        (("list-assets", "--format", "jsn"), "'jsn' is not one of"),
        (("list-assets", "--format"), "requires an argument"),
        (("list-assets", "extra"), "unexpected extra argument"),
        (("runs", "lst"), "Did you mean 'list'?"),
        (("--fomat",), "there is no option `--fomat`"),
    ],
)
def test_wrong_usage_is_said_as_every_other_error(orch: Orch, arguments: tuple[str, ...], words: str) -> None:
    done = orch(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("error[E303]: ")
    assert words in done.stderr
    assert "hint: see: orch" in done.stderr
    assert json.loads(orch(*arguments, "--json").stderr)["code"] == "E303"


def test_errors_are_json_where_json_is_asked_for(orch: Orch, write: Write) -> None:
    write("definitions.py", TWO)
    done = orch("materialize", "--select", "c", "--format", "json")
    assert done.returncode == 2
    error = json.loads(done.stderr)
    assert list(error)[:4] == ["code", "message", "hint", "location"]
    assert (error["code"], error["message"]) == ("E302", "there is no asset `c`")
    assert (error["selection"], error["position"]) == ("c", 0)

    write("definitions.py", "1 / 0\n")
    error = json.loads(orch("list-assets", "--json").stderr)
    assert (error["location"], error["code_location"]) == ("definitions.py:2", "definitions.py")


def test_the_caret_stands_below_the_character_also_after_wide_ones(orch: Orch, write: Write) -> None:
    write("definitions.py", TWO)
    lines = orch("list-assets", "--select", "케이크 )").stderr.splitlines()
    assert lines[1:3] == ["  케이크 )", "         ^"]


# --- runs


def test_an_asset_that_raises(orch: Orch, write: Write) -> None:
    write("helpers.py", "def divide(x):\n    return 1 / x\n")
    write(
        "definitions.py",
        "from helpers import divide\n@dg.asset\ndef a():\n    return divide(0)\n"
        + TWO[TWO.index("@dg.asset\ndef b") :],
    )
    done = orch("materialize", "--select", "*")
    assert done.returncode == 1
    assert "ZeroDivisionError: division by zero" in done.stderr
    assert "definitions.py:5 in a" in done.stderr
    assert "helpers.py:3 in divide" in done.stderr
    assert "orchestrator/" not in done.stderr
    assert "1 failed, 1 skipped" in done.stdout
    assert "  retry    orch retry " in done.stdout
    assert "orch runs logs" in done.stdout
    logs = orch("runs", "logs", "--last").stdout
    assert "ZeroDivisionError" in logs


def test_a_recursion_without_end_is_told_in_a_few_lines(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        """
        @dg.asset
        def alone():
            def f(n):
                return f(n)
            return f(0)
        @dg.asset
        def together():
            def f(n):
                return g(n)
            def g(n):
                return f(n)
            return f(0)
        """,
    )
    done = orch("materialize", "--select", "alone")
    assert done.stderr.count("return f(n)") == 3
    assert "times more)" in done.stderr
    done = orch("materialize", "--select", "together")
    assert 20 < done.stderr.count("return") <= 30
    assert "calls left out)" in done.stderr
    assert "RecursionError" in done.stderr


def test_an_unpicklable_value(orch: Orch, write: Write, project: Path) -> None:
    write("definitions.py", "@dg.asset\ndef a():\n    return lambda: 1\n")
    done = orch("materialize", "--select", "*")
    assert done.returncode == 1
    assert "cannot be pickled" in done.stderr
    assert "definitions.py:2" in done.stderr
    assert not [path for path in (project / ".orch/storage").rglob("*") if path.is_file()]


def test_sys_exit_in_an_asset(orch: Orch, write: Write) -> None:
    write("definitions.py", "import sys\n@dg.asset\ndef a():\n    sys.exit(0)\n@dg.asset\ndef b(): ...\n")
    done = orch("materialize", "--select", "*")
    assert done.returncode == 1
    assert "sys.exit(0)" in done.stderr
    assert "1 materialized, 1 failed" in done.stdout


KILLED = "import os\n@dg.asset\ndef k():\n    os.kill(os.getpid(), 9)\n@dg.asset\ndef other(): ...\n"


def test_an_asset_that_kills_its_worker_fails_alone(orch: Orch, write: Write) -> None:
    write("a.py", KILLED)
    write("b.py", TWO)
    done = orch("materialize", "--select", "*", "-f", "a.py", "-f", "b.py")
    assert done.returncode == 1
    assert "killed by SIGKILL" in done.stderr
    assert "3 materialized, 1 failed" in done.stdout


def test_a_run_whose_process_was_killed_is_marked_by_the_next_command(orch: Orch, write: Write) -> None:
    write("definitions.py", KILLED)
    assert orch("materialize", "--select", "k").returncode == -signal.SIGKILL
    done = orch("runs", "show", "--last")
    assert "failure" in done.stdout
    assert "ended without a word" in done.stdout
    assert orch("materialize", "--select", "other").returncode == 0


def test_an_upstream_that_was_never_materialized(orch: Orch, write: Write) -> None:
    write("definitions.py", TWO)
    done = orch("materialize", "--select", "b")
    assert done.returncode == 2
    assert "needs the value of `a`, which was never materialized" in done.stderr
    assert "--select '+b'" in done.stderr
    assert orch("materialize", "--select", "+b").returncode == 0
    assert orch("materialize", "--select", "b").returncode == 0


@pytest.mark.parametrize(
    "upstream",
    [
        "def a() -> None: ...",
        "def a():\n    return dg.MaterializeResult(metadata={'n': 1})",
        "def a() -> dg.MaterializeResult:\n    return dg.MaterializeResult()",
    ],
)
def test_an_input_on_an_asset_that_stores_no_value(orch: Orch, write: Write, upstream: str) -> None:
    write("definitions.py", f"@dg.asset\n{upstream}\n\n@dg.asset\ndef b(a): ...\n")
    for command in (("materialize", "--select", "*"), ("check",)):
        done = orch(*command)
        assert done.returncode == 3
        assert "`b` takes the value of `a`, which stores none" in done.stderr
        assert "definitions.py:2" in done.stderr
        assert "deps=['a']" in done.stderr


# --- the home


def test_an_unwritable_home(orch: Orch, write: Write, project: Path) -> None:
    write("definitions.py", TWO)
    (project / "file").write_text("")
    done = orch("materialize", "--select", "*", "--home", "file/home")
    assert done.returncode == 5
    assert "--home DIR" in done.stderr


def test_a_corrupt_database(orch: Orch, write: Write, project: Path) -> None:
    write("definitions.py", TWO)
    (project / ".orch").mkdir()
    (project / ".orch/orch.db").write_bytes(os.urandom(8192))
    for command in (("materialize", "--select", "*"), ("runs", "list"), ("list-assets",)):
        done = orch(*command)
        assert done.returncode == 5
        assert "orch.db" in done.stderr
        assert "hint:" in done.stderr


def test_a_database_of_a_newer_version(orch: Orch, write: Write, project: Path) -> None:
    write("definitions.py", TWO)
    assert orch("materialize", "--select", "*").returncode == 0
    connection = sqlite3.connect(project / ".orch/orch.db")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    done = orch("runs", "list")
    assert done.returncode == 5
    assert "newer" in done.stderr


def test_a_full_disk(orch: Orch, write: Write, project: Path) -> None:
    home = project / "home"
    home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(home)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting is not permitted here")
    try:
        write(
            "definitions.py",
            "@dg.asset\ndef small():\n    return 1\n@dg.asset\ndef big(small):\n    return bytes(3_000_000)\n",
        )
        done = orch("materialize", "--select", "*", "--home", "home")
        assert done.returncode == 1
        assert "No space left on device" in done.stderr
        assert "1 materialized, 1 failed" in done.stdout
        assert not list(home.rglob(".tmp*"))
        (home / "ballast").write_bytes(bytes(700_000))
        done = orch("runs", "list", "--home", "home")
        assert done.returncode == 0
    finally:
        subprocess.run(["umount", "--lazy", str(home)], check=True)


# --- signals and pipes


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("locations", [1, 2])
def test_a_signal_stops_the_step_and_records_the_run_as_canceled(
    orch: Orch, write: Write, project: Path, number: signal.Signals, code: int, locations: int
) -> None:
    write(
        "definitions.py",
        """
        import time
        from pathlib import Path
        @dg.asset
        def slow():
            Path("started").touch()
            try:
                time.sleep(30)
            except KeyboardInterrupt:
                Path("told").touch()
                raise
        @dg.asset
        def after(slow): ...
        """,
    )
    write("other.py", "@dg.asset\ndef other(after): ...\n")
    files = ["-f", "definitions.py", "-f", "other.py"][: 2 * locations]
    process = subprocess.Popen(
        [str(ORCH), "materialize", "--select", "*", *files],
        cwd=project, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 20
    while not (project / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == code, err
    assert (project / "told").exists()
    assert "canceled" in out
    assert "stopping: waiting for slow; a second signal ends at once" in err
    assert "canceled" in orch("runs", "list").stdout


def test_a_pipe_that_is_closed_early_is_quiet(write: Write, project: Path) -> None:
    write(
        "definitions.py",
        "@dg.asset\ndef a0(): ...\n" + "".join(f"@dg.asset\ndef a{n}(): ...\n" for n in range(1, 3000)),
    )
    done = subprocess.run(
        f"{ORCH} list-assets --format json | head -1",
        shell=True,
        check=False,
        cwd=project,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("[\n", "")


def test_what_user_code_prints_never_gets_between_the_data(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        """
        import os
        print("at import")
        os.system("echo from a subprocess")
        @dg.asset
        def a():
            print("in a step")
            os.write(1, b"below Python")
        """,
    )
    assert orch("list-assets", "--format", "names").stdout == "a\n"
    done = orch("materialize", "--select", "*", "--json", "-v")
    assert all(line.startswith('{"type":') for line in done.stdout.splitlines())
    assert all(text in done.stderr for text in ("at import", "from a subprocess", "in a step", "below Python"))


def test_annotations_from_the_future_change_nothing(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        """
        from __future__ import annotations
        from typing import TYPE_CHECKING
        import orchestrator as dg
        if TYPE_CHECKING:
            from somewhere import Client
        @dg.asset
        def a(context: dg.AssetExecutionContext, client: dg.ResourceParam[Client]) -> int:
            return client
        @dg.asset
        def none(a: int) -> None:
            return None
        @dg.asset
        def b(a: Client) -> Client:
            return a
        defs = dg.Definitions(assets=[a, b, none], resources={"client": 5})
        """,
    )
    done = orch("materialize", "--select", "*")
    assert done.returncode == 0, done.stderr
    assert "3 materialized" in done.stdout


def test_korean_names_align_in_tables(orch: Orch, write: Write) -> None:
    write("definitions.py", "@dg.asset(group_name='빵집')\ndef 케이크(): ...\n@dg.asset\ndef cake(): ...\n")
    lines = orch("list-assets").stdout.splitlines()
    # each Hangul letter takes two columns
    assert lines[1].startswith("케이크  definitions.py")
    assert lines[2].startswith("cake    definitions.py")
    assert orch("materialize", "--select", "케이크").returncode == 0
