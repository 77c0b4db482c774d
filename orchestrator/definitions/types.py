"""Types that values are checked against when a step runs: what an annotation or `In(...)` and `Out(...)` asks for.

`type_of` turns whatever a user wrote as a type into a `RuntimeType`. Most functions have no annotations: `ANY` is one
object, so that a step can pass over the check with `is`.
"""

import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import force_setattr

from orchestrator.definitions.metadata import AnyMetadataValue, coerce_metadata
from orchestrator.definitions.names import shorten
from orchestrator.definitions.results import DynamicOutput, MaterializeResult, ObserveResult, Output
from orchestrator.errors import DefinitionError, InvariantError, TypeCheckFunctionError

T = TypeVar("T")

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


#: What a function that checks a type is given: the context (its `resources` are those the type requires) and the value.
TypeCheckFunction = Callable[[Any, Any], bool | TypeCheck]

#: The verdict on most values.
PASSED = TypeCheck(success=True)


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
        loadable: whether config can give a value of the type.

    Raises:
        DefinitionError: the function cannot be called, or the type has no name.
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
        loadable: bool = False,
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
        self.loadable = loadable
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
    ) -> None:
        classes = python_type if isinstance(python_type, tuple) else (python_type,)
        if not classes or not all(isinstance(item, type) for item in classes):
            raise DefinitionError(f"`python_type` must be a class or a tuple of classes, got {python_type!r:.60}")
        expected = " or ".join(item.__name__ for item in classes)
        one = len(classes) == 1
        super().__init__(
            lambda _, value: isinstance(value, python_type) or _expected(expected, value),
            key,
            name or key or (classes[0].__name__ if one else f"Union[{', '.join(c.__name__ for c in classes)}]"),
            description=description,
            required_resource_keys=required_resource_keys,
            typing_type=classes[0] if one else typing.Union[classes],  # noqa: UP007  made at run time
            metadata=metadata,
        )
        self.python_type = python_type


def show_value(value: object) -> str:
    """A value and its type, short enough for a message."""
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  a value that cannot show itself must not hide the message about it
        return f"a {type(value).__name__}"
    return f"{shorten(text)} ({type(value).__name__})"


def _expected(what: str, value: object) -> TypeCheck:
    return TypeCheck(success=False, description=f"expected {what}, got {show_value(value)}")


def _scalar(name: str, python_type: type) -> RuntimeType:
    return RuntimeType(
        lambda _, value: isinstance(value, python_type) or _expected(name, value), name=name, typing_type=python_type
    )


#: Every value.
ANY = RuntimeType(lambda _, __: True, name="Any", loadable=True)
#: No value. As the type of an input it orders two ops and passes nothing.
NOTHING = RuntimeType(
    lambda _, value: value is None or _expected("no value", value), name="Nothing", typing_type=Nothing
)


def _all(context: Any, parts: Iterable[tuple[RuntimeType, str, object]]) -> TypeCheck:
    """The verdict on something made of parts, each with its type and where it stands: the first failure, if any."""
    for part_type, place, part in parts:
        verdict = part_type.type_check(context, part)
        if not verdict.success:
            why = verdict.description or f"expected {part_type.name}, got {show_value(part)}"
            return TypeCheck(success=False, description=f"{place}: {why}", metadata=verdict.metadata)
    return PASSED


def _python_type(generic: Any, *arguments: Any) -> Any:
    """What would be written as `generic[arguments]`; the `List` of typing, since IO managers compare with it."""
    return generic[arguments if len(arguments) != 1 else arguments[0]]


def _made_of(generic: object, items: Sequence[RuntimeType], check: TypeCheckFunction, name: str) -> RuntimeType:
    return RuntimeType(
        check,
        name=name,
        typing_type=_python_type(generic, *(item.typing_type for item in items)),
        loadable=all(item.loadable for item in items) and generic in _LOADABLE,
    )


#: What config can give, if it can give the items.
_LOADABLE = (typing.List, typing.Optional, typing.Set, typing.Dict)  # noqa: UP006


def _list_of(item: RuntimeType) -> RuntimeType:
    def check(context: Any, value: object) -> TypeCheck:
        if not isinstance(value, list):
            return _expected("a list", value)
        return _all(context, ((item, f"item {place}", each) for place, each in enumerate(value)))

    return _made_of(typing.List, [item], check, f"[{item.name}]")  # noqa: UP006


