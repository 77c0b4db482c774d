"""Records of the standard library's loggers become events of the step that runs."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import pytest

import orchestrator as dg
from orchestrator.execution.capture import Capture, CaptureSettings
from orchestrator.execution.logs import step_logger
from orchestrator.runs.events import Event, LogWritten
from orchestrator.workspace.python_logs import PythonLogs

Said = list[tuple[str | None, str, str, str]]


class Step:
    """A step that is captured."""

    def __init__(self, **settings: object) -> None:
        self.events: list[Event] = []
        self.capture = Capture(CaptureSettings(python_logs=PythonLogs(**settings)))  # type: ignore[arg-type]
        self.capture.begin_run("r")

    def __enter__(self) -> Self:
        self.capture.step_started("a", self.events.append)
        return self

    def __exit__(self, *_: object) -> None:
        self.capture.step_ended()
        self.capture.end_run(self.events.append)

    @property
    def said(self) -> Said:
        logs = [event for event in self.events if isinstance(event, LogWritten)]
        return [(event.step, event.level, event.logger, event.message) for event in logs]


@contextmanager
def nobody_listens() -> Iterator[None]:
    """Without the handlers that pytest has at the root logger."""
    root = logging.getLogger()
    before, root.handlers = root.handlers, []
    try:
        yield
    finally:
        root.handlers = before


def test_no_logger_is_managed_by_default(capfd: pytest.CaptureFixture[str]) -> None:
    with nobody_listens(), Step() as step:
        logging.getLogger("lib").warning("careful")
    assert step.said == []
    assert capfd.readouterr().err == "careful\n"


def test_managed_loggers_and_those_below_are_kept_once() -> None:
    lib, root = logging.getLogger("lib"), logging.getLogger()
    before = lib.level, list(lib.handlers), list(root.handlers)
    with Step(managed_loggers=("root", "lib")) as step:
        logging.getLogger("lib").info("not enabled")
        logging.getLogger("lib.part").warning("part %s", 1)
        logging.getLogger("other").error("other")
    assert step.said == [("a", "warning", "lib.part", "part 1"), ("a", "error", "other", "other")]
    assert (lib.level, lib.handlers, root.handlers) == before


def test_the_level_of_the_setting_is_the_level_of_managed_loggers() -> None:
    with Step(managed_loggers=("lib",), level="INFO") as step:
        logging.getLogger("lib").debug("no")
        logging.getLogger("lib").info("yes")
        dg.get_logger().debug("no")
        dg.get_logger().info("yes")
    assert step.said == [("a", "info", "lib", "yes"), ("a", "info", "", "yes")]
    assert logging.getLogger("lib").level == logging.NOTSET


def test_get_logger_is_kept_while_a_step_runs_and_usual_otherwise(capfd: pytest.CaptureFixture[str]) -> None:
    log = dg.get_logger("mine")
    with nobody_listens():
        log.warning("before")
        with Step() as step:
            log.debug("during %s", 1)
            log.warning("during")
            thread = threading.Thread(target=log.info, args=("from a thread",))
            thread.start()
            thread.join()
        log.warning("after")
    assert step.said == [
        ("a", "debug", "mine", "during 1"),
        ("a", "warning", "mine", "during"),
        ("a", "info", "mine", "from a thread"),
    ]
    assert capfd.readouterr().err == "before\nafter\n"


def test_who_listens_hears_of_it_too() -> None:
    heard: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    with Step(managed_loggers=("root",)) as step:
        dg.get_logger("mine").info("hello")
    assert heard == ["hello"]
    assert [message for *_, message in step.said] == ["hello"]


def test_between_steps_and_in_a_run_within_a_run() -> None:
    with Step() as outer:
        with Step() as inner:
            dg.get_logger().info("inner")
        dg.get_logger().info("outer")
        outer.capture.step_ended()
        dg.get_logger().info("late")
    assert [message for *_, message in inner.said] == ["inner"]
    assert [(step, message) for step, *_, message in outer.said] == [("a", "outer"), (None, "late")]


def test_context_log_formats_and_keeps_extras() -> None:
    events: list[LogWritten] = []
    log = step_logger("r", "a", events.append)
    log.info("x %s", 1, extra={"rows": 3, "where": {"a"}})
    log.info("too %s few %s", 1)  # noqa: PLE1206  users do
    try:
        int("x")
    except ValueError:
        log.exception("failed")
    assert [event.level for event in events] == ["info", "info", "error"]
    assert events[0].message == "x 1"
    assert events[0].extra == {"rows": 3, "where": "{'a'}"}
    assert events[1].message.startswith("too %s few %s % (1,) (TypeError")
    assert events[2].message.startswith("failed\nTraceback")
    assert events[2].extra == {}


def test_many_threads_log_at_once_and_nothing_is_lost() -> None:
    log = dg.get_logger("mine")
    with Step() as step:
        threads = [
            threading.Thread(target=lambda: [log.info("x %s", number) for number in range(200)]) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(step.said) == 1600


def test_in_process_runs_keep_them() -> None:
    @dg.asset
    def a() -> None:
        dg.get_logger("helper").info("found %s", 3)

    with dg.Instance.ephemeral() as instance:
        run_id = dg.materialize([a], instance=instance).run_id
        (event,) = (stored.event for stored in instance.store.events(run_id=run_id, types=["log"]))
    assert isinstance(event, LogWritten)
    assert (event.step, event.logger, event.message) == ("a", "helper", "found 3")
