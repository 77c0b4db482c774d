"""IO managers that functions make: `@io_manager` and `@input_manager`."""

import contextlib
import inspect
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, Self, overload

from orchestrator.definitions.config_mapping import configured_schema
from orchestrator.definitions.config_schema import ConfigSchema
from orchestrator.definitions.config_types import as_config_field
from orchestrator.definitions.functions import parameters_of, unwrap
from orchestrator.definitions.io import InputManager, IOManager
from orchestrator.definitions.io_contexts import InputContext
from orchestrator.definitions.resource_definitions import InitResourceContext, ResourceDefinition, ResourceFunction
from orchestrator.errors import ArgumentError


class InputManagerDefinition(ResourceDefinition):
    """A resource that loads inputs, made by a function. See `@input_manager`.

    Args:
        resource_fn: takes an `InitResourceContext`, or nothing; returns an `InputManager`.
        config_schema: what config it takes; anything if left out.
        description: what it is for.
        input_config_schema: what config an input that it loads takes.
        required_resource_keys: the resources it finds in `context.resources`.
        version: changes when the meaning of the function does.
    """

    #: What it must make.
    makes: tuple[str, ...] = ("load_input",)
    #: Where the values of what it makes are. See `IOManager.value_home`.
    value_home = "elsewhere"

    def __init__(
        self,
        resource_fn: ResourceFunction,
        config_schema: Any = None,
        description: str | None = None,
        input_config_schema: Any = None,
        required_resource_keys: AbstractSet[str] | None = None,
        version: str | None = None,
    ) -> None:
        super().__init__(resource_fn, config_schema, description, required_resource_keys, version)
        self.input_config_schema = None if input_config_schema is None else as_config_field(input_config_schema)

    def configured(self, config_or_config_fn: Any, config_schema: Any = None, description: str | None = None) -> Self:
        """The same with config, or with a function that makes its config from other config."""
        schema = configured_schema(self.config_schema, config_or_config_fn, config_schema, "an IO manager")
        made = type(self).__new__(type(self))
        vars(made).update(vars(self), config_schema=schema, description=description or self.description)
        made.value_home = "elsewhere" if self.value_home == "home" else self.value_home
        return made

    @contextlib.contextmanager
    def open_as_resource(self, context: InitResourceContext) -> Iterator[Any]:
        """Make the IO manager.

        Raises:
            ArgumentError: the function made something else.
        """
        with super().open_as_resource(context) as made:
            if not all(hasattr(made, method) for method in self.makes):
                name = getattr(self.resource_fn, "__name__", "the function")
                raise ArgumentError(
                    f"`{name}` must make an object with {' and '.join(self.makes)}, it made {made!r:.60}"
                )
            yield made


class IOManagerDefinition(InputManagerDefinition):
    """A resource that stores and loads values, made by a function. See `@io_manager`.

    Args:
        resource_fn: takes an `InitResourceContext`, or nothing; returns an `IOManager`.
        config_schema: what config it takes; anything if left out.
        description: what it is for.
        required_resource_keys: the resources it finds in `context.resources`.
        version: changes when the meaning of the function does.
        input_config_schema: what config an input that it loads takes.
        output_config_schema: what config an output that it stores takes.
        value_home: where values are. See `IOManager.value_home`.
    """

    makes = ("handle_output", "load_input")

    def __init__(
        self,
        resource_fn: ResourceFunction,
        config_schema: Any = None,
        description: str | None = None,
        required_resource_keys: AbstractSet[str] | None = None,
        version: str | None = None,
        input_config_schema: Any = None,
        *,
        output_config_schema: Any = None,
        value_home: str = "elsewhere",
    ) -> None:
        super().__init__(resource_fn, config_schema, description, input_config_schema, required_resource_keys, version)
        self.output_config_schema = None if output_config_schema is None else as_config_field(output_config_schema)
        self.value_home = value_home

    @staticmethod
    def hardcoded_io_manager(value: IOManager, description: str | None = None) -> "IOManagerDefinition":
        """A resource that is always the same IO manager."""
        home = getattr(value, "value_home", "elsewhere")
        return IOManagerDefinition(lambda: value, description=description, value_home=home)


