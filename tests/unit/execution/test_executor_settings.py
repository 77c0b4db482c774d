"""Which executor, and how: every way to say it."""

import re
from typing import Any

import pytest

from orchestrator.errors import ConfigError
from orchestrator.execution.executors.settings import ExecutorSettings, choose_executor, executor_settings
from orchestrator.execution.tag_slots import TagLimit
from orchestrator.graph.snapshot import ExecutorChoice

EITHER = "multi_or_in_process_executor"


def settings(name: str = "multiprocess", **changes: Any) -> ExecutorSettings:
    return ExecutorSettings(name=name, **changes)


@pytest.mark.parametrize(
    ("name", "config", "expected"),
    [
        ("in_process", None, settings("in_process")),
        ("in_process", {}, settings("in_process")),
        ("in_process", {"config": None}, settings("in_process")),
        ("in_process", {"config": {"retries": {"enabled": {}}}}, settings("in_process")),
        ("in_process", {"retries": {"disabled": {}}}, settings("in_process", retries=False)),
        ("in_process", {"retries": "disabled"}, settings("in_process", retries=False)),
        ("in_process", {"marker_to_close": "x"}, settings("in_process")),
        ("multiprocess", {"max_concurrent": 3}, settings(max_workers=3)),
        ("multiprocess", {"max_workers": 3}, settings(max_workers=3)),
        ("multiprocess", {"max_workers": 3, "max_concurrent": 9}, settings(max_workers=3)),
        ("multiprocess", {"max_concurrent": None}, settings()),
        ("multiprocess", {"max_concurrent": 0}, settings()),
        ("multiprocess", {"config": {"max_concurrent": 3}}, settings(max_workers=3)),
        ("multiprocess", {"in_process": {}}, settings("in_process")),
        ("multiprocess", {"start_method": {"spawn": {}}}, settings(fork=False)),
        ("multiprocess", {"start_method": "spawn"}, settings(fork=False)),
        ("multiprocess", {"start_method": {"forkserver": {"preload_modules": ["x"]}}}, settings()),
        ("multiprocess", {"isolate_steps": True}, settings(isolate_steps=True)),
        ("multiprocess", {"max_steps_per_worker": 5}, settings(max_steps_per_worker=5)),
        (EITHER, None, settings("in_process")),
        (EITHER, {"multiprocess": {"max_concurrent": 3}}, settings(max_workers=3)),
        (EITHER, {"config": {"multiprocess": {"max_concurrent": 3}}}, settings(max_workers=3)),
        (EITHER, {"config": {"multiprocess": None}}, settings()),
        (EITHER, {"config": {"in_process": {}}}, settings("in_process")),
    ],
)
def test_what_config_says(name: str, config: Any, expected: ExecutorSettings) -> None:
    assert executor_settings(name, config) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"key": "db", "limit": 2}, TagLimit(key="db", limit=2)),
        ({"key": "db", "value": "a", "limit": 2}, TagLimit(key="db", value="a", limit=2)),
        (
            {"key": "db", "value": {"applyLimitPerUniqueValue": True}, "limit": 2},
            TagLimit(key="db", per_value=True, limit=2),
        ),
    ],
)
def test_limits_on_tags(given: dict[str, Any], expected: TagLimit) -> None:
    assert executor_settings("multiprocess", {"tag_concurrency_limits": [given]}).tag_limits == (expected,)


