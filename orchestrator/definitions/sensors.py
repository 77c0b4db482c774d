"""Sensors: functions that look again and again whether there is something to do, and request runs."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Any, ClassVar

from orchestrator.definitions.automation import Automation, AutomationFunction
from orchestrator.definitions.functions import name_of, unwrap
from orchestrator.definitions.jobs import AnyJob
from orchestrator.definitions.targets import Target, read_target
from orchestrator.definitions.upward import fetch
from orchestrator.errors import ArgumentError, DefinitionError, InvocationError

#: How often a sensor is evaluated that does not say it, in seconds.
DEFAULT_INTERVAL = 30


class DefaultSensorStatus(Enum):
    """Whether a sensor that nobody has started or stopped runs."""

    RUNNING = "RUNNING"
    STOPPED = "STOPPED"


class SensorType(Enum):
    """What a sensor looks at."""

    STANDARD = "STANDARD"
    ASSET = "ASSET"
    MULTI_ASSET = "MULTI_ASSET"
    RUN_STATUS = "RUN_STATUS"


class SensorDefinition(Automation):
    """Looks again and again whether there is something to do, and requests runs.

    Args:
        name: of the sensor; that of the function if left out.
        evaluation_fn: makes the run requests, of the context.
        job_name: the job, by name.
        minimum_interval_seconds: how long to wait between two evaluations, at least; 30 if left out.
        description: for people.
        job: the job, or a graph that becomes one.
        jobs: the jobs; each `RunRequest` names one of them.
        default_status: whether it runs before anybody started or stopped it.
        asset_selection: assets, an `AssetSelection` or one written in the selection language.
        required_resource_keys: resources that the function finds in `context.resources`.
        tags: of the sensor, for people.
        metadata: for people.
        target: what it is for: a job, assets or a selection.
        owners: mail addresses, or `team:NAME`.

    Raises:
        DefinitionError: a parameter is not valid, or two of them say the same thing.
        SelectionError: the selection cannot be read.
    """

    automation_kind: ClassVar[str] = "sensor"
    sensor_type: ClassVar[SensorType] = SensorType.STANDARD

    def __init__(  # noqa: PLR0913  the public API
        self,
        name: str | None = None,
        *,
        evaluation_fn: Callable[..., Any] | None = None,
        job_name: str | None = None,
        minimum_interval_seconds: int | None = None,
        description: str | None = None,
        job: Any = None,
        jobs: Sequence[Any] | None = None,
        default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
        asset_selection: Any = None,
        required_resource_keys: AbstractSet[str] | None = None,
        tags: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        target: Any = None,
        owners: Sequence[str] | None = None,
    ) -> None:
        if evaluation_fn is None:
            raise DefinitionError("a sensor has no function", hint="evaluation_fn=..., or @sensor")
        given: Any = evaluation_fn
        self.decorated = isinstance(given, AutomationFunction)
        chosen = name or name_of(unwrap(given.function if self.decorated else given))
        where = f"sensor `{chosen}`"
        super().__init__(
            name=chosen,
            target=read_target(
                where, job=job, jobs=jobs, job_name=job_name, asset_selection=asset_selection, target=target
            ),
            function=given if self.decorated else AutomationFunction(given, where, required_resource_keys),
            default_status=default_status,
            statuses=DefaultSensorStatus,
            description=description,
            tags=tags,
            metadata=metadata,
            owners=owners,
        )
        self.minimum_interval_seconds = _interval(minimum_interval_seconds, where)

    @property
    def has_jobs(self) -> bool:
        """Whether it is for jobs."""
        return bool(self.target.names) or self.target.selection is not None

    @property
    def jobs(self) -> list[AnyJob]:
        """The jobs it is for.

        Raises:
            DefinitionError: it is for none, or knows it by name only.
        """
        return list(self.target.jobs) if len(self.target.jobs) > 1 else [self.job]

    @property
    def asset_selection(self) -> Any:
        """The assets it is for, if it is for assets."""
        return self.target.selection

    @property
    def targets(self) -> list[Target]:
        """What it is for."""
        return [] if self.target.is_nothing else [self.target]

    def evaluate(self, context: Any, resources: Mapping[str, Any]) -> Any:
        """What its function answers, as it said it.

        Args:
            context: for the function.
            resources: by key, for parameters that take resources.
        """
        return self._written.call((context,), resources)

    def evaluate_tick(self, context: Any) -> Any:
        """Evaluate it as a tick does, with a context made by `build_sensor_context`.

        Returns:
            What it requests: `run_requests`, `skip_message`, `cursor`, `asset_events`.

        Raises:
            InvariantError: the function answered with something else than it may.
        """
        return fetch("execution.evaluation", "evaluate_sensor")(self, context)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Call the decorated function, with a context made by `build_sensor_context`.

        Raises:
            InvocationError: there is none, or the arguments do not fit.
            MissingResourceError: the context lacks a resource.
        """
        if not self.decorated:
            raise InvocationError(f"{self.where} cannot be called", hint="evaluate_tick(build_sensor_context(...))")
        return self._written.invoke(args, named)

    @property
    def _written(self) -> AutomationFunction:
        if self.function is None:
            raise DefinitionError(f"{self.where} has no function")
        return self.function


def sensor(
    job_name: str | None = None, *, name: str | None = None, **parameters: Any
) -> Callable[[Callable[..., Any]], SensorDefinition]:
    """Make a function a sensor. It is evaluated again and again.

    It returns or yields `RunRequest`s, a `SkipReason`, or returns a `SensorResult` or None.

    Args:
        job_name: the job, by name.
        name: of the sensor; the function's if left out.
        parameters: those of `SensorDefinition`: `job`, `jobs`, `target`, `asset_selection`, `minimum_interval_seconds`,
            `default_status`, `required_resource_keys`, `description`, `tags`, `metadata`, `owners`.

    Raises:
        DefinitionError: a parameter is not valid, or two of them say the same thing.
        SelectionError: the selection cannot be read.
    """

    def decorate(function: Callable[..., Any]) -> SensorDefinition:
        chosen = name or name_of(unwrap(function))
        required = parameters.get("required_resource_keys")
        written: Any = AutomationFunction(function, f"sensor `{chosen}`", required)
        return SensorDefinition(chosen, evaluation_fn=written, job_name=job_name, **parameters)

    return decorate


def _interval(seconds: Any, where: str) -> int:
    if seconds is None:
        return DEFAULT_INTERVAL
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise ArgumentError(f"`minimum_interval_seconds` of {where} is {seconds!r:.60}", hint="a whole number")
    return seconds
