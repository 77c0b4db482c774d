"""Starting the resources of a run, and tearing them down whatever happens."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from orchestrator.definitions.config_nodes import ConfigNode
from orchestrator.definitions.config_schema import ConfigSchema
from orchestrator.definitions.env import secrets
from orchestrator.definitions.needed_resources import is_startable, needed_resources
from orchestrator.definitions.resource_definitions import InitResourceContext, Startable
from orchestrator.definitions.resources import Resources
from orchestrator.definitions.run_config import resolve_run_config
from orchestrator.errors import ArgumentError, ConfigError, ResourceError

if TYPE_CHECKING:
    import logging

#: Told the key of a resource and what it raised while it was torn down.
TeardownFailed = Callable[[str, BaseException], None]


def resource_schemas(resources: Mapping[str, Any]) -> dict[str, ConfigSchema | None]:
    """The config schema of each resource; None for an object that is used as it is, whose config is not looked at."""
    return {key: value.config_schema_of_resource() if is_startable(value) else None for key, value in resources.items()}


@contextlib.contextmanager
def open_resources(  # noqa: PLR0913  what a run knows
    resources: Mapping[str, Any],
    keys: Iterable[str],
    config: Mapping[str, Any],
    *,
    run: Any = None,
    run_id: str | None = None,
    job_name: str | None = None,
    instance: Any = None,
    make_log: "Callable[[], logging.Logger] | None" = None,
    on_teardown_error: TeardownFailed | None = None,
) -> Iterator[dict[str, Any]]:
    """Start resources, each after what it requires and each once; tear them down in the opposite order.

    Args:
        resources: every resource there is, by key.
        keys: those that are needed; what they require is started too.
        config: the resolved config by key (`ResolvedRunConfig.resources`); where there is none, defaults are used.
        run: told to resources, as are `run_id`, `job_name` and `instance`.
        run_id: of the run.
        job_name: of the job that runs.
        instance: where runs are recorded.
        make_log: gives the logger whose messages are kept with the run.
        on_teardown_error: told what a resource raises while it is torn down; without it, the first is raised when all
            others are torn down.

    Yields:
        What user code gets, by key.

    Raises:
        MissingResourceError: a required resource does not exist.
        CycleError: some require each other.
        ConfigError: the config of one is missing or does not fit.
        ResourceError: one raised while it was started; the cause is what it raised.
    """
    order = needed_resources(resources, keys)
    started: dict[str, Any] = {}
    by_identity: dict[int, Any] = {}
    failures: list[BaseException] = []

    def failed(key: str, error: BaseException) -> None:
        failures.append(error)
        if on_teardown_error is not None:
            on_teardown_error(key, error)

    with contextlib.ExitStack() as stack:
        for key in order:
            resource = resources[key]
            if is_startable(resource):
                resolved = config.get(key)
                needed = resource.needed_keys({id(value): other for other, value in resources.items()})
                context = InitResourceContext(
                    resource_config=getattr(resolved, "field_values", resolved),
                    config=resolved,
                    resources=Resources(started, needed),
                    resource_def=resource,
                    run=run,
                    run_id=run_id,
                    job_name=job_name,
                    instance=instance,
                    make_log=make_log,
                    started=by_identity,
                )
                started[key] = stack.enter_context(_Guarded(key, resource, context, failed))
            else:
                started[key] = resource
            by_identity[id(resource)] = started[key]
        yield started
    if failures and on_teardown_error is None:
        raise failures[0]


class _Guarded:
    """A resource that names itself when it raises, and whose teardown stops no other."""

    def __init__(self, key: str, resource: Startable, context: InitResourceContext, failed: TeardownFailed) -> None:
        self._key = key
        self._resource = resource
        self._context = context
        self._failed = failed

    def __enter__(self) -> Any:
        try:
            self._opened = self._resource.open_as_resource(self._context)
            return self._opened.__enter__()
        except (ConfigError, ArgumentError):
            raise
        except Exception as error:
            raise ResourceError(
                secrets.redact(f"resource `{self._key}` raised {type(error).__name__} while it was set up: {error}")
            ) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            # the resource is not told why the run ends: as in Dagster, it only cleans up
            self._opened.__exit__(None, None, None)
        except Exception as failure:  # noqa: BLE001  the others must be torn down too
            self._failed(self._key, failure)


@contextlib.contextmanager
def build_resources(
    resources: Mapping[str, Any],
    instance: Any = None,
    resource_config: Mapping[str, Any] | None = None,
    dagster_run: Any = None,
    log_manager: "logging.Logger | None" = None,
) -> Iterator[Resources]:
    """Start resources for a test or a script, outside any run.

    Args:
        resources: any objects and definitions of resources, by key.
        instance: told to the resources.
        resource_config: by key, as in run config: `{"db": {"config": {"url": "..."}}}`.
        dagster_run: told to the resources.
        log_manager: the logger they get.

    Yields:
        What user code gets, as attributes.

    Raises:
        ConfigError: the config of some does not fit; lists every problem.
        ResourceError: one raised while it was started; the cause is what it raised.
    """
    resolved = resolve_run_config(
        ConfigNode(name="resources", is_graph=True),
        {"resources": resource_config or {}},
        what="the resources",
        resources=resource_schemas(resources),
        required_resources=resources,
    )
    with open_resources(
        resources,
        resources,
        resolved.resources,
        run=dagster_run,
        run_id=getattr(dagster_run, "run_id", None),
        instance=instance,
        make_log=None if log_manager is None else lambda: log_manager,
    ) as started:
        yield Resources(started, started)