def _set_of(item: RuntimeType) -> RuntimeType:
    def check(context: Any, value: object) -> TypeCheck:
        if not isinstance(value, set):
            return _expected("a set", value)
        return _all(context, ((item, "an item", each) for each in value))

    return _made_of(typing.Set, [item], check, f"Set[{item.name}]")  # noqa: UP006


def _dict_of(key: RuntimeType, item: RuntimeType) -> RuntimeType:
    def parts(value: dict[object, object]) -> Iterator[tuple[RuntimeType, str, object]]:
        for name, each in value.items():
            yield key, "key", name
            yield item, f"item {name!r:.60}", each

    def check(context: Any, value: object) -> TypeCheck:
        return _all(context, parts(value)) if isinstance(value, dict) else _expected("a dict", value)

    return _made_of(typing.Dict, [key, item], check, f"Dict[{key.name},{item.name}]")  # noqa: UP006


def _tuple_of(items: Sequence[RuntimeType]) -> RuntimeType:
    def check(context: Any, value: object) -> TypeCheck:
        if not isinstance(value, tuple):
            return _expected("a tuple", value)
        if len(value) != len(items):
            return _expected(f"a tuple of {len(items)}", value)
        return _all(context, ((items[place], f"item {place}", each) for place, each in enumerate(value)))

    return _made_of(typing.Tuple, items, check, f"Tuple[{','.join(item.name for item in items)}]")  # noqa: UP006


def _tuple_of_any_length(item: RuntimeType) -> RuntimeType:
    def check(context: Any, value: object) -> TypeCheck:
        if not isinstance(value, tuple):
            return _expected("a tuple", value)
        return _all(context, ((item, f"item {place}", each) for place, each in enumerate(value)))

    python_type = _python_type(typing.Tuple, item.typing_type, ...)  # noqa: UP006
    return RuntimeType(check, name=f"Tuple[{item.name},...]", typing_type=python_type)


def _optional(item: RuntimeType) -> RuntimeType:
    return _made_of(
        typing.Optional,
        [item],
        lambda context, value: True if value is None else item.type_check(context, value),
        f"{item.name}?",
    )


def _union_of(items: Sequence[RuntimeType]) -> RuntimeType:
    name = f"Union[{','.join(item.name for item in items)}]"

    def check(context: Any, value: object) -> TypeCheck:
        return PASSED if any(item.type_check(context, value).success for item in items) else _expected(name, value)

    return _made_of(typing.Union, items, check, name)


_BUILT_IN: dict[object, RuntimeType] = {
    Any: ANY,
    None: NOTHING,
    Nothing: NOTHING,
    int: _scalar("Int", int),
    float: _scalar("Float", float),
    str: _scalar("String", str),
    bool: _scalar("Bool", bool),
    list: _list_of(ANY),
    Output: ANY,
    MaterializeResult: ANY,
    ObserveResult: NOTHING,
    DynamicOutput: ANY,
}
#: What classes ask for because their users said so.
_registered: dict[object, RuntimeType] = {}
#: Both, and what `type_of` has worked out.
_known = dict(_BUILT_IN)


def type_of(annotation: object, where: str) -> RuntimeType:
    """The type that an annotation, or what was given as a type, asks for.

    An annotation that says more than a value can be checked for, or that could not be evaluated, asks for any value.

    Args:
        annotation: a class, something of `typing`, a `RuntimeType`, or the text of an annotation.
        where: what it is the type of, for the message.

    Raises:
        DefinitionError: it is nothing that can stand for a type.
    """
    if isinstance(annotation, RuntimeType):
        return annotation
    try:
        found = _known.get(annotation)
    except TypeError:  # not hashable, such as Annotated with a list
        return _resolve(annotation, where)
    if found is None:
        found = _known[annotation] = _resolve(annotation, where)
    return found


def _resolve(annotation: object, where: str) -> RuntimeType:
    if isinstance(annotation, type):
        return _resolve_class(annotation)
    origin = typing.get_origin(annotation)
    if origin is not None:
        arguments = typing.get_args(annotation)
        if not arguments and annotation is not typing.Tuple[()]:  # noqa: UP006  `typing.Dict` and the like, without brackets
            return type_of(_WITHOUT_BRACKETS.get(origin, origin), where)
        resolve = _GENERIC.get(origin)
        return ANY if resolve is None else resolve(arguments, where)
    if isinstance(annotation, typing.NewType):
        return type_of(annotation.__supertype__, where)
    if isinstance(annotation, str) or type(annotation).__module__ == "typing":
        return ANY
    raise DefinitionError(
        f"{where} has the type {annotation!r:.60}, which is no type", hint="use a class, or something of `typing`"
    )