@pytest.mark.parametrize(
    ("name", "config", "message", "hint"),
    [
        ("multiproces", None, "no executor `multiproces`", "multiprocess"),
        ("k8s", None, "no executor `k8s`", "in_process, multiprocess, dask"),
        ("multiprocess", {"max_worker": 3}, "takes no `max_worker`", "max_workers"),
        ("multiprocess", {"isolate_step": True}, "takes no `isolate_step`", "isolate_steps"),
        ("multiprocess", {"tag_concurrency_limit": []}, "takes no `tag_concurrency_limit`", "tag_concurrency_limits"),
        ("multiprocess", {"start_methods": "spawn"}, "takes no `start_methods`", "start_method"),
        ("multiprocess", {"max_workers": "3"}, "has max_workers: '3'", "int"),
        ("multiprocess", {"max_workers": True}, "has max_workers: True", "int"),
        ("multiprocess", {"max_workers": -1}, "has max_workers: -1", "from 1"),
        ("multiprocess", {"isolate_steps": "yes"}, "has isolate_steps: 'yes'", "bool"),
        ("multiprocess", {"start_method": "fork"}, "has start_method: 'fork'", "spawn or forkserver"),
        ("multiprocess", {"start_method": {"fork": {}}}, "has start_method: 'fork'", "spawn or forkserver"),
        ("multiprocess", {"tag_concurrency_limits": [{"key": "db"}]}, "a limit that is none", "limit"),
        ("multiprocess", {"tag_concurrency_limits": ["db"]}, "a limit that is none", "limit"),
        ("multiprocess", {"tag_concurrency_limits": 3}, "tag_concurrency_limits: 3", "list"),
        ("multiprocess", {"tag_concurrency_limits": [{"key": "db", "limit": 0}]}, "limits `db` to 0", "from 1"),
        ("multiprocess", {"multiprocess": {}}, "takes no `multiprocess`", None),
        ("multiprocess", 3, "is 3", "max_workers"),
        ("multiprocess", "spawn", "is 'spawn'", "max_workers"),
        ("multiprocess", {"config": [1]}, "is [1]", "max_workers"),
        ("in_process", {"cluster": {}}, "takes no `cluster`", None),
    ],
)
def test_what_config_cannot_say(name: str, config: Any, message: str, hint: str | None) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        executor_settings(name, config)
    assert hint is None or hint in str(caught.value.hint)


def choice(name: str, **config: Any) -> ExecutorChoice:
    return ExecutorChoice(name=name, config=config)


@pytest.mark.parametrize(
    ("flag", "run_config", "choices", "expected"),
    [
        (None, {}, [], settings("in_process")),
        (None, {}, [None, None, None], settings("in_process")),
        (None, {}, [None, choice("multiprocess", max_workers=2)], settings(max_workers=2)),
        # the job before the location before the workspace
        (None, {}, [choice("in_process"), choice("multiprocess")], settings("in_process")),
        (None, {}, [None, choice("multiprocess"), choice("in_process")], settings()),
        # run config is for the executor that was chosen
        (
            None,
            {"execution": {"config": {"max_concurrent": 5}}},
            [choice("multiprocess", max_workers=2)],
            settings(max_workers=5),
        ),
        (None, {"execution": {"config": {"multiprocess": {"max_concurrent": 5}}}}, [], settings(max_workers=5)),
        # the command line names another one: only what is about that one holds
        ("multiprocess", {}, [], settings()),
        ("multiprocess", {}, [choice("in_process", retries={"disabled": {}})], settings()),
        ("multiprocess", {}, [choice("in_process"), choice("multiprocess", max_workers=2)], settings(max_workers=2)),
        ("multiprocess", {}, [choice("multiprocess", max_workers=2)], settings(max_workers=2)),
        ("in_process", {}, [choice("multiprocess", max_workers=2)], settings("in_process")),
        (
            "multiprocess",
            {"execution": {"config": {"multiprocess": {"max_concurrent": 5}}}},
            [],
            settings(max_workers=5),
        ),
        ("in_process", {"execution": {"config": {"multiprocess": {"max_concurrent": 5}}}}, [], settings("in_process")),
    ],
)
def test_who_chooses(
    flag: str | None, run_config: dict[str, Any], choices: list[ExecutorChoice | None], expected: ExecutorSettings
) -> None:
    assert choose_executor(flag, run_config, choices) == expected


def test_how_many_at_once() -> None:
    assert settings("in_process", max_workers=8).workers == 1
    assert settings(max_workers=8).workers == 8
    assert settings().workers >= 1
