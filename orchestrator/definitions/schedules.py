"""Schedules: functions that are evaluated at times that cron strings say, and request runs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from enum import Enum
from inspect import isgenerator
from typing import Any, ClassVar

from orchestrator.definitions.automation import Automation, AutomationFunction
from orchestrator.definitions.cron import check_cron, check_zone
from orchestrator.definitions.functions import name_of, unwrap
from orchestrator.definitions.run_requests import RunRequest, SkipReason, as_run_config, check_text
from orchestrator.definitions.tags import check_run_tags
from orchestrator.definitions.targets import Target, read_target
from orchestrator.definitions.upward import fetch
from orchestrator.errors import ArgumentError, DefinitionError, InvocationError, UserCodeError


class DefaultScheduleStatus(Enum):
    """Whether a schedule that nobody has started or stopped runs."""

    RUNNING = "RUNNING"
    STOPPED = "STOPPED"


class ScheduleDefinition(Automation):
    """Requests runs at the times that cron strings say.

    Args:
        name: of the schedule; that of the job and `_schedule` if left out.
        cron_schedule: when: a cron string of five fields, `@daily` and the like, or several.
        job_name: the job, by name.
        run_config: of the runs.
        run_config_fn: makes it, of the context.
        tags: put on the runs.
        tags_fn: makes them, of the context.
        metadata: for people.
        should_execute: says, given the context, whether anything is requested at all.
        environment_vars: accepted for code written for Dagster, which ignores it too.
        execution_timezone: the zone of the cron strings, as `Asia/Seoul`; UTC if left out.
        execution_fn: makes the run requests, of the context; instead of the functions above.
        description: for people.
        job: the job, or a graph that becomes one.
        default_status: whether it runs before anybody started or stopped it.
        required_resource_keys: resources that its functions find in `context.resources`.
        target: what it is for: a job, assets, an `AssetSelection` or one written in the selection language.
        owners: mail addresses, or `team:NAME`.

    Raises:
        DefinitionError: a parameter is not valid, or two of them say the same thing.
        SelectionError: the selection cannot be read.
    """

    automation_kind: ClassVar[str] = "schedule"

    def __init__(  # noqa: PLR0913  the public API
        self,
        name: str | None = None,
        *,
        cron_schedule: str | Sequence[str] | None = None,
        job_name: str | None = None,
        run_config: Any = None,
        run_config_fn: Callable[..., Any] | None = None,
        tags: Mapping[str, Any] | None = None,
        tags_fn: Callable[[Any], Mapping[str, str] | None] | None = None,
        metadata: Mapping[str, Any] | None = None,
        should_execute: Callable[[Any], bool] | None = None,
        environment_vars: Mapping[str, str] | None = None,  # noqa: ARG002
        execution_timezone: str | None = None,
        execution_fn: Callable[..., Any] | None = None,
        description: str | None = None,
        job: Any = None,
        default_status: DefaultScheduleStatus = DefaultScheduleStatus.STOPPED,
        required_resource_keys: AbstractSet[str] | None = None,
        target: Any = None,
        owners: Sequence[str] | None = None,
    ) -> None:
        where = "a schedule" if name is None else f"schedule `{name}`"
        aim = read_target(where, job=job, job_name=job_name, target=target)
        if aim.is_nothing:
            raise ArgumentError(f"{where} is for nothing", hint="job=..., or target=[assets]")
        self.decorated = isinstance(execution_fn, AutomationFunction)
        own = (run_config, run_config_fn, tags_fn, should_execute)
        if execution_fn is not None and not self.decorated and any(one is not None for one in own):
            raise DefinitionError(
                f"{where} has `execution_fn`, which makes config and tags itself", hint="leave it out"
            )
        if tags and tags_fn is not None:
            raise DefinitionError(f"{where} has `tags` and `tags_fn`", hint="leave out one of them")
        chosen = name or _default_name(aim, where)
        super().__init__(
            name=chosen,
            target=aim,
            function=_function(execution_fn, f"schedule `{chosen}`", required_resource_keys),
            default_status=default_status,
            statuses=DefaultScheduleStatus,
            description=description,
            tags=tags,
            metadata=metadata,
            owners=owners,
        )
        self.cron_schedule = cron_schedule
        #: The same, as a tuple.
        self.crons = read_crons(cron_schedule, self.where)
        self.execution_timezone = _zone(execution_timezone, self.where)
        self._run_config = as_run_config(run_config, f"`run_config` of {self.where}")
        self._run_config_fn = run_config_fn
        self._tags_fn = tags_fn
        self._should_execute = should_execute
        self._required = frozenset(required_resource_keys or ())

    @property
    def required_resource_keys(self) -> frozenset[str]:
        """Keys of the resources that its functions use."""
        return self._required | super().required_resource_keys

    def evaluate(self, context: Any, resources: Mapping[str, Any]) -> Any:
        """What its functions answer, as they said it.

        Args:
            context: for the functions.
            resources: by key, for parameters that take resources.

        Raises:
            UserCodeError: a function raised; the cause is what it raised.
        """
        if self._should_execute is not None and not self._told(self._should_execute, "`should_execute`", context):
            return SkipReason(f"`should_execute` of {self.where} says no")
        if self.function is not None:
            answer = self._answer(self.function, context, resources)
            if not isinstance(answer, Mapping) and not hasattr(answer, "to_config_dict"):
                return answer
            return RunRequest(run_config=answer, tags=self._made_tags(context))
        config = self._run_config
        if self._run_config_fn is not None:
            function = AutomationFunction(self._run_config_fn, f"`run_config_fn` of {self.where}")
            made = self._told(lambda one: function.call((one,), resources), "`run_config_fn`", context)
            config = as_run_config(made, f"what `run_config_fn` of {self.where} made")
        return RunRequest(run_config=config, tags=self._made_tags(context))

    def _answer(self, function: AutomationFunction, context: Any, resources: Mapping[str, Any]) -> Any:
        def called(given: Any) -> Any:
            found = function.call((given,), resources)
            return list(found) if isgenerator(found) else found

        return self._told(called, "the function", context) if self.decorated else called(context)

    def _made_tags(self, context: Any) -> Mapping[str, str]:
        if self._tags_fn is None:
            return self.tags
        made = self._told(self._tags_fn, "`tags_fn`", context)
        try:
            return check_run_tags(made, self.where)
        except DefinitionError as error:
            raise UserCodeError(error.message) from error

    def _told(self, function: Callable[[Any], Any], which: str, context: Any) -> Any:
        try:
            return function(context)
        except Exception as error:
            raise UserCodeError(f"{which} of {self.where} raised {type(error).__name__}: {error}") from error

    def evaluate_tick(self, context: Any) -> Any:
        """Evaluate it as a tick does, with a context made by `build_schedule_context`.

        Returns:
            What it requests: `run_requests`, `skip_message`.

        Raises:
            InvariantError: the function answered with something else than it may.
        """
        return fetch("execution.evaluation", "evaluate_schedule")(self, context)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Call the decorated function, with a context made by `build_schedule_context`.

        Raises:
            InvocationError: there is none, or the arguments do not fit.
            MissingResourceError: the context lacks a resource.
        """
        if self.function is None or not self.decorated:
            raise InvocationError(f"{self.where} cannot be called", hint="evaluate_tick(build_schedule_context(...))")
        return self.function.invoke(args, named)


