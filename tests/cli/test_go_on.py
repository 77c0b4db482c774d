"""The command that a failed run ends with goes on as the run was asked for: it is run in a shell, as it is printed."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ORCH, Orch, environment

Write = Callable[[str, str], Path]

CODE = """
    import os

    class Size(dg.Config):
        size: int
        note: str = "none"

    @dg.asset
    def flour(config: Size):
        return config.size

    @dg.asset
    def dough(context, flour, config: Size):
        assert "BREAK" not in os.environ
        context.log.info(f"{config.size} {config.note}; {context.run.tags.get('team')}")
        return config.size

    @dg.asset
    def bread(dough):
        return dough

    baking = dg.define_asset_job(
        "baking",
        selection="*",
        config={"ops": {"flour": {"config": {"size": 7}}, "dough": {"config": {"size": 8}}}},
        tags={"team": "night"},
    )
    defs = dg.Definitions(assets=[flour, dough, bread], jobs=[baking])
"""


def again(printed: str, project: Path) -> "subprocess.CompletedProcess[str]":
    """Run the last command of a summary in a shell."""
    command = printed.splitlines()[-1].partition("  retry    orch ")[2]
    assert command
    env = environment(PATH=f"{ORCH.parent}:/usr/bin:/bin")
    return subprocess.run(
        f"orch {command} -v", shell=True, cwd=project, env=env, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ("materialize", "--select", "*", "--config", "my config.yaml", "--set", "ops.dough.config.note=it's fine"),
            "2 it's fine; None",
        ),
        (
            (
                *("materialize", "--select", "*", "--tag", "team=a b", "--config-json"),
                '{"ops": {"flour": {"config": {"size": 1}}, "dough": {"config": {"size": 3}}}}',
            ),
            "3 none; a b",
        ),
        (("materialize", "--job", "baking"), "8 none; night"),
        (("run", "baking", "--fail-fast"), "8 none; night"),
    ],
)
def test_the_printed_command_goes_on_with_the_same_config(
    orch: Orch, write: Write, project: Path, asked: tuple[str, ...], said: str
) -> None:
    write("code here.py", CODE)
    write("my config.yaml", "ops: {flour: {config: {size: 1}}, dough: {config: {size: 2}}}\n")
    where = ("--file", "code here.py", "--attribute", "defs", "--alias", "dagster", "--home", "my home")
    failed = orch(*asked, *where, BREAK="1")
    assert failed.returncode == 1, failed.stderr
    assert "1 materialized" in failed.stdout
    done = again(failed.stdout, project)
    assert done.returncode == 0, done.stderr
    assert "done: 2 materialized" in done.stdout
    assert said in done.stderr


def test_config_for_an_asset_that_is_not_selected_is_no_mistake_but_a_wrong_name_is(orch: Orch, write: Write) -> None:
    write("definitions.py", CODE)
    config = ("--set", "ops.flour.config.size=1", "--set", "ops.dough.config.size=1")
    assert orch("materialize", "--select", "flour", *config).returncode == 0
    wrong = orch("materialize", "--select", "flour", *config, "--set", "ops.doug.config.size=1")
    assert wrong.returncode != 0
    assert "ops.doug: there is no `doug` here" in wrong.stderr
    assert orch("config", "validate", "--select", "flour", *config).returncode == 0
    assert orch("config", "validate", "baking", *config, "--set", "ops.doug.config.size=1").returncode != 0
