"""What the return annotation of a function says about its outputs."""

from collections import abc
from collections.abc import Callable
from typing import Any, TypeVar

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.functions import unwrap
from orchestrator.definitions.results import DynamicOutput, MaterializeResult, ObserveResult, Output
from orchestrator.definitions.runtime_types import NOTHING
from orchestrator.errors import InvariantError

#: What generators and asynchronous functions are annotated with.
_SEVERAL = (
    abc.Iterator, abc.Generator, abc.Iterable, abc.AsyncIterator, abc.AsyncGenerator, abc.AsyncIterable, abc.Awaitable,
    abc.Coroutine,
)  # fmt: skip


def value_annotation(annotation: Any) -> Any:
    """What a return annotation says about the value: the inner of `Output[int]`; nothing for results and iterators."""
    if annotation is None or annotation is type(None):
        return NOTHING
    origin = getattr(annotation, "__origin__", annotation)
    if origin in (Output, DynamicOutput):
        arguments = getattr(annotation, "__args__", ())
        return arguments[0] if arguments else Any
    if origin is MaterializeResult:
        arguments = getattr(annotation, "__args__", ())
        return arguments[0] if arguments and not isinstance(arguments[0], TypeVar) else Any
    if origin is ObserveResult or origin in _SEVERAL:
        return Any
    if origin is list and any(
        getattr(a, "__origin__", a) is DynamicOutput for a in getattr(annotation, "__args__", ())
    ):
        return value_annotation(annotation.__args__[0])
    return annotation


def is_dynamic(annotation: Any) -> bool:
    """Whether a return annotation says that any number of values is made."""
    origin = getattr(annotation, "__origin__", annotation)
    if origin is list:
        return any(is_dynamic(argument) for argument in getattr(annotation, "__args__", ()))
    return origin is DynamicOutput


def tuple_parts(annotation: Any, count: int, function: Callable[..., Any], where: str) -> list[Any]:
    """The annotation of each of several outputs, where the function is annotated with a tuple of as many.

    Raises:
        InvariantError: Dagster's dialect is spoken, and the annotation says something else.
    """
    if getattr(annotation, "__origin__", None) is tuple:
        arguments = list(getattr(annotation, "__args__", ()))
        if len(arguments) == count and ... not in arguments:
            return [value_annotation(one) for one in arguments]
    announced = annotation is not Any and annotation is not MaterializeResult
    if announced and spoken().returns_are_strict and not yields(function):
        raise InvariantError(
            f"{where} has {count} outputs, its return annotation says {annotation!r:.80}",
            hint="annotate it with a tuple of as many, or not at all",
        )
    return [NOTHING if annotation is None and not yields(function) else Any] * count


def yields(function: Callable[..., Any]) -> bool:
    """Whether a function is a generator, or an asynchronous one."""
    code = getattr(unwrap(function), "__code__", None)
    return code is not None and bool(code.co_flags & (_GENERATOR | _ASYNC_GENERATOR))


_GENERATOR, _ASYNC_GENERATOR = 0x20, 0x200
