"""Run config through the real process: given, checked, scaffolded, and secrets that stay out of sight."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.conftest import Orch

BOX = """
class Box(dg.ConfigurableResource):
    n: int = 1

defs = dg.Definitions(assets=[a], resources={"box": Box()})
"""

Write = Callable[[str, str], Path]

DEFINITIONS = """
from pydantic import Field

class Load(dg.Config):
    limit: int = Field(description="How many rows.")
    note: str = "q"

class Api(dg.ConfigurableResource):
    token: str
    region: str = "eu"

@dg.asset
def raw(context, config: Load, api: Api):
    context.log.info("token " + api.token)
    print("printed", api.token)
    return dg.Output(config.limit, metadata={"limit": config.limit, "token": api.token})

@dg.asset
def clean(raw):
    return raw + 1

@dg.op
def load(config: Load):
    return config.limit

@dg.job
def etl():
    load()

defs = dg.Definitions(
    assets=[raw, clean],
    jobs=[etl, dg.define_asset_job("every", "*", config={"ops": {"raw": {"config": {"limit": 9}}}})],
    resources={"api": Api(token=dg.EnvVar("API_TOKEN"))},
)
"""
SECRET = "hunter2-long"


@pytest.fixture
def bakery(write: Write) -> None:
    write("definitions.py", DEFINITIONS)


def test_config_of_files_json_and_settings(bakery: None, orch: Orch, write: Write) -> None:
    write("one.yaml", "ops:\n  raw:\n    config: {limit: 1, note: one}\n")
    write("two.json", '{"ops": {"raw": {"config": {"limit": 2}}}}')
    given = ("--config", "one.yaml", "--config", "two.json", "--set", "ops.raw.config.note=three")
    done = orch("materialize", "--select", "*", *given, API_TOKEN=SECRET)
    assert done.returncode == 0, done.stderr
    assert "2 materialized" in done.stdout
    assert '"limit"' in orch("show", "raw", "--json").stdout
    assert orch("show", "clean", "--value", API_TOKEN=SECRET).stdout.strip() == "3"


def test_every_problem_comes_with_its_file_and_line_and_nothing_is_run(bakery: None, orch: Orch, write: Write) -> None:
    write("bad.yaml", "ops:\n  raw:\n    config:\n      limit: many\n      nte: x\n  cleen: {}\nresorces: {}\n")
    done = orch("materialize", "--select", "*", "--config", "bad.yaml", API_TOKEN=SECRET)
    assert done.returncode == 2
    for line in (
        "bad.yaml:7: resorces: there is no `resorces` here",
        "bad.yaml:6: ops.cleen: there is no `cleen` here; expected `raw`, `clean`\n      did you mean `clean`?",
        "bad.yaml:4: ops.raw.config.limit: expected int, got the text 'many'",
        "bad.yaml:5: ops.raw.config.nte: there is no `nte` here",
    ):
        assert line in done.stderr
    assert orch("runs", "list", "--format", "names").stdout == ""


def test_a_variable_that_is_not_set_is_named(bakery: None, orch: Orch) -> None:
    done = orch("run", "every")
    assert done.returncode == 2
    assert "resources.api.config.token: the environment variable `API_TOKEN` is not set" in done.stderr


def test_a_job_has_config_of_its_own(bakery: None, orch: Orch) -> None:
    assert orch("run", "every", API_TOKEN=SECRET).returncode == 0
    assert orch("show", "raw", "--value", API_TOKEN=SECRET).stdout.strip() == "9"


def test_secrets_appear_nowhere(bakery: None, orch: Orch, project: Path) -> None:
    done = orch("run", "every", API_TOKEN=SECRET)
    shown = orch("show", "raw", API_TOKEN=SECRET)
    logs = orch("runs", "logs", orch("runs", "list", "--format", "names").stdout.split()[0], API_TOKEN=SECRET)
    scaffold = orch("config", "scaffold", "every", API_TOKEN=SECRET)
    for text in (done.stdout, done.stderr, shown.stdout, logs.stdout, logs.stderr, scaffold.stdout):
        assert SECRET not in text
    assert "token <API_TOKEN>" in logs.stdout + logs.stderr
    assert f"printed {'*' * len(SECRET)}" in logs.stdout
    assert "<API_TOKEN>" in shown.stdout
    for path in (project / ".orch").rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path


def test_a_scaffold_is_a_config_to_fill_in(bakery: None, orch: Orch, write: Write) -> None:
    done = orch("config", "scaffold", "etl")
    assert done.stdout == (
        "ops:\n  load:\n    config:\n      # How many rows.\n      limit: 0  # int, required\n"
        '      # note: "q"  # text\n'
    )
    write("etl.yaml", done.stdout)
    assert orch("config", "validate", "etl", "--config", "etl.yaml").returncode == 0
    selected = orch("config", "scaffold", "--select", "raw", API_TOKEN=SECRET).stdout
    assert yaml.safe_load(selected) == {"ops": {"raw": {"config": {"limit": 0}}}}
    assert '#       token: {"env": "API_TOKEN"}' in selected


def test_validate(bakery: None, orch: Orch) -> None:
    done = orch("config", "validate", "etl", "--config-json", '{"ops": {"load": {"config": {"limit": "x"}}}}', "--json")
    assert done.returncode == 2
    (problem,) = json.loads(done.stderr)["problems"]
    assert problem["path"] == ["ops", "load", "config", "limit"]
    assert orch("config", "validate").returncode == 2
    assert orch("config", "validate", "etl", "--set", "nonsense").returncode == 2


def test_config_for_several_code_locations(orch: Orch, write: Write) -> None:
    write("one.py", "class C(dg.Config):\n    n: int\n\n@dg.asset\ndef a(config: C):\n    return config.n\n" + BOX)
    write("two.py", "class C(dg.Config):\n    n: int\n\n@dg.asset\ndef b(config: C):\n    return config.n\n")
    both = ("-f", "one.py", "-f", "two.py")
    done = orch("config", "scaffold", "--select", "*", *both)
    assert yaml.safe_load(done.stdout) == {"ops": {name: {"config": {"n": 0}} for name in "ab"}}
    done = orch("config", "validate", "--select", "*", "--set", "ops.a.config.n=1", "--set", "ops.bb={}", *both)
    assert done.returncode == 2
    assert "ops.bb: there is no `bb` here" in done.stderr
    assert "ops.b.config" in done.stderr
    given = ("--set", "ops.a.config.n=1", "--set", "ops.b.config.n=2")
    assert orch("materialize", "--select", "*", *given, *both).returncode == 0
    assert orch("show", "b", "--value", *both).stdout.strip() == "2"
    box = (*given, "--set", "resources.box.config.n=3")  # only one of them knows it
    assert orch("materialize", "--select", "*", *box, *both).returncode == 0
    done = orch("materialize", "--select", "*", *given, "--set", "resources.bix.config.n=3", *both)
    assert done.returncode == 2
    assert "did you mean `box`?" in done.stderr


def test_a_job_of_ops_takes_config(bakery: None, orch: Orch) -> None:
    done = orch("run", "etl", "--set", "ops.load.config.limit=3")
    assert done.returncode == 0, done.stderr
    done = orch("run", "etl", "--set", "ops.laod.config.limit=3")
    assert done.returncode == 2
    assert "did you mean `load`?" in done.stderr