@overload
def io_manager(config_schema: ResourceFunction, /) -> IOManagerDefinition: ...


@overload
def io_manager(
    config_schema: Any = ...,
    description: str | None = ...,
    output_config_schema: Any = ...,
    input_config_schema: Any = ...,
    required_resource_keys: AbstractSet[str] | None = ...,
    version: str | None = ...,
) -> Callable[[ResourceFunction], IOManagerDefinition]: ...


def io_manager(
    config_schema: Any = None,
    description: str | None = None,
    output_config_schema: Any = None,
    input_config_schema: Any = None,
    required_resource_keys: AbstractSet[str] | None = None,
    version: str | None = None,
) -> Any:
    """Make a function the source of an IO manager.

    Args:
        config_schema: what config it takes; the function itself, when used without parentheses.
        description: what it is for; the docstring if left out.
        output_config_schema: what config an output that it stores takes.
        input_config_schema: what config an input that it loads takes.
        required_resource_keys: the resources it finds in `context.resources`.
        version: changes when the meaning of the function does.
    """

    def decorate(function: ResourceFunction, schema: Any = None) -> IOManagerDefinition:
        return IOManagerDefinition(
            function,
            schema,
            description or _doc(function),
            required_resource_keys,
            version,
            input_config_schema,
            output_config_schema=output_config_schema,
        )

    if _is_function(config_schema):
        return decorate(config_schema)
    return lambda function: decorate(function, config_schema)


LoadFunction = Callable[..., Any]


@overload
def input_manager(config_schema: LoadFunction, /) -> InputManagerDefinition: ...


@overload
def input_manager(
    config_schema: Any = ...,
    description: str | None = ...,
    input_config_schema: Any = ...,
    required_resource_keys: AbstractSet[str] | None = ...,
    version: str | None = ...,
) -> Callable[[LoadFunction], InputManagerDefinition]: ...


def input_manager(
    config_schema: Any = None,
    description: str | None = None,
    input_config_schema: Any = None,
    required_resource_keys: AbstractSet[str] | None = None,
    version: str | None = None,
) -> Any:
    """Make a function that takes an `InputContext`, or nothing, load inputs.

    Args:
        config_schema: what config it takes (`context.resource_config`); the function itself, when used without
            parentheses.
        description: what it is for; the docstring if left out.
        input_config_schema: what config an input that it loads takes.
        required_resource_keys: the resources it finds in `context.resources`.
        version: changes when the meaning of the function does.
    """

    def decorate(function: LoadFunction, schema: Any = None) -> InputManagerDefinition:
        return InputManagerDefinition(
            lambda _: FunctionInputManager(function),
            schema,
            description or _doc(function),
            input_config_schema,
            required_resource_keys,
            version,
        )

    if _is_function(config_schema):
        return decorate(config_schema)
    return lambda function: decorate(function, config_schema)


class FunctionInputManager(InputManager):
    """Loads inputs by calling a function."""

    def __init__(self, function: LoadFunction) -> None:
        self._function = function
        parameters = parameters_of(unwrap(function))
        self._takes_context = bool(parameters.names) or parameters.var_positional

    def load_input(self, context: InputContext) -> Any:
        """What the function returns; if that is an `InputManager`, what that loads."""
        found = self._function(context) if self._takes_context else self._function()
        return found.load_input(context) if isinstance(found, InputManager) else found


def _is_function(value: object) -> bool:
    return callable(value) and not isinstance(value, type | ConfigSchema)


def _doc(function: Callable[..., Any]) -> str | None:
    return inspect.cleandoc(function.__doc__) if function.__doc__ else None
