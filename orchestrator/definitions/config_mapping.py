"""Functions that make config out of other config: `ConfigMapping` of graphs and jobs, and `configured`."""

from collections.abc import Callable, Mapping
from typing import Any, overload

from orchestrator.definitions.config_scalars import Env, Problems
from orchestrator.definitions.config_schema import (
    ConfigField,
    ConfigSchema,
    Path,
    UnmadeConfigError,
    resolve_given,
    shown_problem,
)
from orchestrator.definitions.config_types import Field, Shape, as_config_field
from orchestrator.definitions.functions import annotations_of, parameters_of, unwrap
from orchestrator.errors import ConfigMappingError, ConfigProblem, DefinitionError

ConfigFunction = Callable[[Any], Any]


class ConfigMapping:
    """Config of a graph or job, and a function that makes config of what is inside from it.

    Args:
        config_fn: takes the config, and returns config of the nodes of a graph by name, or the run config of a job.
        config_schema: what config it takes; anything if left out.
        receive_processed_config_values: whether the function gets values (the default) or config as it was written.
    """

    def __init__(
        self,
        config_fn: ConfigFunction,
        config_schema: Any = None,
        receive_processed_config_values: bool | None = None,  # noqa: FBT001  Dagster's order
    ) -> None:
        if not callable(config_fn):
            raise DefinitionError(f"config_fn of a ConfigMapping must be a function, got {config_fn!r:.60}")
        self.config_fn = config_fn
        self.config_schema: ConfigSchema = as_config_field(config_schema)
        self.receives_values = receive_processed_config_values is not False

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env, what: str) -> Any:
        """The config this makes, as a person would write it; None if the config it takes is not valid.

        Args:
            raw: the config it takes; `MISSING` if none is given.
            path: where that stands.
            problems: gets what is wrong with it.
            env: the environment variables.
            what: whose mapping this is, for messages.

        Raises:
            ConfigMappingError: the function raised.
        """
        known = len(problems)
        try:
            value = resolve_given(self.config_schema, raw, path, problems, env)
        except UnmadeConfigError as error:
            raise ConfigMappingError(f"the config of {what} cannot be made") from error.args[0]
        if len(problems) > known:
            return None
        return call_config_function(self.config_fn, value if self.receives_values else raw, what)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function, in a test."""
        return self.config_fn(*args, **kwargs)


def call_config_function(function: ConfigFunction, value: Any, what: str) -> Any:
    """What a function makes of config, as a person would write it.

    Raises:
        ConfigMappingError: it raised; the cause is what it raised.
    """
    try:
        made = function(value)
    except Exception as error:
        raise ConfigMappingError(f"the config mapping of {what} raised {type(error).__name__}") from error
    to_raw = getattr(made, "to_raw_config", None) or getattr(made, "to_config_dict", None)
    return made if to_raw is None else to_raw()


@overload
def config_mapping(config_fn: ConfigFunction, /) -> ConfigMapping: ...


@overload
def config_mapping(
    *, config_schema: Any = ..., receive_processed_config_values: bool | None = ...
) -> Callable[[ConfigFunction], ConfigMapping]: ...


def config_mapping(
    config_fn: ConfigFunction | None = None,
    *,
    config_schema: Any = None,
    receive_processed_config_values: bool | None = None,
) -> Any:
    """Make a function a `ConfigMapping`; its parameter may be annotated with a class of `Config`.

    Args:
        config_fn: the function, when used without parentheses.
        config_schema: what config it takes; what the annotation says if left out.
        receive_processed_config_values: see `ConfigMapping`.
    """

    def decorate(function: ConfigFunction) -> ConfigMapping:
        return ConfigMapping(function, _schema_for(function, config_schema), receive_processed_config_values)

    return decorate if config_fn is None else decorate(config_fn)


def as_config_mapping(config: Any, where: str) -> ConfigMapping | None:
    """What a user gives as `config=` of a graph: a mapping, or fixed config of its nodes.

    Raises:
        DefinitionError: it is neither.
    """
    if config is None or isinstance(config, ConfigMapping):
        return config
    to_raw = getattr(config, "to_config_dict", None)
    fixed = config if to_raw is None else to_raw()
    if not isinstance(fixed, Mapping):
        raise DefinitionError(f"config of {where} must be a ConfigMapping or a dict, got {type(config).__name__}")
    return ConfigMapping(lambda _: fixed, {})


class ConfiguredSchema(ConfigSchema):
    """Config that is turned into the config of something else, or fixed.

    Args:
        inner: what the made config must fit.
        made: the fixed config, or the function that makes it.
        outer: what config the function takes.
        what: what is configured, for messages.
    """

    def __init__(self, inner: ConfigSchema, made: Any, outer: ConfigSchema, what: str) -> None:
        self.inner = inner
        self.outer = outer
        self._made = made
        self._what = what

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return self.outer.type_text

    @property
    def default(self) -> Any:
        """That of the config it takes."""
        return self.outer.default

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Resolve the config it takes, then what is made of it."""
        known = len(problems)
        value = self.outer.resolve(raw, path, problems, env)
        if len(problems) > known:
            return None
        made = call_config_function(self._made, value, self._what) if callable(self._made) else self._made
        found: list[ConfigProblem] = []
        resolved = self.inner.resolve(made, ("config",), found, env)
        problems += [
            ConfigProblem(
                path=path, message=f"the config that `configured` gives to {self._what}: {shown_problem(one)}"
            )
            for one in found
        ]
        return resolved

    def example(self) -> Any:
        """The least a person may write."""
        return self.outer.example()

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return self.outer.describe(name)


