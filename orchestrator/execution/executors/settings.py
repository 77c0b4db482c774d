"""Which executor runs the steps of a run, and how: plain data, from whoever says something about it."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import ConfigError
from orchestrator.execution.tag_slots import TagLimit
from orchestrator.graph.snapshot import ExecutorChoice

IN_PROCESS = "in_process"
MULTIPROCESS = "multiprocess"
DASK = "dask"
EXECUTORS = (IN_PROCESS, MULTIPROCESS, DASK)
#: Which Dask cluster it may be: one that is there, or one that lives as long as the run.
CLUSTERS = ("existing", "local")

#: What Dagster's users know: by config it is one or the other; in process unless they say more.
_EITHER = "multi_or_in_process_executor"


class ExecutorSettings(Struct, frozen=True, kw_only=True):
    """Which executor, and how."""

    name: str = IN_PROCESS
    #: How many steps run at once; 0: as many as there are processors, or as the cluster has threads.
    max_workers: int = 0
    tag_limits: tuple[TagLimit, ...] = ()
    #: Whether each step gets a process of its own.
    isolate_steps: bool = False
    #: After so many steps a worker is replaced by a new one; 0: never.
    max_steps_per_worker: int = 0
    #: Whether a worker may be a copy of a process that has loaded the code, where that is safe.
    fork: bool = True
    #: Whether steps are tried again, as their retry policies say.
    retries: bool = True
    #: What to say to Dask about the cluster.
    cluster: Mapping[str, Any] = {}

    @property
    def workers(self) -> int:
        """How many steps run at once on this machine."""
        if self.name == IN_PROCESS:
            return 1
        return self.max_workers or processors()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def executor_settings(name: str, config: Any = None) -> ExecutorSettings:
    """What an executor and its config say, in the words of Dagster's config or of ours.

    Args:
        name: the executor.
        config: as in `multiprocess_executor.configured(config)` or `execution: {config: ...}` of run config.

    Raises:
        ConfigError: there is no such executor, or the config says what it does not take.
    """
    given = _words(name, config)
    if set(given) == {"config"}:
        given = _words(name, given["config"])
    if name == _EITHER or (name in EXECUTORS and name not in given and len(given) == 1 and {*given} <= {*EXECUTORS}):
        chosen = next((one for one in EXECUTORS if one in given), IN_PROCESS)
        return executor_settings(chosen, given.get(chosen))
    if name not in EXECUTORS:
        raise ConfigError(
            f"there is no executor `{name}`", hint=did_you_mean(name, EXECUTORS) or f"one of {', '.join(EXECUTORS)}"
        )
    return _Reader(name, given).read()


def choose_executor(
    flag: str | None,
    run_config: Mapping[str, Any],
    choices: Sequence[ExecutorChoice | None],
) -> ExecutorSettings:
    """The executor of a run.

    Args:
        flag: what the command line names.
        run_config: may have a section `execution`.
        choices: what the job, the code location and the workspace name, in this order.

    Raises:
        ConfigError: there is no such executor, or its config says what it does not take.
    """
    chosen = next((one for one in choices if one is not None), ExecutorChoice(name=_EITHER))
    config = run_config.get("execution", chosen.config)
    if flag is None:
        return executor_settings(chosen.name, config)
    if chosen.name not in (flag, _EITHER):
        config = next((one.config for one in choices if one is not None and one.name == flag), None)
    if chosen.name == _EITHER and isinstance(config, Mapping):
        config = config.get("config", config).get(flag)
    return executor_settings(flag, config)


def _words(name: str, config: Any) -> dict[str, Any]:
    if not isinstance(config or {}, Mapping):
        raise ConfigError(f"the config of executor `{name}` is {config!r:.60}", hint="a mapping: {max_workers: 4}")
    return dict(config or {})


class _Reader:
    def __init__(self, name: str, given: dict[str, Any]) -> None:
        self._name = name
        self._given = given

    def read(self) -> ExecutorSettings:
        own = self._take("max_workers", int, None)
        limit = self._take("max_concurrent", int, None)
        method = self._start_method(self._given.pop("start_method", None))
        retries = self._given.pop("retries", None)
        self._given.pop("marker_to_close", None)  # Dagster's, and of no use here
        settings = ExecutorSettings(
            name=self._name,
            max_workers=self._count("max_workers", limit if own is None else own),
            tag_limits=tuple(self._limit(one) for one in self._take("tag_concurrency_limits", list, ())),
            isolate_steps=self._take("isolate_steps", bool, default=False),
            max_steps_per_worker=self._count("max_steps_per_worker", self._take("max_steps_per_worker", int, 0)),
            fork=method != "spawn",
            retries="disabled" not in retries if isinstance(retries, Mapping | str) else True,
            cluster=self._take("cluster", Mapping, {}) if self._name == DASK else {},
        )
        for name in self._given:
            known = [one for one in ExecutorSettings.__struct_fields__ if one not in ("name", "fork", "tag_limits")]
            known += ["max_concurrent", "start_method", "tag_concurrency_limits"]
            raise self._wrong(f"takes no `{name}`", did_you_mean(name, known))
        return settings

    def _take(self, name: str, kind: type, default: Any) -> Any:
        value = self._given.pop(name, None)
        if value is None:
            return default
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self._wrong(f"has {name}: {value!r:.60}", f"a value of type {kind.__name__.lower()}")
        return value

    def _count(self, name: str, value: int | None) -> int:
        if value is not None and value < 0:
            raise self._wrong(f"has {name}: {value}", "a number from 1; 0 leaves it to orch")
        return value or 0

    def _start_method(self, value: Any) -> str:
        name = next(iter(value), "forkserver") if isinstance(value, Mapping) else value or "forkserver"
        if name not in ("spawn", "forkserver"):
            raise self._wrong(f"has start_method: {name!r:.60}", "spawn or forkserver")
        return str(name)

    def _limit(self, given: Any) -> TagLimit:
        try:
            value = given.get("value")
            each = isinstance(value, Mapping) and bool(value["applyLimitPerUniqueValue"])
            limit = TagLimit(key=given["key"], value=None if each else value, per_value=each, limit=int(given["limit"]))
        except (AttributeError, KeyError, TypeError, ValueError):
            raise self._wrong(
                f"has a limit that is none: {given!r:.80}", 'tag_concurrency_limits: [{"key": "db", "limit": 2}]'
            ) from None
        if limit.limit < 1:
            raise self._wrong(f"limits `{limit.key}` to {limit.limit}", "a number from 1")
        return limit

    def _wrong(self, what: str, hint: str | None) -> ConfigError:
        return ConfigError(f"the config of executor `{self._name}` {what}", hint=hint)
