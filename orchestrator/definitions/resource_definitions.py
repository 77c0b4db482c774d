"""Resources that are made for a run: `@resource`, and what the function that makes one can know."""

import contextlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Protocol, overload, runtime_checkable

from orchestrator.definitions.config_mapping import configured_schema
from orchestrator.definitions.config_scalars import String
from orchestrator.definitions.config_schema import MISSING, ConfigSchema, resolve_or_raise
from orchestrator.definitions.config_types import Permissive, Shape, as_config_field
from orchestrator.definitions.functions import parameters_of, unwrap
from orchestrator.definitions.resources import Resources
from orchestrator.errors import DefinitionError, InvocationError, MissingResourceError

if TYPE_CHECKING:
    import logging

#: Takes an `InitResourceContext`, or nothing; returns the resource or yields it once.
ResourceFunction = Callable[..., Any]


class InitResourceContext:
    """What a resource can know when it is made.

    Args:
        resource_config: its config, resolved.
        resources: the resources it requires.
        resource_def: its definition.
        run: the run, if there is one.
        run_id: of the run.
        job_name: of the job that runs.
        instance: where runs are recorded.
        make_log: gives the logger whose messages are kept with the run.
        started: resources that run already, by the identity of their definition.
        config: its config as the run resolved it; `resource_config` if left out.
    """

    def __init__(  # noqa: PLR0913  one parameter for each thing to know
        self,
        *,
        resource_config: Any = None,
        resources: Any = None,
        resource_def: Any = None,
        run: Any = None,
        run_id: str | None = None,
        job_name: str | None = None,
        instance: Any = None,
        make_log: "Callable[[], logging.Logger] | None" = None,
        started: Mapping[int, Any] | None = None,
        config: Any = MISSING,
    ) -> None:
        self.resource_config = resource_config
        self.resources = Resources({}, ()) if resources is None else resources
        self.resource_def = resource_def
        self.run = run
        self.run_id = run_id
        self.job_name = job_name
        self.instance = instance
        self.started = started or {}
        self.config = resource_config if config is MISSING else config
        self._make_log = make_log or _plain_logger

    @property
    def dagster_run(self) -> Any:
        """The run, as Dagster calls it."""
        return self.run

    @property
    def log(self) -> "logging.Logger":
        """A logger whose messages are kept with the run."""
        return self._make_log()

    def replace_config(self, config: Any) -> "InitResourceContext":
        """The same with other config."""
        return self.replace(resource_config=config, config=config)

    def replace(self, **changes: Any) -> "InitResourceContext":
        """The same with other values."""
        kept = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        kept |= {"resources": self.resources, "make_log": self._make_log}
        return InitResourceContext(**{**kept, **changes})


@runtime_checkable
class Startable(Protocol):
    """A resource that is made for a run; any other object is used as it is."""

    def config_schema_of_resource(self) -> ConfigSchema:
        """What config it takes."""

    def needed_keys(self, keys: Mapping[int, str]) -> AbstractSet[str]:
        """The resources that must run before it; `keys` has the key of each by the identity of its definition."""

    def open_as_resource(self, context: InitResourceContext) -> contextlib.AbstractContextManager[Any]:
        """Make what user code gets; leaving the context tears it down."""