def _resolve_class(python_type: type) -> RuntimeType:
    try:
        isinstance(None, python_type)
    except TypeError:  # a protocol, a TypedDict: nothing that can be told from the value
        return ANY
    return PythonObjectType(python_type)


def _resolve_first(arguments: tuple[Any, ...], where: str) -> RuntimeType:
    return type_of(arguments[0], where)


def _resolve_list(arguments: tuple[Any, ...], where: str) -> RuntimeType:
    item = arguments[0]
    if item is DynamicOutput or typing.get_origin(item) is DynamicOutput:  # the way to return dynamic outputs
        return type_of(item, where)
    return _list_of(type_of(item, where))


def _resolve_tuple(arguments: tuple[Any, ...], where: str) -> RuntimeType:
    if arguments and arguments[-1] is ...:
        return _tuple_of_any_length(type_of(arguments[0], where))
    return _tuple_of([type_of(argument, where) for argument in arguments])


def _resolve_union(arguments: tuple[Any, ...], where: str) -> RuntimeType:
    members = [type_of(argument, where) for argument in arguments if argument is not Nothing]
    whole = members[0] if len(members) == 1 else ANY if ANY in members else _union_of(members)
    return whole if len(members) == len(arguments) else _optional(whole)


_WITHOUT_BRACKETS: dict[object, type] = {Sequence: list, Mapping: dict}
_GENERIC: dict[object, Callable[[tuple[Any, ...], str], RuntimeType]] = {
    typing.Annotated: _resolve_first,
    typing.Union: _resolve_union,
    types.UnionType: _resolve_union,
    Output: _resolve_first,
    MaterializeResult: _resolve_first,
    DynamicOutput: _resolve_first,
    list: _resolve_list,
    Sequence: _resolve_list,
    set: lambda arguments, where: _set_of(type_of(arguments[0], where)),
    dict: lambda arguments, where: _dict_of(type_of(arguments[0], where), type_of(arguments[1], where)),
    Mapping: lambda arguments, where: _dict_of(type_of(arguments[0], where), type_of(arguments[1], where)),
    tuple: _resolve_tuple,
}


def make_python_type_usable_as_runtime_type(python_type: type, runtime_type: RuntimeType) -> None:
    """Let annotations with a class ask for a type of your own.

    Raises:
        DefinitionError: the class has a type already.
    """
    if python_type in _registered or python_type in _BUILT_IN:
        raise DefinitionError(f"class `{python_type.__name__}` has a type already", hint="register a class once")
    _registered[python_type] = runtime_type
    _known.clear()  # the class may be known already, alone or as a part of something
    _known.update(_BUILT_IN)
    _known.update(_registered)


@typing.overload
def usable_as_runtime_type(name: type[T]) -> type[T]: ...


@typing.overload
def usable_as_runtime_type(name: str | None = None, description: str | None = None) -> Callable[[type[T]], type[T]]: ...


def usable_as_runtime_type(
    name: str | type[T] | None = None, description: str | None = None
) -> type[T] | Callable[[type[T]], type[T]]:
    """Give a class a type with a name and description of its own; used as a decorator, with or without arguments.

    Raises:
        DefinitionError: the class has a type already.
    """
    if isinstance(name, type):
        make_python_type_usable_as_runtime_type(name, PythonObjectType(name))
        return name

    def decorate(python_type: type[T]) -> type[T]:
        made = PythonObjectType(python_type, name=name, description=description)
        make_python_type_usable_as_runtime_type(python_type, made)
        return python_type

    return decorate


def check_runtime_type(runtime_type: object, value: object) -> TypeCheck:
    """Check a value against a type, as a test does it.

    Raises:
        DefinitionError: `runtime_type` is nothing that can stand for a type.
        InvariantError: the checking function returned something else than a verdict.
    """
    wanted = ANY if runtime_type is None else type_of(runtime_type, "the value to check")
    return wanted.type_check(None, value)
