"""How to call a user's function: which parameter takes the context, config, a resource, an input."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.functions import annotations_of, parameters_of, unwrap
from orchestrator.definitions.resources import is_resource_annotation
from orchestrator.errors import DefinitionError

_CONTEXT_NAMES = frozenset({"context", "_context", "context_", "_"})


class Signature(Struct, frozen=True, kw_only=True):
    """How to call a function: which parameter takes what."""

    positional_only: tuple[str, ...] = ()
    context: str | None = None
    config: str | None = None
    resources: tuple[str, ...] = ()
    #: Parameters left over: the inputs, and those of them that have a default value.
    inputs: tuple[str, ...] = ()
    defaults: frozenset[str] = frozenset()
    var_keyword: bool = False
    annotations: dict[str, Any] = {}

    @property
    def returns(self) -> Any:
        """The annotation of the return value; `Any` if there is none."""
        return self.annotations.get("return", Any)


def read_signature(function: Callable[..., Any], where: str) -> Signature:
    """Read which parameter of a function takes what.

    Raises:
        DefinitionError: it takes `*args`, or cannot be read.
    """
    inner = unwrap(function)
    parameters = parameters_of(inner)
    if parameters.var_positional:
        raise DefinitionError(f"{where} takes *args; each input needs a parameter of its own")
    annotations = annotations_of(inner)
    names = parameters.names
    context = _context(names, annotations, where)
    config = "config" if "config" in names else None
    resources: list[str] = []
    inputs: list[str] = []
    for name in names:
        if name in (context, config):
            continue
        annotation = annotations.get(name)
        (resources if annotation is not None and is_resource_annotation(annotation) else inputs).append(name)
    return Signature(
        positional_only=names[: parameters.positional_only],
        context=context,
        config=config,
        resources=tuple(resources),
        inputs=tuple(inputs),
        defaults=parameters.defaults,
        var_keyword=parameters.var_keyword,
        annotations=dict(annotations) if annotations else {},
    )


def _context(names: tuple[str, ...], annotations: Any, where: str) -> str | None:
    if not names:
        return None
    first = names[0]
    annotation = annotations.get(first)
    is_context = getattr(annotation, "is_execution_context", False)
    if first in _CONTEXT_NAMES:
        if isinstance(annotation, type) and not is_context and spoken().contexts_are_named:
            raise DefinitionError(
                f"`{first}` of {where} takes the context, and is annotated with {annotation.__name__}",
                hint="AssetExecutionContext, OpExecutionContext, or nothing",
            )
        return first
    if spoken().contexts_are_named:
        return None
    return first if is_context else "context" if "context" in names else None