def schedule(
    cron_schedule: str | Sequence[str], *, name: str | None = None, description: str | None = None, **parameters: Any
) -> Callable[[Callable[..., Any]], ScheduleDefinition]:
    """Make a function a schedule. It is evaluated at the times that the cron strings say.

    It returns or yields `RunRequest`s, returns run config for one run, or a `SkipReason`, or None.

    Args:
        cron_schedule: when: a cron string of five fields, `@daily` and the like, or several.
        name: of the schedule; the function's if left out.
        description: for people.
        parameters: `job`, `job_name`, `target`, `tags`, `tags_fn`, `should_execute`, `execution_timezone`, `default_status`,
            `required_resource_keys`, `metadata`, `owners`: as those of `ScheduleDefinition`.

    Raises:
        DefinitionError: a parameter is not valid, or two of them say the same thing.
        SelectionError: the selection cannot be read.
    """

    def decorate(function: Callable[..., Any]) -> ScheduleDefinition:
        chosen = name or name_of(unwrap(function))
        required = parameters.get("required_resource_keys")
        return ScheduleDefinition(
            chosen,
            cron_schedule=cron_schedule,
            execution_fn=AutomationFunction(function, f"schedule `{chosen}`", required),  # type: ignore[arg-type]
            description=description,
            **parameters,
        )

    return decorate


def read_crons(crons: Any, where: str) -> tuple[str, ...]:
    """Cron strings as a tuple.

    Raises:
        ArgumentError: it is neither a string nor a list of strings.
        DefinitionError: there are none, or one is not valid.
    """
    if isinstance(crons, str):
        found: tuple[Any, ...] = (crons,)
    elif isinstance(crons, Sequence):
        found = tuple(crons)
    else:
        raise ArgumentError(f"`cron_schedule` of {where} is {crons!r:.60}", hint='cron_schedule="0 9 * * *"')
    if not found:
        raise DefinitionError(f"`cron_schedule` of {where} is empty", hint='cron_schedule="0 9 * * *"')
    for one in found:
        check_text(one, "cron_schedule", where)
        with _saying(where):
            check_cron(one)
    return found


def _zone(zone: str | None, where: str) -> str | None:
    check_text(zone, "execution_timezone", where)
    if zone:
        with _saying(where):
            check_zone(zone)
    return zone


@contextmanager
def _saying(where: str) -> Iterator[None]:
    """Say of what is wrong with a time whose it is."""
    try:
        yield
    except DefinitionError as error:
        raise DefinitionError(f"{where}: {error.message}", hint=error.hint) from None


def _default_name(aim: Target, where: str) -> str:
    if len(aim.names) != 1:
        raise ArgumentError(f"{where} has no name", hint='ScheduleDefinition("nightly", target=...)')
    return f"{aim.names[0]}_schedule"


def _function(given: Any, where: str, required: AbstractSet[str] | None) -> AutomationFunction | None:
    if given is None or isinstance(given, AutomationFunction):
        return given
    return AutomationFunction(given, where, required)
