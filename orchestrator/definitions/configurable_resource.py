"""`ConfigurableResource`: a resource as a class whose fields are its config and the resources it uses.

Loads pydantic; the lazy public API loads it when a code location first uses it.
"""

import contextlib
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar, get_args

from msgspec import Struct
from pydantic import PrivateAttr
from pydantic.fields import FieldInfo

from orchestrator.definitions.config_scalars import Env, Problems
from orchestrator.definitions.config_schema import MISSING, ConfigField, ConfigSchema, Path, resolve_or_raise
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.late_model import RESOURCE_FIELD, Late, LateModel
from orchestrator.definitions.model_schema import ModelSchema, raw_config
from orchestrator.definitions.resource_definitions import InitResourceContext
from orchestrator.errors import DefinitionError, InvariantError, MissingResourceError

T = TypeVar("T")

#: Annotation of a field that takes a resource of any kind: `connection: ResourceDependency[Connection]`.
ResourceDependency = Annotated[T, RESOURCE_FIELD]


class ResourceConfig(Struct, frozen=True):
    """The config of a resource that was found valid."""

    #: By field; what user code sees as `resource_config`.
    field_values: Mapping[str, Any]
    #: The config of the resources in its fields, by field.
    nested: Mapping[str, Any]


class ConfigurableResourceFactory(LateModel, Generic[T]):
    """A resource whose fields are config, and that makes something else for user code: `create_resource`."""

    is_resource_class: ClassVar[bool] = True
    _resource_context: Any = PrivateAttr(default=None)

    def __class_getitem__(cls, made: Any) -> Any:
        """The class itself: what it makes is told to type checkers only."""
        return cls

    @abstractmethod
    def create_resource(self, context: InitResourceContext) -> T:
        """Make what user code gets."""

    def setup_for_execution(self, context: InitResourceContext) -> None:
        """Called before the run; may set private attributes."""

    def teardown_after_execution(self, context: InitResourceContext) -> None:
        """Called after the run, however it ended."""

    @contextlib.contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Iterator[Any]:
        """Set up, give user code what it gets, and tear down; to be overridden where a `with` block is wanted."""
        self.setup_for_execution(context)
        try:
            yield self.create_resource(context)
        finally:
            self.teardown_after_execution(context)

    def get_resource_context(self) -> InitResourceContext:
        """What the resource can know about the run.

        Raises:
            InvariantError: no run has started it.
        """
        if self._resource_context is None:
            raise InvariantError(f"{type(self).__name__} is not started, so it has no context")
        return self._resource_context  # type: ignore[no-any-return]

    @classmethod
    def configure_at_launch(cls, **given: Any) -> "PartialResource":
        """The resource with some or no fields given; run config gives the others."""
        return PartialResource(cls, given)

    @classmethod
    def from_resource_context(
        cls, context: InitResourceContext, nested_resources: Mapping[str, Any] | None = None
    ) -> Any:
        """Make what user code gets from the config of a context.

        Raises:
            DefinitionError: the resource is to be torn down, and nothing says when.
        """
        _must_not_tear_down(cls, nested_resources or {}, "from_resource_context_cm")
        return cls._of_context(context, nested_resources).create_resource(context)

    @classmethod
    @contextlib.contextmanager
    def from_resource_context_cm(
        cls, context: InitResourceContext, nested_resources: Mapping[str, Any] | None = None
    ) -> Iterator[Any]:
        """Make what user code gets from the config of a context."""
        with cls._of_context(context, nested_resources).yield_for_execution(context) as value:
            yield value

    @property
    def tears_down(self) -> bool:
        """Whether it, or a resource in one of its fields, does something when a run has ended."""
        return _tears_down(type(self), vars(self))

    def process_config_and_initialize(self) -> Any:
        """What user code would get, for a test: environment variables are read, nothing is set up.

        Raises:
            DefinitionError: the resource is to be torn down, and nothing says when.
        """
        _must_not_tear_down(type(self), vars(self), "process_config_and_initialize_cm")
        return self._started(InitResourceContext(resource_def=self), contextlib.ExitStack()).create_resource(
            InitResourceContext(resource_def=self)
        )

    @contextlib.contextmanager
    def process_config_and_initialize_cm(self) -> Iterator[Any]:
        """What user code would get, for a test: environment variables are read, and it is set up and torn down."""
        with self.open_as_resource(InitResourceContext(resource_def=self)) as value:
            yield value

    def to_raw_config(self) -> dict[str, Any]:
        """What a person would write in run config to get the same values."""
        names = _resource_fields(type(self), vars(self))
        return {
            info.alias or name: raw_config(getattr(self, name))
            for name, info in type(self).model_fields.items()
            if name not in names
        }

    def config_schema_of_resource(self) -> ConfigSchema:
        """What config it takes: every field that holds no resource, with its value as the default."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        return ResourceSchema(type(self), given, adds=False)

    def needed_keys(self, keys: Mapping[int, str]) -> AbstractSet[str]:
        """The resources that must run before it."""
        return _needed_keys(vars(self), keys, type(self).__name__)

    def __eq__(self, other: object) -> bool:
        """Whether all fields are equal; what setup made does not count."""
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    @contextlib.contextmanager
    def open_as_resource(self, context: InitResourceContext) -> Iterator[Any]:
        """Make the resource with what the run resolved, and what user code gets from it."""
        with contextlib.ExitStack() as stack:
            made = self._started(context, stack)
            yield stack.enter_context(made.yield_for_execution(made.get_resource_context()))

    def _started(self, context: InitResourceContext, stack: contextlib.ExitStack) -> Self:
        """The same with config resolved, and with resources in its fields that run."""
        config = context.config
        if not isinstance(config, ResourceConfig):
            raw = MISSING if config is None else config
            config = resolve_or_raise(self.config_schema_of_resource(), raw, type(self).__name__)
        return _start(type(self), vars(self), config, context, stack)  # type: ignore[return-value]

    @classmethod
    def _of_context(cls, context: InitResourceContext, nested: Mapping[str, Any] | None) -> Self:
        schema = ResourceSchema(cls, nested or {})
        config = resolve_or_raise(schema, context.resource_config or {}, cls.__name__)
        made = cls(**config.field_values, **(nested or {}))
        made._resource_context = context
        return made


class ConfigurableResource(ConfigurableResourceFactory[T]):
    """A resource that user code gets itself.

    Fields are config (numbers, texts, `EnvVar`, classes of `Config`), or other resources. A run works on a copy with
    environment variables read and resources started; private attributes (`_client: Client = PrivateAttr()`) hold what
    `setup_for_execution` makes.
    """

    def create_resource(self, context: InitResourceContext) -> Any:  # noqa: ARG002  for those that make something else
        """The resource itself."""
        return self

    def get_object_to_set_on_execution_context(self) -> Any:
        """The resource itself."""
        return self


class ConfigurableIOManager(ConfigurableResource[Any], IOManager):
    """An IO manager whose fields are its config."""

    value_home: ClassVar[str] = "elsewhere"  # type: ignore[misc]  # else pydantic would make it a field


class ConfigurableIOManagerFactory(ConfigurableResourceFactory[T]):
    """A class whose fields are config, and that makes an IO manager: `create_io_manager`."""

    @abstractmethod
    def create_io_manager(self, context: InitResourceContext) -> T:
        """Make the IO manager."""

    def create_resource(self, context: InitResourceContext) -> T:
        """The IO manager."""
        return self.create_io_manager(context)


class PartialResource(Late):
    """A class of resource that run config gives the rest of the fields. Made by `configure_at_launch`."""

    def __init__(self, resource_cls: type[ConfigurableResourceFactory[Any]], given: Mapping[str, Any]) -> None:
        self.resource_cls = resource_cls
        self.given = dict(given)

    def config_schema_of_resource(self) -> ConfigSchema:
        """What config it takes."""
        return ResourceSchema(self.resource_cls, self.given)

    def needed_keys(self, keys: Mapping[int, str]) -> AbstractSet[str]:
        """The resources that must run before it."""
        return _needed_keys(self.given, keys, self.resource_cls.__name__)

    @contextlib.contextmanager
    def open_as_resource(self, context: InitResourceContext) -> Iterator[Any]:
        """Make the resource with what the run resolved."""
        config = context.config
        if not isinstance(config, ResourceConfig):
            raw = MISSING if config is None else config
            config = resolve_or_raise(self.config_schema_of_resource(), raw, self.resource_cls.__name__)
        with contextlib.ExitStack() as stack:
            made = _start(self.resource_cls, self.given, config, context, stack)
            yield stack.enter_context(made.yield_for_execution(made.get_resource_context()))

    def __repr__(self) -> str:
        return f"{self.resource_cls.__name__}.configure_at_launch({', '.join(self.given)})"


class ResourceSchema(ConfigSchema):
    """The config of a class of resource, together with that of the resources in its fields.

    Args:
        resource_cls: the class.
        given: the values its fields have already, by name.
        adds: whether config of a run adds to these values in every dialect.
    """

    def __init__(
        self, resource_cls: type[ConfigurableResourceFactory[Any]], given: Mapping[str, Any], *, adds: bool = True
    ) -> None:
        names = _resource_fields(resource_cls, given)
        held = {name: given[name] for name in names if name in given}

        def check(values: dict[str, Any]) -> dict[str, Any]:
            resource_cls(**values, **held)  # its validators run before anything is started
            return values

        self._nested = held
        self._as_is: dict[str, Any] = {}
        own = {name: value for name, value in given.items() if name not in names}
        build = dict if spoken().config_made_in_steps else check
        self._fields = ModelSchema(resource_cls, given=own, skip=names, build=build)
        #: What config given by a run is for, if it does not add to the fields that are given already.
        self._replaced = (
            None if adds or not spoken().strict_data else ModelSchema(resource_cls, skip=names, build=build)
        )
        self.description = self._fields.description

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return self._fields.type_text

    @property
    def default(self) -> Any:
        """Nothing needs to be given if no field is required."""
        return MISSING if self._fields.has_required else self._as_is

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> ResourceConfig:
        """The values of the fields, also of resources in fields."""
        fields = self._fields if self._replaced is None or raw is self._as_is else self._replaced
        values = fields.resolve(raw, path, problems, env)
        nested = {name: _resolve_nested(value, (*path, name), problems, env) for name, value in self._nested.items()}
        return ResourceConfig(values or {}, nested)

    def example(self) -> Any:
        """The required fields."""
        return self._fields.example()

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return self._fields.describe(name)


def _tears_down(resource_cls: type[ConfigurableResourceFactory[Any]], given: Mapping[str, Any]) -> bool:
    base = ConfigurableResourceFactory
    own = resource_cls.teardown_after_execution, resource_cls.yield_for_execution
    return own != (base.teardown_after_execution, base.yield_for_execution) or bool(
        _resource_fields(resource_cls, given)
    )


def _must_not_tear_down(
    resource_cls: type[ConfigurableResourceFactory[Any]], given: Mapping[str, Any], instead: str
) -> None:
    if _tears_down(resource_cls, given):
        raise DefinitionError(
            f"{resource_cls.__name__} is torn down when it is not used any more", hint=f"use {instead}"
        )


def _resource_fields(resource_cls: type[LateModel], given: Mapping[str, Any]) -> frozenset[str]:
    """The fields that hold resources: by their annotation, or by what they hold."""
    return frozenset(
        name
        for name, info in resource_cls.model_fields.items()
        if _takes_resource(info) or _holds_resource(given.get(name))
    )


def _takes_resource(info: FieldInfo) -> bool:
    kinds = (info.annotation, *get_args(info.annotation))
    return RESOURCE_FIELD in info.metadata or any(getattr(kind, "is_resource_class", False) for kind in kinds)


def _holds_resource(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_holds_resource, value))
    if isinstance(value, dict):
        return any(map(_holds_resource, value.values()))
    return hasattr(value, "open_as_resource")


def _resolve_nested(value: Any, path: Path, problems: Problems, env: Env) -> Any:
    """The config of a resource in a field; one that is configured at launch has its own in the run config."""
    if isinstance(value, list | tuple):
        return [_resolve_nested(one, (*path, f"[{index}]"), problems, env) for index, one in enumerate(value)]
    if isinstance(value, dict):
        return {key: _resolve_nested(one, (*path, str(key)), problems, env) for key, one in value.items()}
    if isinstance(value, PartialResource) or not hasattr(value, "open_as_resource"):
        return None
    schema: ConfigSchema = value.config_schema_of_resource()
    return schema.resolve({} if schema.default is MISSING else schema.default, path, problems, env)


def _needed_keys(fields: Mapping[str, Any], keys: Mapping[int, str], name: str) -> frozenset[str]:
    found: set[str] = set()
    for field, value in fields.items():
        found |= _keys_of(value, keys, f"`{field}` of {name}")
    return frozenset(found)


def _keys_of(value: Any, keys: Mapping[int, str], where: str) -> AbstractSet[str]:
    if isinstance(value, list | tuple | dict):
        items = value.values() if isinstance(value, dict) else value
        return {key for one in items for key in _keys_of(one, keys, where)}
    if isinstance(value, PartialResource):
        if id(value) not in keys:
            raise MissingResourceError(
                f"{where} is configured at launch, but is no resource of its own",
                hint="give the same object to the resources under a key of its own",
            )
        return {keys[id(value)]}
    needed = getattr(value, "needed_keys", None) if hasattr(value, "open_as_resource") else None
    return needed(keys) if needed is not None else frozenset()


def _start(
    resource_cls: type[ConfigurableResourceFactory[Any]],
    fields: Mapping[str, Any],
    config: ResourceConfig,
    context: InitResourceContext,
    stack: contextlib.ExitStack,
) -> ConfigurableResourceFactory[Any]:
    nested = {
        name: _start_nested(fields[name], one, context, stack) if name in fields else None
        for name, one in config.nested.items()
    }
    made = resource_cls(**config.field_values, **nested)
    own = context.replace(resource_config=dict(config.field_values), config=config)
    made._resource_context = own  # noqa: SLF001  our own
    return made


def _start_nested(value: Any, config: Any, context: InitResourceContext, stack: contextlib.ExitStack) -> Any:
    if isinstance(value, list | tuple):
        return [_start_nested(one, part, context, stack) for one, part in zip(value, config, strict=True)]
    if isinstance(value, dict):
        return {key: _start_nested(one, config[key], context, stack) for key, one in value.items()}
    if isinstance(value, PartialResource):
        return context.started[id(value)]
    if not hasattr(value, "open_as_resource"):
        return value
    shown = dict(config.field_values) if isinstance(config, ResourceConfig) else config
    inner = context.replace(resource_config=shown, config=config, resource_def=value)
    return stack.enter_context(value.open_as_resource(inner))
