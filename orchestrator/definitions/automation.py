"""What schedules and sensors have in common: a name, what they are for, and a function that is evaluated."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from orchestrator.definitions.functions import annotations_of, caller_source, parameters_of, unwrap
from orchestrator.definitions.jobs import AnyJob
from orchestrator.definitions.metadata import coerce_metadata
from orchestrator.definitions.names import check_name
from orchestrator.definitions.resources import is_resource_annotation
from orchestrator.definitions.tags import check_owners, check_run_tags
from orchestrator.definitions.targets import ANONYMOUS, Target
from orchestrator.errors import ArgumentError, DefinitionError, InvocationError, MissingResourceError


class AutomationFunction:
    """A user's function that is evaluated at ticks, and how to call it.

    Args:
        function: takes the context, or nothing, and resources.
        where: whose it is, for messages.
        required: keys of resources that it finds in `context.resources`.

    Raises:
        DefinitionError: it cannot be called, or says in two ways which resources it uses.
    """

    def __init__(self, function: Callable[..., Any], where: str, required: AbstractSet[str] | None = None) -> None:
        inner = unwrap(function)
        names = parameters_of(inner).names
        annotations = annotations_of(inner)
        self.function = function
        self.where = where
        self.parameters = tuple(name for name in names if is_resource_annotation(annotations.get(name)))
        #: The parameters that take no resources, in order.
        self.plain = tuple(name for name in names if name not in self.parameters)
        if self.parameters and required:
            raise ArgumentError(
                f"{where} says with `required_resource_keys` and with parameters which resources it uses",
                hint="say it with parameters",
            )
        self.required_resource_keys = frozenset(required or self.parameters)

    def call(self, given: Sequence[Any], resources: Mapping[str, Any]) -> Any:
        """Call the function.

        Args:
            given: what its parameters that take no resources get, in order; those it does not have are left out.
            resources: by key.
        """
        named = {name: resources[name] for name in self.parameters}
        return self.function(*given[: len(self.plain)], **named)

    def invoke(self, args: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """Call the function as a test does. See `bind`."""
        context, resources = self.bind(args, named)
        return self.call((context,), resources)

    def bind(self, args: Sequence[Any], named: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
        """The context and the resources of a call: these by name, or in the context.

        Raises:
            InvocationError: there is no context, or too much else.
            MissingResourceError: a resource is missing.
        """
        given = {name: value for name, value in named.items() if name not in self.parameters}
        context = self._context(args, given)
        own = getattr(context, "built_resources", None)
        found = {**({} if own is None else own.by_key), **{name: named[name] for name in named if name not in given}}
        check_resources(self.required_resource_keys, found, self.where)
        return context, found

    def _context(self, args: Sequence[Any], given: Mapping[str, Any]) -> Any:
        if len(args) + len(given) > 1:
            raise InvocationError(f"{self.where} is called with a context, got {len(args) + len(given)} arguments")
        if not self.plain:
            return args[0] if args else next(iter(given.values()), None)
        if args:
            return args[0]
        if not given:
            raise InvocationError(f"{self.where} is called with a context", hint="build_..._context() makes one")
        name = next(iter(given))
        if name != self.plain[0]:
            raise InvocationError(f"{self.where} has no parameter `{name}`", hint=f"its context is `{self.plain[0]}`")
        return given[name]


def check_resources(keys: AbstractSet[str], given: Mapping[str, Any], where: str) -> None:
    """Refuse to go on without a resource.

    Raises:
        MissingResourceError: names it.
    """
    for key in sorted(keys):
        if key not in given:
            raise MissingResourceError(
                f"{where} requires resource `{key}`, which is not given",
                hint=f"build the context with resources={{{key!r}: ...}}",
            )


class Automation:
    """A schedule or sensor. The parameters are those that both have."""

    #: `schedule` or `sensor`; also how a module is searched for them without loading this one.
    automation_kind: ClassVar[str]

    def __init__(  # noqa: PLR0913  what both have
        self,
        *,
        name: str,
        target: Target,
        function: AutomationFunction | None,
        default_status: Any,
        statuses: type,
        description: str | None,
        tags: Mapping[str, Any] | None,
        metadata: Mapping[str, Any] | None,
        owners: Sequence[str] | None,
    ) -> None:
        self.name = check_name(name, f"name of a {self.automation_kind}")
        self.source = caller_source()
        if not isinstance(default_status, statuses):
            raise ArgumentError(
                f"`default_status` of {self.where} is {default_status!r:.60}", hint=f"{statuses.__name__}.RUNNING"
            )
        self.target = target
        self.function = function
        self.default_status = default_status
        self.description = description
        self.tags: Mapping[str, str] = check_run_tags(tags, self.where)
        self.metadata = coerce_metadata(metadata, self.where)
        self.owners = check_owners(owners, self.where)

    @property
    def where(self) -> str:
        """What it is called in messages."""
        return f"{self.automation_kind} `{self.name}`"

    @property
    def required_resource_keys(self) -> frozenset[str]:
        """Keys of the resources that its function uses."""
        return frozenset() if self.function is None else self.function.required_resource_keys

    @property
    def has_anonymous_job(self) -> bool:
        """Whether it is for assets, and no job of them has a name."""
        return self.target.selection is not None

    @property
    def job_name(self) -> str:
        """The name of the job it is for.

        Raises:
            DefinitionError: it is for none, or for several.
        """
        if self.target.selection is not None:
            return f"{ANONYMOUS}{self.name}"
        names = self.target.names
        if len(names) != 1:
            raise DefinitionError(f"{self.where} is for {'several jobs' if names else 'no job'}")
        return names[0]

    @property
    def job(self) -> AnyJob:
        """The job it is for.

        Raises:
            DefinitionError: it is for none, for several, or for one that it knows by name only.
        """
        if self.target.selection is not None:
            return self.target.job_of_assets(self.name)
        if len(self.target.jobs) != 1:
            raise DefinitionError(f"{self.where} does not hold one job", hint="give the job itself: job=...")
        return self.target.jobs[0]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"
