"""Sensors that look whether runs began or ended."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from orchestrator.definitions.automation import AutomationFunction
from orchestrator.definitions.functions import name_of, unwrap
from orchestrator.definitions.sensors import SensorDefinition, SensorType
from orchestrator.definitions.upward import fetch
from orchestrator.errors import ArgumentError, DefinitionError

#: What a run can be said to be.
_STATUSES = ("STARTED", "SUCCESS", "FAILURE", "CANCELED")


class RunStatusSensorDefinition(SensorDefinition):
    """Calls a function for each run that comes to a status. It begins with runs that do so after its first evaluation.

    Args:
        name: of the sensor.
        run_status: the status.
        run_status_sensor_fn: takes the context of a run; may request runs.
        monitored_jobs: only runs of these jobs; all runs but those it requested itself if left out.
        job_selection: the older name of `monitored_jobs`.
        monitor_all_code_locations: accepted: a home records the runs of all.
        monitor_all_repositories: likewise.
        request_job: the job that it requests runs of.
        request_jobs: the jobs, of which each request names one.
        parameters: `minimum_interval_seconds`, `description`, `default_status`, `tags`, `metadata`,
            `required_resource_keys`, as those of `SensorDefinition`.

    Raises:
        DefinitionError: a parameter is not valid.
    """

    sensor_type: ClassVar[SensorType] = SensorType.RUN_STATUS

    def __init__(  # noqa: PLR0913, PLR0917  the public API
        self,
        name: str,
        run_status: Any,
        run_status_sensor_fn: Callable[..., Any],
        monitored_jobs: Sequence[Any] | None = None,
        job_selection: Sequence[Any] | None = None,
        monitor_all_code_locations: bool | None = None,  # noqa: ARG002, FBT001
        monitor_all_repositories: bool | None = None,  # noqa: ARG002, FBT001
        request_job: Any = None,
        request_jobs: Sequence[Any] | None = None,
        **parameters: Any,
    ) -> None:
        super().__init__(name, evaluation_fn=run_status_sensor_fn, job=request_job, jobs=request_jobs, **parameters)
        #: The status, as `RunStatus` calls it.
        self.status_name = _status_name(run_status, self.where)
        watched = job_selection if monitored_jobs is None else monitored_jobs
        #: The names of the jobs whose runs it looks at; None if it looks at all.
        self.monitored = None if watched is None else frozenset(_job_name(one, self.where) for one in watched)

    def evaluate(self, context: Any, resources: Mapping[str, Any]) -> Any:
        """What its function answers for each run that came to the status since the last time."""
        return fetch("execution.run_status_sensing", "react_to_runs")(self, context, resources)

    def call(self, context: Any, resources: Mapping[str, Any]) -> Any:
        """What its function answers for one run."""
        return self._written.call((context,), resources)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Call the function, with a context made by `build_run_status_sensor_context`.

        Raises:
            InvocationError: there is none, or the arguments do not fit.
            DefinitionError: it is another kind of context.
        """
        context, resources = self._written.bind(args, named)
        if self._written.plain:
            as_run_context = getattr(context, "for_status", None)
            if as_run_context is None:
                raise ArgumentError(
                    f"{self.where} was called with {context!r:.60}", hint="build_run_status_sensor_context(...)"
                )
            context = as_run_context(self.status_name)
        return self._written.call((context,), resources)


def run_status_sensor(
    run_status: Any, name: str | None = None, **parameters: Any
) -> Callable[[Callable[..., Any]], RunStatusSensorDefinition]:
    """Make a function a sensor that is called for each run that comes to a status.

    Args:
        run_status: the status.
        name: of the sensor; the function's if left out.
        parameters: those of `RunStatusSensorDefinition`.

    Raises:
        DefinitionError: a parameter is not valid.
    """

    def decorate(function: Callable[..., Any]) -> RunStatusSensorDefinition:
        chosen = name or name_of(unwrap(function))
        written = AutomationFunction(function, f"sensor `{chosen}`", parameters.get("required_resource_keys"))
        return RunStatusSensorDefinition(chosen, run_status, written, **parameters)  # type: ignore[arg-type]

    return decorate


def run_failure_sensor(name: str | Callable[..., Any] | None = None, **parameters: Any) -> Any:
    """Make a function a sensor that is called for each run that fails. See `run_status_sensor`.

    Args:
        name: of the sensor; the function's if left out. The function, when used without parentheses.
        parameters: those of `RunStatusSensorDefinition`.

    Raises:
        DefinitionError: a parameter is not valid.
    """
    if callable(name):
        return run_status_sensor("FAILURE", **parameters)(name)
    return run_status_sensor("FAILURE", name, **parameters)


def _status_name(status: Any, where: str) -> str:
    name = status if isinstance(status, str) and status in _STATUSES else getattr(status, "name", None)
    if name not in _STATUSES:
        raise DefinitionError(
            f"`run_status` of {where} is {status!r:.60}, which no run is said to be",
            hint=f"one of {', '.join(_STATUSES)}",
        )
    return str(name)


def _job_name(job: Any, where: str) -> str:
    name = getattr(job, "name", None)
    if not isinstance(name, str):
        raise ArgumentError(f"`monitored_jobs` of {where} holds {job!r:.60}, which is no job")
    return name
