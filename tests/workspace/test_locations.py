"""Finding and loading code locations, with real files and processes."""

import json
import subprocess
import sys
import textwrap
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator.errors import NoTargetError, SettingsError, UsageError
from orchestrator.workspace.settings import Target, find_locations
from tests.conftest import Orch

Write = Callable[[str, str], Path]

ONE = "@dg.asset\ndef a():\n    return 1\n"


def names(settings: object) -> list[str]:
    return [ref.name for ref in settings.refs]  # type: ignore[attr-defined]


# --- where code locations are


def test_a_workspace_as_dagster_users_write_it(project: Path, write: Write) -> None:
    write(
        "workspace.yaml",
        """
        load_from:
          - python_file: one.py
          - python_file:
              relative_path: sub/two.py
              attribute: defs
              location_name: second
              working_directory: sub
              executable_path: env/bin/python
          - python_module: pipelines.three
          - python_module: {module_name: four, working_directory: src}
          - python_package: {package_name: five}
        """,
    )
    settings = find_locations(Target(), project)
    assert names(settings) == ["one.py", "second", "pipelines.three", "four", "five"]
    second = settings.refs[1]
    assert second.file == str(project / "sub/two.py")
    assert second.attribute == "defs"
    assert second.working_directory == str(project / "sub")
    assert second.executable_path == str(project / "env/bin/python")
    assert settings.refs[2].module == "pipelines.three"
    assert settings.refs[4].package == "five"


def test_files_of_one_name_are_told_apart_by_their_folder(project: Path) -> None:
    settings = find_locations(Target(files=("a/definitions.py", "b/definitions.py")), project)
    assert names(settings) == ["a/definitions.py", "b/definitions.py"]
    with pytest.raises(SettingsError, match="given twice"):
        find_locations(Target(files=("a.py", "./a.py")), project)
    with pytest.raises(SettingsError, match="two code locations are called `m`"):
        find_locations(Target(modules=("m", "m")), project)


def test_the_nearest_folder_upward_wins(project: Path, write: Write) -> None:
    write("workspace.yaml", "load_from: [{python_file: one.py}]")
    write("pyproject.toml", '[tool.orch]\nhome = "elsewhere"\n')
    deep = project / "a/b"
    deep.mkdir(parents=True)
    settings = find_locations(Target(), deep)
    assert settings.base_directory == str(project)
    assert settings.home == str(project / "elsewhere")
    write("a/pyproject.toml", '[tool.orch]\nmodule_name = "m"\n')
    assert names(find_locations(Target(), deep)) == ["m"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[tool.orch]\npython_file = "one.py"\nlocation_name = "x"\n', ["x"]),
        (
            '[tool.orch]\nload_from = [{python_file = "one.py"}, {python_module = {module_name = "m"}}]\n',
            ["one.py", "m"],
        ),
        ('[tool.dagster]\nmodule_name = "m"\ncode_location_name = "d"\n', ["d"]),
        ('[tool.dagster]\nmodules = [{type = "module", name = "m"}]\n', ["m"]),
        ('[tool.orch]\npython_file = "one.py"\n[tool.dagster]\nmodule_name = "m"\n', ["one.py"]),
    ],
)
def test_pyproject(project: Path, write: Write, text: str, found: list[str]) -> None:
    write("pyproject.toml", text)
    assert names(find_locations(Target(), project)) == found


@pytest.mark.parametrize(
    "text",
    [
        "[tool.orch\n",
        "[tool.orch]\nhome = 3\n",
        '[tool.orch]\nlocation_name = "x"\n',
        '[tool.orch]\npython_file = "a.py"\nmodule_name = "m"\n',
        "[tool.orch]\nload_from = 3\n",
        '[tool.orch]\nload_from = [{python_fil = "a.py"}]\n',
        '[tool.orch]\nload_from = [{python_file = {relative_path = "a.py", nme = "x"}}]\n',
    ],
)
def test_a_pyproject_that_is_wrong_says_where(project: Path, write: Write, text: str) -> None:
    write("pyproject.toml", text)
    with pytest.raises(SettingsError) as caught:
        find_locations(Target(), project)
    assert caught.value.sources[0].file == str(project / "pyproject.toml")


