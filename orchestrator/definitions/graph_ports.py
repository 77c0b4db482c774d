"""Inputs and outputs of graphs: as they are described, annotated, and returned by a body."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from orchestrator.definitions.composition import Composition, DynamicHandle, InputHandle, OutputHandle, OutputRef
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.ins_and_outs import DEFAULT_OUTPUT
from orchestrator.definitions.names import check_name
from orchestrator.definitions.return_annotations import value_annotation
from orchestrator.definitions.runtime_types import ANY, RuntimeType
from orchestrator.definitions.types import type_of
from orchestrator.errors import DefinitionError


class GraphIn:
    """An input of a graph, described."""

    __slots__ = ("description", "type")

    def __init__(self, description: str | None = None) -> None:
        self.description = description
        #: What the parameter is annotated with; None if it is not, and the node that takes the value says it.
        self.type: RuntimeType | None = None

    def of_type(self, kind: RuntimeType | None) -> "GraphIn":
        """The same input of a type."""
        made = GraphIn(self.description)
        made.type = kind
        return made


class GraphOut:
    """An output of a graph, described."""

    __slots__ = ("description",)

    def __init__(self, description: str | None = None) -> None:
        self.description = description


class GraphOutput(NamedTuple):
    """Where an output of a graph comes from."""

    ref: OutputRef
    #: There are any number of it, each with a mapping key.
    dynamic: bool
    description: str | None = None
    #: What the function is annotated with, if this is its one output.
    type: RuntimeType = ANY


def inputs_of_body(
    where: str,
    names: Sequence[str],
    ins: Mapping[str, GraphIn],
    annotations: Mapping[str, Any],
    said: Mapping[str, str],
) -> dict[str, GraphIn]:
    """The inputs of a graph: what they are annotated with, and what is given or said about them.

    Args:
        where: whose they are, for messages.
        names: of the parameters.
        ins: given descriptions.
        annotations: of the function.
        said: what its docstring says of them.
    """
    inputs = {name: ins.get(name) or GraphIn(said.get(name)) for name in names}
    return {
        name: one.of_type(type_of(annotations[name], f"input `{name}` of {where}")) if name in annotations else one
        for name, one in inputs.items()
    }


def outputs_of_body(
    where: str,
    returned: Any,
    out: GraphOut | Mapping[str, GraphOut] | None,
    composition: Composition,
    annotations: Mapping[str, Any],
    said: str | None,
) -> dict[str, GraphOutput]:
    """The outputs of a graph.

    Args:
        where: whose they are, for messages.
        returned: what its body returned.
        out: given names and descriptions.
        composition: what its body called.
        annotations: of the function; one output is of the type that it is annotated with.
        said: what its docstring says of its one output.

    Raises:
        DefinitionError: what was returned is no output of what the body called, or not what `out` says.
    """
    outputs = _returned(where, returned, out, composition)
    if len(outputs) != 1:
        return outputs
    ((name, output),) = outputs.items()
    if name == DEFAULT_OUTPUT and "return" in annotations:
        output = output._replace(type=type_of(value_annotation(annotations["return"]), f"what {where} returns"))
    return {name: output._replace(description=output.description or said)}


def _returned(
    where: str, returned: Any, out: GraphOut | Mapping[str, GraphOut] | None, composition: Composition
) -> dict[str, GraphOutput]:
    described = {DEFAULT_OUTPUT: out} if isinstance(out, GraphOut) else dict(out or {})
    handles = _named(where, returned, described)
    outputs = {}
    for name, handle in handles.items():
        if isinstance(handle, InputHandle):
            raise DefinitionError(
                f"{where} returns its input `{handle.name}` as it is", hint="return the output of a node"
            )
        if not isinstance(handle, OutputHandle):
            raise DefinitionError(f"{where} returns {handle!r:.60}", hint="return outputs of the nodes it calls")
        ref = composition.source_of(handle)
        assert isinstance(ref, OutputRef)
        description = described[name].description if name in described else None
        outputs[check_name(name, f"output of {where}")] = GraphOutput(
            ref, isinstance(handle, DynamicHandle), description
        )
    return outputs


def _named(where: str, returned: Any, described: Mapping[str, Any]) -> dict[str, Any]:
    names = list(described)
    if isinstance(returned, Mapping):
        if described and set(returned) != set(names):
            raise DefinitionError(f"{where} returns {_listed(returned)}, its out says {_listed(names)}")
        if returned and not described and spoken().graph_dicts_need_out:
            raise DefinitionError(f"{where} returns a dict and has no out", hint="out={...}, with a GraphOut for each")
        return {name: returned[name] for name in names or returned}
    if isinstance(returned, tuple):
        if not described:
            raise DefinitionError(
                f"{where} returns {len(returned)} outputs without names",
                hint='name them: out={"a": GraphOut(), "b": GraphOut()}, or return a dict',
            )
        if len(returned) != len(names):
            raise DefinitionError(f"{where} returns {len(returned)} outputs, its out says {_listed(names)}")
        return dict(zip(names, returned, strict=True))
    given = [] if returned is None else [returned]
    names = names or [DEFAULT_OUTPUT] * len(given)
    if len(names) != len(given):
        raise DefinitionError(f"{where} returns {len(given) or 'no'} output, its out says {_listed(names)}")
    return dict(zip(names, given, strict=True))


def _listed(names: Mapping[str, Any] | AbstractSet[str] | Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
