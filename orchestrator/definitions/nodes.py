"""What ops and graphs have in common: a node has a name, and can be called in a body under another name."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from orchestrator.definitions.composition import NodeCall, invoke
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.ports import Port, inputs_of, outputs_of
from orchestrator.definitions.retries import RetryPolicy


class Node:
    """An op or a graph."""

    __slots__ = ()
    name: str
    tags: Mapping[str, str]

    @property
    def input_names(self) -> tuple[str, ...]:
        """The names of the inputs, in order."""
        raise NotImplementedError

    @property
    def output_names(self) -> tuple[str, ...]:
        """The names of the outputs, in order."""
        raise NotImplementedError

    def input_of(self, name: str) -> Any:
        """The `In` of an input."""
        raise NotImplementedError

    def output_of(self, name: str) -> Any:
        """The `Out` of an output."""
        raise NotImplementedError

    def is_dynamic_output(self, name: str) -> bool:
        """Whether a step makes any number of an output."""
        raise NotImplementedError

    @property
    def input_dict(self) -> dict[str, Port]:
        """The inputs, by name."""
        return inputs_of(self)

    @property
    def input_defs(self) -> list[Port]:
        """The inputs, in order."""
        return list(inputs_of(self).values())

    @property
    def output_dict(self) -> dict[str, Port]:
        """The outputs, by name."""
        return outputs_of(self)

    @property
    def output_defs(self) -> list[Port]:
        """The outputs, in order."""
        return list(outputs_of(self).values())

    def has_input(self, name: str) -> bool:
        """Whether there is an input of this name."""
        return name in self.input_names

    def has_output(self, name: str) -> bool:
        """Whether there is an output of this name."""
        return name in self.output_names

    def input_def_named(self, name: str) -> Port:
        """The input of this name."""
        return self.input_dict[name]

    def output_def_named(self, name: str) -> Port:
        """The output of this name."""
        return self.output_dict[name]

    def alias(self, name: str) -> NodeCall:
        """The same node under another name, to be called in the body of a graph or job."""
        return NodeCall(self, alias=name)

    def tag(self, tags: Mapping[str, Any] | None) -> NodeCall:
        """The same node with more tags, to be called in the body of a graph or job."""
        return NodeCall(self, tags=tags)

    def with_hooks(self, hook_defs: AbstractSet[HookDefinition]) -> NodeCall:
        """The same node with more hooks, to be called in the body of a graph or job."""
        return NodeCall(self, hooks=hook_defs)

    def with_retry_policy(self, retry_policy: RetryPolicy) -> NodeCall:
        """The same node with another retry policy, to be called in the body of a graph or job."""
        return NodeCall(self, retry_policy=retry_policy)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Add the node to the graph that is being composed; anywhere else, run it as a plain function."""
        return invoke(NodeCall(self), args, kwargs)

    def run_alone(self, *args: Any, **kwargs: Any) -> Any:
        """Run it as a plain function, outside of a graph."""
        raise NotImplementedError