def test_definitions_py_is_found_in_the_current_folder_only(project: Path, write: Write) -> None:
    write("definitions.py", ONE)
    assert names(find_locations(Target(), project)) == ["definitions.py"]
    (project / "sub").mkdir()
    with pytest.raises(NoTargetError):
        find_locations(Target(), project / "sub")


def test_an_attribute_applies_to_what_is_found_without_flags(project: Path, write: Write) -> None:
    write("definitions.py", ONE)
    settings = find_locations(Target(attribute="defs", working_directory="src"), project)
    assert [(ref.attribute, ref.working_directory) for ref in settings.refs] == [("defs", str(project / "src"))]


def test_an_attribute_for_several_locations_is_refused_not_ignored(project: Path, write: Write) -> None:
    write("workspace.yaml", "load_from: [{python_file: a.py}, {python_file: b.py}]\n")
    with pytest.raises(UsageError, match=r"`a\.py`, `b\.py`"):
        find_locations(Target(attribute="defs"), project)


def test_flags_win_over_the_environment_which_takes_several_paths_with_spaces(orch: Orch, write: Write) -> None:
    write("flag.py", ONE)
    write("of env/one.py", ONE)
    write("of env/two.py", ONE)
    variable = "of env/one.py:of env/two.py"
    assert orch("list-locations", "--format", "names", ORCH_FILE=variable).stdout == "one.py\ntwo.py\n"
    assert orch("list-locations", "--format", "names", "-f", "flag.py", ORCH_FILE=variable).stdout == "flag.py\n"
    assert orch("list-locations", "--format", "names", "-f", "flag.py", ORCH_MODULE="x").stdout == "flag.py\n"


# --- loading


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        ONE + "defs = dg.Definitions(assets=[a])\n",
        ONE + "one = dg.Definitions(assets=[a])\nother = one\n",
        ONE + "@dg.definitions\ndef defs():\n    return dg.Definitions(assets=[a])\n",
        ONE + "def build() -> dg.Definitions:\n    return dg.Definitions(assets=[a])\n",
        ONE + "defs = dg.load_definitions_from_current_module()\n",
        ONE + "defs = dg.Definitions(assets=dg.load_assets_from_current_module())\n",
    ],
)
def test_what_is_found_in_a_module(orch: Orch, write: Write, text: str) -> None:
    write("definitions.py", text)
    assert orch("list-assets", "--format", "names").stdout == "a\n"


def test_modules_packages_attributes_and_working_directories(orch: Orch, write: Write) -> None:
    write(
        "src/pipelines/__init__.py",
        "from pipelines.assets import a\ndefs = dg.Definitions(assets=[a])\nspare = dg.Definitions()\n",
    )
    write("src/pipelines/assets.py", ONE)
    done = orch("list-assets", "-m", "pipelines", "-d", "src", "-a", "defs", "--format", "names")
    assert done.stdout == "a\n", done.stderr


def test_two_locations_get_their_own_helpers(orch: Orch, write: Write) -> None:
    for name, key in (("one", "a"), ("two", "b")):
        write(f"{name}/helpers.py", f"KEY = {key!r}\n")
        write(
            f"{name}/definitions.py",
            "import helpers\n@dg.asset(key=helpers.KEY)\ndef f():\n    import helpers\n    return helpers.KEY\n",
        )
    files = ("-f", "one/definitions.py", "-f", "two/definitions.py")
    assert orch("list-assets", "--format", "names", *files).stdout == "a\nb\n"
    done = orch("materialize", "--select", "*", *files)
    assert done.returncode == 0, done.stderr
    assert "2 materialized" in done.stdout


