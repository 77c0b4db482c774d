"""What an annotation, or what was given as a type, asks for.

`type_of` turns whatever a user wrote into a `RuntimeType`. Most functions have no annotations: `ANY` is one object, so
that a step can pass over the check with `is`.
"""

import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.generic_types import (
    dict_of,
    list_of,
    optional,
    set_of,
    tuple_of,
    tuple_of_any_length,
    union_of,
)
from orchestrator.definitions.results import DynamicOutput, MaterializeResult, ObserveResult, Output
from orchestrator.definitions.runtime_types import (
    ANY,
    BOOL,
    DICT,
    FLOAT,
    INT,
    NOTHING,
    STRING,
    Form,
    Nothing,
    PythonObjectType,
    RuntimeType,
    RuntimeTypeLoader,
    TypeCheck,
)
from orchestrator.errors import DefinitionError

T = TypeVar("T")

_BUILT_IN: dict[object, RuntimeType] = {
    Any: ANY,
    None: NOTHING,
    Nothing: NOTHING,
    int: INT,
    float: FLOAT,
    str: STRING,
    bool: BOOL,
    list: list_of(ANY),
    dict: DICT,
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


def declared_type(given: object, where: str) -> RuntimeType:
    """The type that was given as one, to an `In` or `Out`: as `type_of`, but text names no type.

    Raises:
        DefinitionError: it is nothing that can stand for a type.
    """
    if isinstance(given, str):
        raise DefinitionError(f"{where} has the type {given!r:.60}, which is text", hint="give the class itself")
    return type_of(given, where)


def _resolve(annotation: object, where: str) -> RuntimeType:
    if isinstance(annotation, type):
        return _resolve_class(annotation)
    origin = typing.get_origin(annotation)
    if origin is not None:
        if not hasattr(annotation, "__args__"):  # `typing.Dict` and the like, without brackets
            if spoken().types_are_plain and origin not in _GENERIC:
                raise _no_type(annotation, where)
            return type_of(_WITHOUT_BRACKETS.get(origin, origin), where)
        resolve = _GENERIC.get(origin)
        if spoken().types_are_plain and not _is_plain(annotation, origin):
            raise _no_type(annotation, where)
        return ANY if resolve is None else resolve(typing.get_args(annotation), where)
    if not spoken().types_are_plain:
        if isinstance(annotation, typing.NewType):
            return type_of(annotation.__supertype__, where)
        if isinstance(annotation, str) or type(annotation).__module__ == "typing":
            return ANY
    raise _no_type(annotation, where)


def _is_plain(annotation: object, origin: object) -> bool:
    """Whether an annotation with arguments is one that Dagster understands."""
    arguments = typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return len(arguments) == 2 and Nothing in arguments
    return origin in _GENERIC and origin is not typing.Annotated and ... not in arguments


def _no_type(annotation: object, where: str) -> DefinitionError:
    return DefinitionError(
        f"{where} has the type {annotation!r:.60}, which is no type", hint="use a class, or something of `typing`"
    )


def _resolve_class(python_type: type) -> RuntimeType:
    try:
        isinstance(None, python_type)
    except TypeError:  # a protocol, a TypedDict: nothing that can be told from the value
        return ANY
    made = PythonObjectType(python_type)
    made.inferred = True
    return made


def _resolve_first(arguments: tuple[Any, ...], where: str) -> RuntimeType:
    return type_of(arguments[0], where)


def _resolve_list(arguments: tuple[Any, ...], where: str) -> RuntimeType:
    item = arguments[0]
    if item is DynamicOutput or typing.get_origin(item) is DynamicOutput:  # the way to return dynamic outputs
        return type_of(item, where)
    return list_of(type_of(item, where))


def _resolve_tuple(arguments: tuple[Any, ...], where: str) -> RuntimeType:
    if arguments and arguments[-1] is ...:
        return tuple_of_any_length(type_of(arguments[0], where))
    return tuple_of([type_of(argument, where) for argument in arguments])


def _resolve_union(arguments: tuple[Any, ...], where: str) -> RuntimeType:
    members = [type_of(argument, where) for argument in arguments if argument is not Nothing]
    whole = members[0] if len(members) == 1 else ANY if ANY in members else union_of(members)
    return whole if len(members) == len(arguments) else optional(whole)


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
    set: lambda arguments, where: set_of(type_of(arguments[0], where)),
    dict: lambda arguments, where: dict_of(type_of(arguments[0], where), type_of(arguments[1], where)),
    Mapping: lambda arguments, where: dict_of(type_of(arguments[0], where), type_of(arguments[1], where)),
    tuple: _resolve_tuple,
}


def check_names(types_used: Iterable[RuntimeType], where: str) -> None:
    """Refuse two types of one name; classes may share one.

    Raises:
        DefinitionError: names the type.
    """
    by_name: dict[str, RuntimeType] = {}
    for one in types_used:
        if one.form is not Form.PLAIN:
            check_names((*by_name.values(), *one.parts), where)
        elif not one.inferred and by_name.setdefault(one.name, one) is not one:
            raise DefinitionError(f"{where} uses two different types called `{one.name}`", hint="rename one of them")


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
def usable_as_runtime_type(
    name: str | None = None, description: str | None = None, loader: RuntimeTypeLoader | None = None
) -> Callable[[type[T]], type[T]]: ...


def usable_as_runtime_type(
    name: str | type[T] | None = None, description: str | None = None, loader: RuntimeTypeLoader | None = None
) -> type[T] | Callable[[type[T]], type[T]]:
    """Give a class a type with a name and description of its own; used as a decorator, with or without arguments.

    Raises:
        DefinitionError: the class has a type already.
    """
    if isinstance(name, type):
        make_python_type_usable_as_runtime_type(name, PythonObjectType(name))
        return name

    def decorate(python_type: type[T]) -> type[T]:
        made = PythonObjectType(python_type, name=name, description=description, loader=loader)
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
