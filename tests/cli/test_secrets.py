"""What config reads from the environment stays out of all that orch records and prints, through the real process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Orch

Write = Callable[[str, str], Path]
SECRET = "kq7-hunter-2-zx"
NUMBER = "918273645"

_TELLTALE = """
    import logging

    class Vault(dg.ConfigurableResource):
        password: str
        number: int = 0

    def tell(context, vault):
        word = vault.password
        context.log.info("password is %s", word, extra={"password": word, "nested": [word]})
        context.log.warning({"password": word})
        dg.get_logger("helper").error(f"helper got {word}")
        logging.getLogger("library").error("library got %s", word)
        try:
            raise ValueError(word)
        except ValueError:
            context.log.exception("with traceback")

    @dg.asset
    def good(context: dg.AssetExecutionContext, vault: Vault):
        tell(context, vault)
        context.log_event(dg.AssetObservation("seen", metadata={"word": vault.password}))
        context.add_output_metadata({"json": {"deep": [vault.password]}, "number": str(vault.number)})
        return dg.MaterializeResult(metadata={"url": dg.MetadataValue.url(f"http://x/{vault.password}")})

    @dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
    def raises(vault: Vault):
        try:
            raise KeyError(vault.password)
        except KeyError as error:
            raise RuntimeError(f"login with {vault.password} failed") from error

    @dg.asset
    def fails(vault: Vault):
        raise dg.Failure(f"no entry for {vault.password}", metadata={"password": vault.password})

    @dg.failure_hook
    def hook(context):
        raise ValueError(f"hook knows {context.resources.vault.password}")

    @dg.op(required_resource_keys={"vault"})
    def step(context):
        context.log.info(context.resources.vault.password)
        raise ValueError(context.resources.vault.password)

    hook.required_resource_keys = frozenset({"vault"})

    @dg.job(hooks={hook})
    def ops():
        step()

    defs = dg.Definitions(
        assets=[good, raises, fails],
        jobs=[ops],
        resources={"vault": Vault(password=dg.EnvVar("VAULT_WORD"), number=dg.EnvVar.int("VAULT_NUMBER"))},
    )
    """
_SETTINGS = '[tool.orch]\npython_file = "defs.py"\npython_logs = {managed_loggers = ["library"]}\n'


def everything_kept(home: Path) -> str:
    """All bytes below the home, those of the database too."""
    return "\n".join(path.read_bytes().decode("latin-1") for path in home.rglob("*") if path.is_file())


def assert_clean(text: str) -> None:
    """The text holds neither secret."""
    assert SECRET not in text, text[max(0, text.index(SECRET) - 300) :][:400]
    assert NUMBER not in text


@pytest.fixture
def telltale(write: Write) -> None:
    """A project that tells its secrets wherever it can."""
    write("defs.py", _TELLTALE)
    write("pyproject.toml", _SETTINGS)


@pytest.mark.usefixtures("telltale")
def test_a_secret_is_nowhere_in_what_is_recorded_and_printed(orch: Orch, project: Path) -> None:
    secret = {"VAULT_WORD": SECRET, "VAULT_NUMBER": NUMBER}
    done = orch("run", "ops", **secret)
    assert done.returncode == 1
    assert "<VAULT_WORD>" in done.stderr + done.stdout
    assert_clean(done.stdout + done.stderr)
    logs = orch("runs", "logs", "--last").stdout
    assert "<VAULT_WORD>" in logs
    assert_clean(logs)
    made = orch("materialize", "--select", "*", "--format", "json", **secret)
    assert made.returncode == 1
    assert "<VAULT_WORD>" in made.stdout
    assert_clean(made.stdout + made.stderr)
    for arguments in (
        ("runs", "logs", "--last"),
        ("runs", "logs", "--last", "--format", "json"),
        ("runs", "list"),
        ("runs", "show", "--last"),
        ("show", "good"),
        ("show", "raises"),
    ):
        shown = orch(*arguments, **secret)
        assert shown.returncode == 0, shown.stderr
        assert_clean(shown.stdout + shown.stderr)
    logs = orch("runs", "logs", "--last").stdout
    for said in ("password is", "helper got", "library got", "with traceback", "login with"):
        assert said in logs, logs
    assert_clean(everything_kept(project / ".orch"))


@pytest.mark.usefixtures("telltale")
def test_a_secret_of_the_wrong_type_is_not_shown(orch: Orch) -> None:
    done = orch("materialize", "--select", "*", VAULT_WORD=SECRET, VAULT_NUMBER=f"{SECRET}-x")
    assert done.returncode != 0
    assert_clean(done.stdout + done.stderr)


_KILLED = """
    import os, signal

    class Vault(dg.ConfigurableResource):
        password: str

    @dg.asset
    def dies(vault: Vault):
        print("password is", vault.password, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

    defs = dg.Definitions(assets=[dies], resources={"vault": Vault(password=dg.EnvVar("VAULT_WORD"))})
"""


@pytest.mark.parametrize("flags", [(), ("-j", "2")])
def test_what_a_process_left_that_was_killed(orch: Orch, write: Write, project: Path, flags: tuple[str, ...]) -> None:
    write("definitions.py", _KILLED)
    done = orch("materialize", "--select", "*", "-v", *flags, VAULT_WORD=SECRET)
    assert_clean(done.stdout + done.stderr)
    logs = orch("runs", "logs", "--last", VAULT_WORD=SECRET)
    assert f"password is {'*' * len(SECRET)}" in logs.stdout
    assert_clean(everything_kept(project / ".orch"))