def configured_schema(inner: ConfigSchema | None, config_or_config_fn: Any, config_schema: Any, what: str) -> Field:
    """The schema of something that is given config before the run.

    Args:
        inner: the schema of its config; None takes anything.
        config_or_config_fn: the config, or a function that makes it from other config.
        config_schema: what config the function takes; what its annotation says, else anything, if left out.
        what: what is configured, for messages.
    """
    fixed = not callable(config_or_config_fn)
    to_raw = getattr(config_or_config_fn, "to_raw_config", None)
    made = config_or_config_fn if to_raw is None else to_raw()
    outer = Field(Shape({})) if fixed else as_config_field(_schema_for(config_or_config_fn, config_schema))
    return Field(ConfiguredSchema(inner or as_config_field(None), made, outer, what))


def configured_mapping(
    mapping: ConfigMapping | None, config_or_config_fn: Any, config_schema: Any, what: str
) -> ConfigMapping:
    """The mapping of a graph that is given config before the run. See `configured_schema`.

    Raises:
        DefinitionError: the graph has no mapping, so it takes no config.
    """
    if mapping is None:
        raise DefinitionError(f"{what} takes no config of its own", hint="give it a config mapping")
    schema = configured_schema(mapping.config_schema, config_or_config_fn, config_schema, what)
    return ConfigMapping(mapping.config_fn, schema)


def configured(configurable: Any, config_schema: Any = None, **kwargs: Any) -> Callable[[Any], Any]:
    """Give config to an op, graph, resource or IO manager before the run.

    Called with a dict, the result fixes the config: `configured(load, name="load_all")({"limit": 0})`. As a decorator,
    the function takes config and returns the config to use.

    Args:
        configurable: what to configure.
        config_schema: what config the function takes.
        kwargs: `name` of the new op or graph (the function's name if left out), `description`.
    """
    method = getattr(configurable, "configured", None)
    if method is None:
        raise DefinitionError(f"{configurable!r:.60} cannot be configured", hint="give an op, graph or resource")

    def decorate(config_or_config_fn: Any) -> Any:
        given = dict(kwargs)
        if "name" in parameters_of(method).names and callable(config_or_config_fn):
            given.setdefault("name", config_or_config_fn.__name__)
        return method(config_or_config_fn, config_schema=config_schema, **given)

    return decorate


def _schema_for(function: ConfigFunction, given: Any) -> Any:
    """The schema of what a function takes: as given, or the class of `Config` its parameter is annotated with."""
    if given is not None:
        return given
    inner = unwrap(function)
    names = parameters_of(inner).names
    annotation = annotations_of(inner).get(names[0]) if names else None
    return annotation if hasattr(annotation, "config_schema_of_class") else None
