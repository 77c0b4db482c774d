"""What can be read off a user's function without calling it: parameters, annotations, where it stands."""

import sys
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from orchestrator.errors import DefinitionError, SourceRef

_PACKAGE = str(PurePath(__file__).parent.parent)
_VAR_POSITIONAL, _VAR_KEYWORD = 0x04, 0x08


class Parameters(Struct, frozen=True):
    """The parameters of a function."""

    names: tuple[str, ...]
    #: Those that have a default value.
    defaults: frozenset[str]
    #: How many of `names` can only be given by position.
    positional_only: int
    var_positional: bool
    var_keyword: bool


def unwrap(function: Callable[..., Any]) -> Callable[..., Any]:
    """The innermost function below decorators that used `functools.wraps`."""
    seen = 0
    while (inner := getattr(function, "__wrapped__", None)) is not None and seen < 100:
        function, seen = inner, seen + 1
    return function


def parameters_of(function: Callable[..., Any]) -> Parameters:
    """The parameters of an unwrapped function.

    Reads the code object: building an `inspect.Signature` costs ten times as much, for every asset at start-up.

    Raises:
        DefinitionError: the object cannot be called.
    """
    code = getattr(function, "__code__", None)
    if code is None:
        return _parameters_by_signature(function)
    count = code.co_argcount
    names: tuple[str, ...] = code.co_varnames[: count + code.co_kwonlyargcount]
    defaulted = len(getattr(function, "__defaults__", None) or ())
    defaults = set(names[count - defaulted : count]) | set(getattr(function, "__kwdefaults__", None) or ())
    bound = 1 if getattr(function, "__self__", None) is not None else 0
    return Parameters(
        names[bound:],
        frozenset(defaults),
        max(0, code.co_posonlyargcount - bound),
        bool(code.co_flags & _VAR_POSITIONAL),
        bool(code.co_flags & _VAR_KEYWORD),
    )


def _parameters_by_signature(function: Callable[..., Any]) -> Parameters:
    import inspect  # noqa: PLC0415  only for the rare callable that is no function

    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        raise DefinitionError(f"{function!r} is not a function whose parameters can be read") from None
    kinds = {parameter.kind for parameter in parameters}
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    return Parameters(
        tuple(p.name for p in named),
        frozenset(p.name for p in named if p.default is not p.empty),
        sum(p.kind is p.POSITIONAL_ONLY for p in named),
        inspect.Parameter.VAR_POSITIONAL in kinds,
        inspect.Parameter.VAR_KEYWORD in kinds,
    )


def defaults_of(function: Callable[..., Any]) -> dict[str, Any]:
    """The default values of a function's parameters, by name."""
    code = getattr(function, "__code__", None)
    if code is None:
        import inspect  # noqa: PLC0415  only for the rare callable that is no function

        parameters = inspect.signature(function).parameters.values()
        return {one.name: one.default for one in parameters if one.default is not one.empty}
    values = getattr(function, "__defaults__", None) or ()
    names = code.co_varnames[code.co_argcount - len(values) : code.co_argcount]
    return dict(zip(names, values, strict=True)) | (getattr(function, "__kwdefaults__", None) or {})


def annotations_of(function: Callable[..., Any]) -> Mapping[str, Any]:
    """The annotations of a function, each evaluated if possible, else as text.

    `from __future__ import annotations`, names imported only for type checkers, and the lazy annotations of newer
    Pythons all end up here; none of them may make a definition fail.
    """
    try:
        annotations: Mapping[str, Any] = getattr(function, "__annotations__", None) or {}
    except NameError:  # Python 3.14 evaluates here
        import annotationlib  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

        return annotationlib.get_annotations(  # type: ignore[no-any-return,unused-ignore]
            function, format=annotationlib.Format.FORWARDREF
        )
    if any(isinstance(annotation, str) for annotation in annotations.values()):
        namespace = getattr(function, "__globals__", {})
        return {name: _evaluate(annotation, namespace) for name, annotation in annotations.items()}
    return annotations


def _evaluate(annotation: Any, namespace: dict[str, Any]) -> Any:
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, namespace)  # noqa: S307  the user's own annotation, in the user's own module
    except Exception:  # noqa: BLE001  an annotation that cannot be evaluated stays text
        return annotation


def description_of(given: object, function: Callable[..., Any]) -> str | None:
    """What was given as a description, else the docstring of the function."""
    if given is not None:
        return given  # type: ignore[return-value]  # whoever takes it checks it
    doc = function.__doc__
    if not doc:
        return None
    if "\n" not in doc:
        return doc.strip()
    import inspect  # noqa: PLC0415  only to unindent a docstring of several lines

    return inspect.cleandoc(doc)


def name_of(function: Callable[..., Any]) -> str:
    """The name of a function.

    Raises:
        DefinitionError: it has none of its own.
    """
    name = getattr(function, "__name__", None)
    if not isinstance(name, str) or name == "<lambda>":
        raise DefinitionError(f"{function!r:.80} has no name of its own", hint="name=...")
    return name


def source_of(function: Callable[..., Any]) -> SourceRef:
    """Where a function is written."""
    code = getattr(function, "__code__", None)
    if code is None:
        return caller_source()
    return SourceRef(code.co_filename, code.co_firstlineno)


def caller_source() -> SourceRef:
    """Where the code outside orch stands that is being executed now."""
    frame = sys._getframe(1)  # noqa: SLF001  the documented way to one's caller's line
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return SourceRef(frame.f_code.co_filename, frame.f_lineno)
