"""Jobs of ops through the real process: what is said of their steps, attempts and hooks."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import Orch

Write = Callable[[str, str], Path]

MAPPED = """
class Many(dg.Config):
    number: int = 0
    fail: bool = False

@dg.op(out=dg.DynamicOut(), retry_policy=dg.RetryPolicy(max_retries=1))
def many(context, config: Many):
    for place in range(config.number):
        yield dg.DynamicOutput(place, mapping_key=str(place))
    if config.fail:
        raise ValueError("no more")

@dg.op
def one(place):
    return place

@dg.op
def total(places):
    return sum(places)

@dg.job
def spread():
    total(many().map(one).collect())
"""


def test_steps_are_counted_as_they_become_known(orch: Orch, write: Write) -> None:
    write("definitions.py", MAPPED)

    def counts(*config: str) -> list[str]:
        return [line.split("]")[0] for line in orch("run", "spread", *config).stdout.splitlines() if line[0] == "["]

    assert counts() == ["[1/2", "[2/2"]
    assert counts("--set", "ops.many.config.number=3") == ["[1/5", "[2/5", "[3/5", "[4/5", "[5/5"]
    failing = ("--set", "ops.many.config.number=3", "--set", "ops.many.config.fail=true")
    assert counts(*failing) == ["[1/3", "[2/3", "[3/3"]


def test_a_failed_job_says_how_to_go_on(orch: Orch, write: Write) -> None:
    write("definitions.py", MAPPED)
    done = orch("run", "spread", "--set", "ops.many.config.fail=true")
    run_id = orch("runs", "list", "--format", "names").stdout.strip()
    assert f"  retry    orch retry {run_id}\n" in done.stdout


def test_attempts_and_hooks_that_failed_are_told_while_the_run_goes_on(orch: Orch, write: Write) -> None:
    hook = "@dg.failure_hook\ndef tell(context):\n    raise KeyError('nobody')\n\n@dg.job(hooks={tell})"
    write("definitions.py", MAPPED.replace("@dg.job", hook))
    done = orch("run", "spread", "--set", "ops.many.config.fail=true")
    assert "many failed and is tried again in 0 ms: ValueError: no more\n" in done.stderr
    assert "after many: hook `tell` raised KeyError: 'nobody'\n" in done.stderr
    listed = orch("runs", "list").stdout.splitlines()[1]
    assert "0/0" not in listed
    assert "assets" not in orch("runs", "show", "--last").stdout
    assert "did you mean `spread`?" in orch("show", "spred").stderr