class ResourceDefinition:
    """A resource that a function makes. Made by `@resource`.

    Args:
        resource_fn: takes an `InitResourceContext`, or nothing; returns the resource, or yields it once and cleans up.
        config_schema: what config it takes; anything if left out.
        description: what it is for.
        required_resource_keys: the resources it finds in `context.resources`.
        version: changes when the meaning of the function does.

    Raises:
        DefinitionError: `resource_fn` is no function, or takes more than the context.
    """

    def __init__(
        self,
        resource_fn: ResourceFunction,
        config_schema: Any = None,
        description: str | None = None,
        required_resource_keys: AbstractSet[str] | None = None,
        version: str | None = None,
    ) -> None:
        if not callable(resource_fn):
            raise DefinitionError(f"`resource_fn` of a resource must be a function, got {resource_fn!r:.60}")
        self.resource_fn = resource_fn
        self.config_schema = (
            config_schema if isinstance(config_schema, ConfigSchema) else as_config_field(config_schema)
        )
        self.description = description
        self.required_resource_keys = frozenset(required_resource_keys or ())
        self.version = version
        inner = parameters_of(unwrap(resource_fn))
        self._takes_context = bool(inner.names) or inner.var_positional
        needed = [name for name in inner.names if name not in inner.defaults]
        if len(needed) > 1:
            raise DefinitionError(
                f"`resource_fn` `{getattr(resource_fn, '__name__', resource_fn)}` takes {', '.join(needed)}; a resource "
                "takes the context and nothing else",
                hint='use required_resource_keys={"..."} and context.resources',
            )

    def config_schema_of_resource(self) -> ConfigSchema:
        """What config it takes."""
        return self.config_schema

    def needed_keys(self, keys: Mapping[int, str]) -> AbstractSet[str]:  # noqa: ARG002  it names them
        """The resources that must run before it."""
        return self.required_resource_keys

    @contextlib.contextmanager
    def open_as_resource(self, context: InitResourceContext) -> Iterator[Any]:
        """Make the resource."""
        made = self._call(context)
        if isinstance(made, contextlib.ContextDecorator) and isinstance(made, contextlib.AbstractContextManager):
            with made as value:
                yield value
        else:
            yield made

    def _call(self, *context: Any) -> Any:
        function = self.resource_fn
        if inspect.isgeneratorfunction(unwrap(function)) and not hasattr(function, "__wrapped__"):
            function = contextlib.contextmanager(function)
        return function(*context) if self._takes_context else function()

    def configured(
        self, config_or_config_fn: Any, config_schema: Any = None, description: str | None = None
    ) -> "ResourceDefinition":
        """The same resource with config, or with a function that makes its config from other config."""
        schema = configured_schema(self.config_schema, config_or_config_fn, config_schema, "a resource")
        return type(self)(
            self.resource_fn, schema, description or self.description, self.required_resource_keys, self.version
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Make the resource in a test, as the function would.

        Raises:
            InvocationError: the context is missing, or there is more than the function takes.
            ConfigError: the config of the context does not fit.
            MissingResourceError: the context lacks a resource that this one requires.
        """
        given = [*args, *kwargs.values()]
        if len(given) > 1:
            raise InvocationError("a resource is called with the context and nothing else")
        if not self._takes_context:
            if given:
                raise InvocationError("this resource takes no context", hint="call it without arguments")
            return self._call()
        if not given:
            raise InvocationError(
                "this resource takes a context, and none was given", hint="give it build_init_resource_context(...)"
            )
        context = given[0]
        if context is None:
            raise InvocationError(
                "this resource takes a context, and got None", hint="build_init_resource_context(...)"
            )
        if isinstance(context, InitResourceContext):
            for key in sorted(self.required_resource_keys):
                if not hasattr(context.resources, key):
                    raise MissingResourceError(
                        f"this resource requires resource `{key}`, which the context does not have",
                        hint=f"build_init_resource_context(resources={{{key!r}: ...}})",
                    )
            raw = MISSING if context.config is None else context.config
            context = context.replace(
                resource_config=resolve_or_raise(self.config_schema, raw, "the resource"), resource_def=self
            )
        return self._call(context)

    @staticmethod
    def hardcoded_resource(value: Any, description: str | None = None) -> "ResourceDefinition":
        """A resource that is always the same value."""
        return ResourceDefinition(lambda: value, description=description)

    @staticmethod
    def mock_resource(description: str | None = None) -> "ResourceDefinition":
        """A resource that records how it is used and does nothing: `unittest.mock.MagicMock`."""
        from unittest import mock  # noqa: PLC0415  only tests need it

        return ResourceDefinition(lambda _: mock.MagicMock(), description=description)

    @staticmethod
    def none_resource(description: str | None = None) -> "ResourceDefinition":
        """A resource that is None."""
        return ResourceDefinition.hardcoded_resource(None, description)

    @staticmethod
    def string_resource(description: str | None = None) -> "ResourceDefinition":
        """A resource that is the text its config gives."""
        return ResourceDefinition(lambda context: context.resource_config, String, description)


@overload
def resource(config_schema: ResourceFunction, /) -> ResourceDefinition: ...


@overload
def resource(
    config_schema: Any = ...,
    description: str | None = ...,
    required_resource_keys: AbstractSet[str] | None = ...,
    version: str | None = ...,
) -> Callable[[ResourceFunction], ResourceDefinition]: ...


def resource(
    config_schema: Any = None,
    description: str | None = None,
    required_resource_keys: AbstractSet[str] | None = None,
    version: str | None = None,
) -> Any:
    """Make a function the source of a resource.

    Args:
        config_schema: what config it takes; the function itself, when used without parentheses.
        description: what it is for; the docstring if left out.
        required_resource_keys: the resources it finds in `context.resources`.
        version: changes when the meaning of the function does.
    """

    def decorate(function: ResourceFunction, schema: Any = None) -> ResourceDefinition:
        doc = inspect.cleandoc(function.__doc__) if function.__doc__ else None
        return ResourceDefinition(function, schema, description or doc, required_resource_keys, version)

    if callable(config_schema) and not isinstance(config_schema, type | ConfigSchema):
        return decorate(config_schema)
    return lambda function: decorate(function, config_schema)


def make_values_resource(**kwargs: Any) -> ResourceDefinition:
    """A resource that is what its config says.

    Args:
        kwargs: the fields of the config and their schemas; any fields if left out.
    """
    return ResourceDefinition(lambda context: context.resource_config, Shape(kwargs) if kwargs else Permissive())


def _plain_logger() -> "logging.Logger":
    import logging  # noqa: PLC0415  most resources never log

    return logging.getLogger("orchestrator.resource")
