"""What values are checked against: a type is a name and a function that recognises its values."""

import typing
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import force_setattr

from orchestrator.definitions.metadata import AnyMetadataValue, coerce_metadata
from orchestrator.definitions.names import shorten
from orchestrator.errors import DefinitionError, InvariantError, TypeCheckFunctionError

#: The type of an input or output that passes no value: it orders two ops and no more.
Nothing = type(None)


class TypeCheck(Struct, frozen=True):
    """The verdict on one value.

    Args:
        success: whether the value is of the type.
        description: why not, or what there is to say.
        metadata: recorded with the check.

    Raises:
        DefinitionError: `success` is no bool, or the description no text.
        MetadataError: a value is of a kind that metadata cannot hold.
    """

    success: bool
    description: str | None = None
    metadata: Mapping[str, AnyMetadataValue] | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.success, bool):
            raise DefinitionError(f"`success` of a TypeCheck must be True or False, got {self.success!r:.60}")
        if not isinstance(self.description, str | None):
            raise DefinitionError(f"`description` of a TypeCheck must be text, got {self.description!r:.60}")
        force_setattr(self, "metadata", coerce_metadata(self.metadata, "a TypeCheck"))


class TypeCheckContext(Protocol):
    """What a function that checks a type is given besides the value. A name for annotations."""

    @property
    def resources(self) -> Any:
        """The resources that the type requires, as attributes."""

    @property
    def log(self) -> Any:
        """A logger whose messages are kept with the run."""

    @property
    def run_id(self) -> str:
        """The id of the run."""


class RuntimeTypeLoaderContext(TypeCheckContext, Protocol):
    """What a loader is given besides the config. A name for annotations."""


#: What a function that checks a type is given: the context (its `resources` are those the type requires) and the value.
TypeCheckFunction = Callable[[Any, Any], bool | TypeCheck]

#: The verdict on most values.
PASSED = TypeCheck(success=True)


class Form(Enum):
    """How a type is made of others."""

    PLAIN = "plain"
    LIST = "list"
    SET = "set"
    DICT = "dict"
    TUPLE = "tuple"
    OPTIONAL = "optional"
    UNION = "union"


class RuntimeTypeLoader:
    """Makes a value of a type of run config. Made by `@runtime_type_loader`.

    Args:
        function: takes a `RuntimeTypeLoaderContext` and the config; returns the value.
        config_schema: the config it takes.
        required_resource_keys: the resources it finds in `context.resources`.
    """

    def __init__(
        self,
        function: Callable[[Any, Any], Any],
        config_schema: Any,
        required_resource_keys: AbstractSet[str] | None = None,
    ) -> None:
        if not callable(function):
            raise DefinitionError(f"a type loader must be a function, got {function!r:.60}")
        self.function = function
        self.config_schema = config_schema
        self.required_resource_keys = frozenset(required_resource_keys or ())


def runtime_type_loader(
    config_schema: Any, required_resource_keys: AbstractSet[str] | None = None
) -> Callable[[Callable[[Any, Any], Any]], RuntimeTypeLoader]:
    """Make a function a loader, for `RuntimeType(loader=...)`; used as a decorator.

    Args:
        config_schema: the config the function takes.
        required_resource_keys: the resources it finds in `context.resources`.
    """
    return lambda function: RuntimeTypeLoader(function, config_schema, required_resource_keys)