def test_a_value_crosses_locations(orch: Orch, write: Write) -> None:
    write("one.py", ONE)
    write("two.py", "@dg.asset\ndef b(a):\n    assert a == 1\n    return a + 1\n")
    done = orch("materialize", "--select", "+b", "-f", "one.py", "-f", "two.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.index("done     a") < done.stdout.index("done     b")


@pytest.mark.parametrize("executor", ["in_process", "multiprocess"])
def test_config_of_what_one_location_has_is_no_mistake_in_the_other(orch: Orch, write: Write, executor: str) -> None:
    write("a.py", "@dg.asset\ndef a() -> int:\n    return 1\n\ndefs = dg.Definitions(assets=[a])")
    write(
        "b.py",
        """
        class Size(dg.ConfigurableResource):
            size: int

        @dg.asset
        def b(a: int, size: Size) -> None:
            assert a + size.size == 4

        defs = dg.Definitions(assets=[b], resources={"size": Size.configure_at_launch()})
        """,
    )
    both = ("-f", "a.py", "-f", "b.py", "--executor", executor, "-j", "2" if executor == "multiprocess" else "1")
    done = orch("materialize", "--select", "*", *both, "--set", "resources.size.config.size=3")
    assert done.returncode == 0, done.stderr


def test_an_io_manager_the_other_location_lacks_is_found_before_anything_runs(orch: Orch, write: Write) -> None:
    write(
        "one.py",
        """
        class Db(dg.IOManager):
            def handle_output(self, context, obj): ...
            def load_input(self, context): return 1
        @dg.asset(io_manager_key="db")
        def a():
            return 1
        defs = dg.Definitions(assets=[a], resources={"db": Db()})
        """,
    )
    write("two.py", "@dg.asset\ndef b(a): ...\n")
    for command in (("check",), ("materialize", "--select", "*")):
        done = orch(*command, "-f", "one.py", "-f", "two.py")
        assert done.returncode == 3
        assert "resource `db`, which location `two.py` does not have" in done.stderr


def test_another_virtual_environment(orch: Orch, write: Write, project: Path) -> None:
    venv.create(project / "env", with_pip=False)
    python = project / "env/bin/python"
    site = subprocess.check_output([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True)
    folders = [path for path in sys.path if path.endswith("site-packages")] + [str(Path(__file__).parents[2])]
    (Path(site.strip()) / "test.pth").write_text("\n".join(folders) + "\n")
    (Path(site.strip()) / "only_here.py").write_text("X = 42\n")
    write("here.py", ONE)
    write("there.py", "import only_here, sys\n@dg.asset\ndef b(a):\n    return (only_here.X, sys.prefix)\n")
    write(
        "workspace.yaml",
        """
        load_from:
          - python_file: here.py
          - python_file: {relative_path: there.py, executable_path: env/bin/python}
        """,
    )
    done = orch("materialize", "--select", "*")
    assert done.returncode == 0, done.stderr
    listed = json.loads(orch("list-locations", "--json").stdout)
    assert [one["status"] for one in listed] == ["loaded", "loaded"]
    assert listed[1]["python"] == str(python)


def test_an_interpreter_without_orch(orch: Orch, write: Write, project: Path) -> None:
    venv.create(project / "env", with_pip=False)
    write("here.py", ONE)
    write("workspace.yaml", "load_from: [{python_file: {relative_path: here.py, executable_path: env/bin/python}}]")
    done = orch("list-assets")
    assert done.returncode == 3
    assert "is orch installed there?" in done.stderr


def test_no_worker_outlives_its_coordinator(orch: Orch, write: Write, project: Path) -> None:
    write(
        "one.py",
        """
        import os, time
        from pathlib import Path
        @dg.asset
        def a():
            Path("pid").write_text(str(os.getpid()))
            os.kill(os.getppid(), 9)
            time.sleep(60)
        """,
    )
    write("two.py", "@dg.asset\ndef b(): ...\n")
    assert orch("materialize", "--select", "a", "-f", "one.py", "-f", "two.py").returncode == -9
    pid = int((project / "pid").read_text())
    script = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        for _ in range(100):
            stat = Path("/proc/{pid}/stat")
            if not stat.exists() or stat.read_text().split(")")[1].split()[0] == "Z":
                break
            time.sleep(0.05)
        else:
            raise SystemExit("the worker lives on")
        """
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    assert "ended without a word" in orch("runs", "show", "--last", "-f", "one.py", "-f", "two.py").stdout
