"""Loggers: how they are defined, made and called in a test; the two that write to standard error."""

import json
import logging

import pytest

import orchestrator as dg
from orchestrator.errors import ConfigError, DefinitionError, InvariantError, InvocationError


@dg.logger(config_schema={"name": str}, description="words")
def named(init_context: dg.InitLoggerContext) -> logging.Logger:
    assert init_context.logger_def is named
    return logging.getLogger(init_context.logger_config["name"])


def test_calling_a_logger_in_a_test() -> None:
    context = dg.build_init_logger_context({"name": "x"})
    assert named(context).name == named(init_context=context).name == "x"
    assert named.description == "words"
    with pytest.raises(InvariantError, match="belongs to no logger yet"):
        _ = context.logger_def
    plain = dg.logger(lambda: logging.getLogger("plain"))
    assert plain().name == "plain"
    assert dg.logger(lambda _: logging.getLogger("y"))(None).name == "y"


def test_calling_a_logger_wrongly() -> None:
    context = dg.build_init_logger_context()
    for arguments, words in (((), {}), ((context, context), {}), ((), {"c": context}), ((5,), {})):
        with pytest.raises(InvocationError, match="logger"):
            named(*arguments, **words)
    with pytest.raises(DefinitionError, match="must be a function"):
        dg.LoggerDefinition(5)  # type: ignore[arg-type]


def test_config_of_a_logger() -> None:
    for wrong in (None, {}, {"name": 5}, {"name": "x", "more": 1}):
        with pytest.raises(ConfigError, match="the logger"):
            named(dg.build_init_logger_context(wrong))
    fixed = named.configured({"name": "fixed"}, description="other words")
    assert (fixed.description, fixed.logger_fn) == ("other words", named.logger_fn)
    anything = dg.logger(lambda context: logging.getLogger(str(context.logger_config)))
    assert anything(dg.build_init_logger_context({"a": 1})).name == "{'a': 1}"


def test_lines_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    made = dg.colored_console_logger(dg.build_init_logger_context({"name": "nm", "log_level": "INFO"}))
    made.info("hello %s", "w")
    made.debug("not shown")
    text = capsys.readouterr().err
    assert text.endswith("nm - INFO - hello w\n")
    assert text.count("\n") == 1


def test_json_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    made = dg.json_console_logger(dg.build_init_logger_context({"log_level": "DEBUG"}))
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        made.exception("it broke", extra={"step": "a"})
    entry = json.loads(capsys.readouterr().err)
    assert (entry["levelname"], entry["message"], entry["step"]) == ("ERROR", "it broke", "a")
    assert "ZeroDivisionError" in entry["exc_text"]


def test_defaults_and_wrong_levels() -> None:
    assert dg.default_loggers() == {"console": dg.colored_console_logger}
    assert dg.json_console_logger(None).level == logging.INFO
    with pytest.raises(DefinitionError, match="`LOUD` is no log level"):
        dg.json_console_logger(dg.build_init_logger_context({"log_level": "loud"}))
