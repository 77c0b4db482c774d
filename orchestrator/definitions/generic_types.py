"""Types made of other types: lists, sets, dicts, tuples, unions."""

import typing
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from orchestrator.definitions.runtime_types import (
    PASSED,
    Form,
    RuntimeType,
    TypeCheck,
    TypeCheckFunction,
    expected,
    show_value,
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


def _made_of(
    form: Form, generic: object, parts: Sequence[RuntimeType], name: str, check: TypeCheckFunction
) -> RuntimeType:
    made = RuntimeType(check, name=name, typing_type=_python_type(generic, *(part.typing_type for part in parts)))
    made.form = form
    made.parts = tuple(parts)
    return made


def list_of(item: RuntimeType) -> RuntimeType:
    """A list whose items are of a type."""

    def check(context: Any, value: object) -> TypeCheck:
        if not isinstance(value, list):
            return expected("a list", value)
        return _all(context, ((item, f"item {place}", each) for place, each in enumerate(value)))

    return _made_of(Form.LIST, typing.List, [item], f"[{item.name}]", check)  # noqa: UP006


def set_of(item: RuntimeType) -> RuntimeType:
    """A set whose items are of a type."""

    def check(context: Any, value: object) -> TypeCheck:
        if not isinstance(value, set):
            return expected("a set", value)
        return _all(context, ((item, "an item", each) for each in value))

    return _made_of(Form.SET, typing.Set, [item], f"Set[{item.name}]", check)  # noqa: UP006


def dict_of(key: RuntimeType, item: RuntimeType) -> RuntimeType:
    """A dict whose keys and values are of a type."""

    def parts(value: dict[object, object]) -> Iterator[tuple[RuntimeType, str, object]]:
        for name, each in value.items():
            yield key, "key", name
            yield item, f"item {name!r:.60}", each

    def check(context: Any, value: object) -> TypeCheck:
        return _all(context, parts(value)) if isinstance(value, dict) else expected("a dict", value)

    return _made_of(Form.DICT, typing.Dict, [key, item], f"Dict[{key.name},{item.name}]", check)  # noqa: UP006


def tuple_of(items: Sequence[RuntimeType]) -> RuntimeType:
    """A tuple with one item of each type."""

    def check(context: Any, value: object) -> TypeCheck:
        if not isinstance(value, tuple):
            return expected("a tuple", value)
        if len(value) != len(items):
            return expected(f"a tuple of {len(items)}", value)
        return _all(context, ((items[place], f"item {place}", each) for place, each in enumerate(value)))

    return _made_of(Form.TUPLE, typing.Tuple, items, f"Tuple[{','.join(item.name for item in items)}]", check)  # noqa: UP006


def tuple_of_any_length(item: RuntimeType) -> RuntimeType:
    """A tuple whose items are of a type."""

    def check(context: Any, value: object) -> TypeCheck:
        if not isinstance(value, tuple):
            return expected("a tuple", value)
        return _all(context, ((item, f"item {place}", each) for place, each in enumerate(value)))

    python_type = _python_type(typing.Tuple, item.typing_type, ...)  # noqa: UP006
    return RuntimeType(check, name=f"Tuple[{item.name},...]", typing_type=python_type)


def optional(item: RuntimeType) -> RuntimeType:
    """A value of a type, or None."""
    return _made_of(
        Form.OPTIONAL,
        typing.Optional,
        [item],
        f"{item.name}?",
        lambda context, value: True if value is None else item.type_check(context, value),
    )


def union_of(items: Sequence[RuntimeType]) -> RuntimeType:
    """A value of any of several types."""
    name = f"Union[{','.join(item.name for item in items)}]"

    def check(context: Any, value: object) -> TypeCheck:
        return PASSED if any(item.type_check(context, value).success for item in items) else expected(name, value)

    return _made_of(Form.UNION, typing.Union, items, name, check)