class RuntimeType:
    """A type whose values are recognised by a function.

    Args:
        type_check_fn: takes a context and the value; returns True, False or a `TypeCheck`.
        key: another way to give the name.
        name: shown in messages and by IO managers.
        description: what values of the type are.
        required_resource_keys: the resources the function finds in `context.resources`.
        typing_type: the Python type values have, for IO managers that store by type.
        metadata: anything to know about the type.
        loader: makes a value of run config, for an input that nothing else gives a value.

    Raises:
        DefinitionError: the function cannot be called, the type has no name, or the loader is none.
    """

    def __init__(
        self,
        type_check_fn: TypeCheckFunction,
        key: str | None = None,
        name: str | None = None,
        *,
        description: str | None = None,
        required_resource_keys: AbstractSet[str] | None = None,
        typing_type: Any = Any,
        metadata: Mapping[str, Any] | None = None,
        loader: RuntimeTypeLoader | None = None,
    ) -> None:
        if not callable(type_check_fn):
            raise DefinitionError(f"`type_check_fn` of a type must be a function, got {type_check_fn!r:.60}")
        chosen = name or key
        if not chosen:
            raise DefinitionError("a type needs a name", hint='add name="..."')
        self.name: str = chosen
        self.description = description
        self.required_resource_keys = frozenset(required_resource_keys or ())
        self.typing_type = typing_type
        self.metadata = coerce_metadata(metadata, f"type `{chosen}`")
        if loader is not None and not isinstance(loader, RuntimeTypeLoader):
            raise DefinitionError(f"`loader` of type `{chosen}` is {loader!r:.60}", hint="use @runtime_type_loader")
        self.loader = loader
        #: Whether it was made of an annotation, and nobody gave it its name.
        self.inferred = False
        #: How it is made of other types, and of which.
        self.form = Form.PLAIN
        self.parts: tuple[RuntimeType, ...] = ()
        self._type_check_fn = type_check_fn

    @property
    def key(self) -> str:
        """The name."""
        return self.name

    @property
    def display_name(self) -> str:
        """The name."""
        return self.name

    @property
    def unique_name(self) -> str:
        """The name."""
        return self.name

    @property
    def is_any(self) -> bool:
        """Whether every value is of this type."""
        return self is ANY

    @property
    def is_nothing(self) -> bool:
        """Whether this type says that there is no value."""
        return self is NOTHING

    @property
    def loadable(self) -> bool:
        """Whether run config can give a value of this type to an input."""
        if self.loader is not None or self in _LOADABLE:
            return True
        return self.form not in (Form.PLAIN, Form.UNION) and all(part.loadable for part in self.parts)

    @property
    def all_resource_keys(self) -> frozenset[str]:
        """The resources that a value needs: to check it, to load it, and those of the types it is made of."""
        of_loader = frozenset() if self.loader is None else frozenset(self.loader.required_resource_keys)
        return self.required_resource_keys.union(of_loader, *(part.all_resource_keys for part in self.parts))

    def type_check(self, context: Any, value: object) -> TypeCheck:
        """The verdict on a value; an exception of the checking function comes through as it is.

        Raises:
            InvariantError: the function returned something else than a verdict.
        """
        verdict = self._type_check_fn(context, value)
        if verdict is True:
            return PASSED
        if verdict is False:
            return TypeCheck(success=False)
        if isinstance(verdict, TypeCheck):
            return verdict
        raise InvariantError(
            f"the function that checks type `{self.name}` returned {show_value(verdict)}",
            hint="return True, False or a TypeCheck",
        )

    def check(self, context: Any, value: object) -> TypeCheck:
        """The verdict on a value, as a step asks for it.

        Raises:
            TypeCheckFunctionError: the checking function raised; the cause is what it raised.
            InvariantError: the function returned something else than a verdict.
        """
        try:
            return self.type_check(context, value)
        except InvariantError:
            raise
        except Exception as error:
            raise TypeCheckFunctionError(
                f"the function that checks type `{self.name}` raised {type(error).__name__}"
            ) from error

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


class PythonObjectType(RuntimeType):
    """The type of the instances of a Python class, or of one of several classes.

    Args:
        python_type: a class or a tuple of classes.
        key: another way to give the name.
        name: if it shall not be the class's.
        description: what values of the type are.
        required_resource_keys: kept for symmetry with `RuntimeType`.
        metadata: anything to know about the type.
        loader: makes a value of run config, for an input that nothing else gives a value.

    Raises:
        DefinitionError: `python_type` is neither a class nor a tuple of classes.
    """

    def __init__(
        self,
        python_type: type | tuple[type, ...],
        key: str | None = None,
        name: str | None = None,
        *,
        description: str | None = None,
        required_resource_keys: AbstractSet[str] | None = None,
        metadata: Mapping[str, Any] | None = None,
        loader: RuntimeTypeLoader | None = None,
    ) -> None:
        classes = python_type if isinstance(python_type, tuple) else (python_type,)
        if not classes or not all(isinstance(item, type) for item in classes):
            raise DefinitionError(f"`python_type` must be a class or a tuple of classes, got {python_type!r:.60}")
        names = " or ".join(item.__name__ for item in classes)
        one = len(classes) == 1
        super().__init__(
            lambda _, value: isinstance(value, python_type) or expected(names, value),
            key,
            name or key or (classes[0].__name__ if one else f"Union[{', '.join(c.__name__ for c in classes)}]"),
            description=description,
            required_resource_keys=required_resource_keys,
            typing_type=classes[0] if one else typing.Union[classes],  # noqa: UP007  made at run time
            metadata=metadata,
            loader=loader,
        )
        self.python_type = python_type


def show_value(value: object) -> str:
    """A value and its type, short enough for a message."""
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  a value that cannot show itself must not hide the message about it
        return f"a {type(value).__name__}"
    return f"{shorten(text)} ({type(value).__name__})"


def expected(what: str, value: object) -> TypeCheck:
    """The verdict on a value that is something else."""
    return TypeCheck(success=False, description=f"expected {what}, got {show_value(value)}")


def _scalar(name: str, python_type: type) -> RuntimeType:
    return RuntimeType(
        lambda _, value: isinstance(value, python_type) or expected(name, value), name=name, typing_type=python_type
    )


INT, FLOAT, STRING, BOOL = _scalar("Int", int), _scalar("Float", float), _scalar("String", str), _scalar("Bool", bool)
SCALARS = frozenset({INT, FLOAT, STRING, BOOL})
#: Every value.
ANY = RuntimeType(lambda _, __: True, name="Any")
#: No value. As the type of an input it orders two ops and passes nothing.
NOTHING = RuntimeType(
    lambda _, value: value is None or expected("no value", value), name="Nothing", typing_type=Nothing
)
#: A dict of anything.
DICT = PythonObjectType(dict)
_LOADABLE = frozenset({INT, FLOAT, STRING, BOOL, ANY, DICT})
