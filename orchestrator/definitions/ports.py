"""The inputs and outputs of a node as values that know their names, for programs that look at definitions."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orchestrator.definitions.nodes import Node


class Port:
    """An input or output of a node: its name, and all that its `In` or `Out` says."""

    __slots__ = ("name", "of")

    def __init__(self, name: str, of: Any) -> None:
        self.name = name
        self.of = of

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self.of, attribute)

    def __repr__(self) -> str:
        return f"<Port {self.name}: {self.of.dagster_type.name}>"


def inputs_of(node: "Node") -> dict[str, Port]:
    """The inputs of a node, by name."""
    return {name: Port(name, node.input_of(name)) for name in node.input_names}


def outputs_of(node: "Node") -> dict[str, Port]:
    """The outputs of a node, by name."""
    return {name: Port(name, node.output_of(name)) for name in node.output_names}
