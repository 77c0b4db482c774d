"""Loggers that run config names: what they get while steps run."""

import logging
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.errors import ConfigError, DefinitionError, UserCodeError


class Records(logging.Handler):
    """Keeps what it handles."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record)

    def said(self, level: int = logging.INFO) -> list[tuple[str, str]]:
        """Levels and the last parts of the messages, from a level on."""
        return [
            (one.levelname, one.getMessage().rpartition(" - ")[2].splitlines()[0])
            for one in self.kept
            if one.levelno >= level
        ]


records = Records()


@pytest.fixture(autouse=True)
def empty() -> None:
    records.kept.clear()


@dg.logger(config_schema={"level": str})
def keeping(context: dg.InitLoggerContext) -> logging.Logger:
    made = logging.Logger(f"{context.job_def.name}.log", context.logger_config["level"])  # noqa: LOG001  on purpose apart from the tree
    made.addHandler(records)
    return made


@dg.op
def talks(context: dg.OpExecutionContext) -> None:
    context.log.debug("quiet")
    context.log.info("hello %s", "you", extra={"table": "t"})
    context.log.log("WARNING", "by name")
    context.log.log(35, "by number")
    dg.get_logger("helper").error("from a helper")


@dg.job(logger_defs={"keep": keeping})
def talking() -> None:
    talks()


def config(name: str = "keep", level: str = "DEBUG") -> dict[str, Any]:
    return {"loggers": {name: {"config": {"level": level}}}}


def test_a_logger_that_config_names_gets_what_steps_log() -> None:
    result = talking.execute_in_process(run_config=config())
    assert records.said() == [
        ("INFO", "hello you"),
        ("WARNING", "by name"),
        ("Level 35", "by number"),
        ("ERROR", "from a helper"),
    ]
    (hello,) = [one for one in records.kept if one.levelno == logging.INFO]
    assert hello.getMessage() == f"talking - {result.run_id} - talks - hello you"
    assert (hello.name, vars(hello)["table"]) == ("talking.log", "t")
    assert vars(hello)["dagster_meta"]["step_key"] == "talks"


def test_it_gets_the_events_of_steps_as_sentences() -> None:
    talking.execute_in_process(run_config=config())
    debug = [one.getMessage() for one in records.kept if one.levelno == logging.DEBUG]
    assert any("talks - STEP_START - Started execution" in text for text in debug)
    assert any("talks - STEP_SUCCESS - " in text for text in debug)


def test_a_failure_is_an_error_with_its_traceback() -> None:
    @dg.op
    def fails() -> None:
        raise ValueError("oh no")

    @dg.job(logger_defs={"keep": keeping})
    def failing() -> None:
        fails()

    failing.execute_in_process(run_config=config(level="ERROR"), raise_on_error=False)
    (error,) = records.kept
    assert "fails - STEP_FAILURE - " in error.getMessage()
    assert "ValueError: oh no" in error.getMessage()


def test_the_level_of_the_logger_holds() -> None:
    talking.execute_in_process(run_config=config(level="ERROR"))
    assert records.said(logging.DEBUG) == [("ERROR", "from a helper")]


@pytest.mark.parametrize("given", [None, {}, {"loggers": {}}])
def test_a_logger_that_config_does_not_name_gets_nothing(given: Any) -> None:
    talking.execute_in_process(run_config=given)
    assert records.kept == []


def test_loggers_of_definitions_are_those_of_its_jobs_and_assets() -> None:
    @dg.asset
    def made(context: dg.AssetExecutionContext) -> None:
        context.log.info("made it")

    @dg.job
    def without() -> None:
        talks()

    assets = dg.define_asset_job("assets", selection="*")
    defs = dg.Definitions(assets=[made], jobs=[without, talking, assets], loggers={"shared": keeping})
    defs.resolve_job_def("without").execute_in_process(run_config=config("shared"))
    assert ("INFO", "hello you") in records.said()
    defs.resolve_job_def("assets").execute_in_process(run_config=config("shared"))
    assert ("INFO", "made it") in records.said()
    assert records.kept[-1].name == "assets.log"
    with pytest.raises(ConfigError, match="shared"):  # a job with loggers of its own has no others
        defs.resolve_job_def("talking").execute_in_process(run_config=config("shared"))


def test_without_any_there_is_the_console(capsys: pytest.CaptureFixture[str]) -> None:
    @dg.job
    def plain() -> None:
        talks()

    plain.execute_in_process(run_config={"loggers": {"console": {"config": {"log_level": "ERROR"}}}})
    assert "from a helper" in capsys.readouterr().err
    with pytest.raises(ConfigError, match="log_level"):
        plain.execute_in_process(run_config={"loggers": {"console": {"config": {"log_level": 5}}}})


def test_what_makes_no_logger() -> None:
    def broken() -> logging.Logger:
        raise KeyError("no")

    @dg.job(logger_defs={"bad": dg.logger(broken), "number": dg.logger(lambda: 5)})  # type: ignore[arg-type, return-value]
    def j() -> None:
        talks()

    with pytest.raises(KeyError):
        j.execute_in_process(run_config={"loggers": {"bad": {}}})
    with pytest.raises(UserCodeError, match="logger `number` made a int"):
        j.execute_in_process(run_config={"loggers": {"number": {}}})
    with pytest.raises(ConfigError, match="nope"):
        j.execute_in_process(run_config={"loggers": {"nope": {}}})
    with pytest.raises(DefinitionError, match="logger `x` of Definitions is 5"):
        dg.Definitions(loggers={"x": 5})


def test_the_names_of_levels() -> None:
    context = dg.build_op_context()
    assert isinstance(context.log, dg.LogManager)
    with pytest.raises(DefinitionError, match="`LOUD` is no log level"):
        context.log.log("LOUD", "x")


def test_a_message_knows_who_logged_it(caplog: pytest.LogCaptureFixture) -> None:
    log = dg.build_op_context().log
    with caplog.at_level(logging.DEBUG):
        log.log("INFO", "one")
        log.warn("two")  # noqa: G010  it is what is tested
    assert {record.funcName for record in caplog.records} == {"test_a_message_knows_who_logged_it"}
