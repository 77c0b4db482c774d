"""Composition: the body of a graph or job is called once, with handles instead of values, and what it calls is written down.

    the user's body -> invoke(node, handles) -> Composition: nodes, and where each input gets its value from -> GraphDefinition

Nothing runs here. A handle stands for an output of a node, or an input of the graph. An output that is unpacked into
several names (`a, b = split(x)`) although the op declares one is split into as many: how many names there are stands in
the byte code of the line that unpacks.
"""

import sys
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple, Protocol, Self

from msgspec import Struct

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.handles import NoValue
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.names import check_name, did_you_mean
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.definitions.specs import AssetSpec
from orchestrator.definitions.tags import check_run_tags
from orchestrator.errors import DefinitionError, InvariantError, InvocationError


class OutputRef(NamedTuple):
    """The value comes from an output of a node of the same graph."""

    node: str
    output: str
    #: All values of a dynamic output, as a list.
    collect: bool = False


class GraphInputRef(NamedTuple):
    """The value comes from an input of the graph."""

    input: str


class AssetRef(NamedTuple):
    """The value is an asset's."""

    key: AssetKey


Source = OutputRef | GraphInputRef | AssetRef


class InputSources(NamedTuple):
    """Where an input gets its value from; a list of values if it fans in."""

    sources: tuple[Source, ...]
    fan_in: bool = False


class Composable(Protocol):
    """What can be called in a body: an op or a graph."""

    name: str
    tags: Mapping[str, str]

    @property
    def input_names(self) -> tuple[str, ...]:
        """The names of the inputs, in order."""

    @property
    def output_names(self) -> tuple[str, ...]:
        """The names of the outputs, in order."""

    def is_dynamic_output(self, name: str) -> bool:
        """Whether a step makes any number of an output."""

    def run_alone(self, *args: Any, **kwargs: Any) -> Any:
        """Run it as a plain function, outside of a graph."""


class GraphNode(Struct, frozen=True, kw_only=True):
    """A node of a graph: a definition under a name, with what is said about this use of it."""

    name: str
    definition: Any
    #: Of the definition and of this use.
    tags: Mapping[str, str] = {}
    hooks: frozenset[HookDefinition] = frozenset()
    retry_policy: RetryPolicy | None = None

    @property
    def hook_defs(self) -> frozenset[HookDefinition]:
        """The hooks of this use."""
        return self.hooks


class NodeCall:
    """A node that is about to be called in a body, with what is said about this call."""

    __slots__ = ("alias_name", "hooks", "node", "retry_policy", "tags")

    def __init__(
        self,
        node: Composable,
        *,
        alias: str | None = None,
        tags: Mapping[str, Any] | None = None,
        hooks: AbstractSet[HookDefinition] = frozenset(),
        retry_policy: RetryPolicy | None = None,
    ) -> None:
        self.node = node
        self.alias_name = None if alias is None else check_name(alias, f"alias of `{node.name}`")
        self.tags = check_run_tags(tags, f"`{node.name}`")
        self.hooks = frozenset(hooks)
        for hook in self.hooks:
            if not isinstance(hook, HookDefinition):
                raise DefinitionError(f"a hook of `{node.name}` is {hook!r:.60}", hint="use @success_hook")
        self.retry_policy = retry_policy

    def alias(self, name: str) -> "NodeCall":
        """The same call under another name."""
        return NodeCall(self.node, alias=name, tags=self.tags, hooks=self.hooks, retry_policy=self.retry_policy)

    def tag(self, tags: Mapping[str, Any] | None) -> "NodeCall":
        """The same call with more tags."""
        return NodeCall(
            self.node,
            alias=self.alias_name,
            tags={**self.tags, **(tags or {})},
            hooks=self.hooks,
            retry_policy=self.retry_policy,
        )

    def with_hooks(self, hook_defs: AbstractSet[HookDefinition]) -> "NodeCall":
        """The same call with more hooks."""
        return NodeCall(
            self.node,
            alias=self.alias_name,
            tags=self.tags,
            hooks=self.hooks | hook_defs,
            retry_policy=self.retry_policy,
        )

    def with_retry_policy(self, retry_policy: RetryPolicy) -> "NodeCall":
        """The same call with another retry policy."""
        return NodeCall(self.node, alias=self.alias_name, tags=self.tags, hooks=self.hooks, retry_policy=retry_policy)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Add the node to the graph that is being composed."""
        return invoke(self, args, kwargs)


class Composition:
    """What a body has called so far. Entered around the call of the body.

    Args:
        where: whose body it is, for messages.
        inputs: names of the graph's inputs.
    """

    def __init__(self, where: str, inputs: Sequence[str] = ()) -> None:
        self.where = where
        self.nodes: dict[str, GraphNode] = {}
        self.dependencies: dict[tuple[str, str], InputSources] = {}
        self.inputs = {name: InputHandle(self, name) for name in inputs}
        self.used_inputs: set[str] = set()
        self._whole: set[OutputRef] = set()

    def __enter__(self) -> Self:
        _active.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        _active.pop()

    def add(self, call: NodeCall, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Add a node and return the handles of its outputs.

        Raises:
            DefinitionError: the name is taken, or an argument is no handle or fits no input.
            InvocationError: an input is given twice.
        """
        node = call.node
        name = self._free_name(call)
        given = self._bind(name, node, args, kwargs)
        sources = {input_name: self._sources(value, name, input_name) for input_name, value in given.items()}
        self.nodes[name] = GraphNode(
            name=name,
            definition=node,
            tags={**node.tags, **call.tags} if call.tags else node.tags,
            hooks=call.hooks,
            retry_policy=call.retry_policy,
        )
        self.dependencies.update({(name, input_name): one for input_name, one in sources.items()})
        handles = [
            (DynamicHandle if node.is_dynamic_output(output) else OutputHandle)(self, OutputRef(name, output))
            for output in node.output_names
        ]
        if len(handles) == 1:
            return handles[0]
        return namedtuple(f"{node.name}_outputs", node.output_names, rename=True)(*handles) if handles else None  # noqa: PYI024  the names are known only now

    def split(self, ref: OutputRef, names: Sequence[str]) -> "list[OutputHandle]":
        """Split the one output of an op into several.

        Raises:
            InvariantError: the node cannot be split, or its output is used whole elsewhere.
        """
        node = self.nodes[ref.node]
        if not hasattr(node.definition, "split") or len(node.definition.output_names) != 1:
            raise InvariantError(
                f"{self.where}: output `{ref.output}` of `{ref.node}` is one value, not {len(names)}",
                hint=f"declare them: out={{{', '.join(f'{name!r}: GraphOut()' for name in names)}}}",
            )
        if ref in self._whole:
            raise InvariantError(f"{self.where}: the output of `{ref.node}` is passed on whole and unpacked too")
        self.nodes[ref.node] = GraphNode(
            name=node.name,
            definition=node.definition.split(names),
            tags=node.tags,
            hooks=node.hooks,
            retry_policy=node.retry_policy,
        )
        return [OutputHandle(self, OutputRef(ref.node, name)) for name in names]

    def source_of(self, handle: "Handle") -> Source:
        """Where the value of a handle comes from.

        Raises:
            DefinitionError: the handle belongs to another graph.
            InvariantError: it stands for an output that was unpacked.
        """
        if handle.composition is not self:
            raise DefinitionError(f"{self.where} uses a value of another graph", hint="pass it in as an input")
        if isinstance(handle, InputHandle):
            self.used_inputs.add(handle.name)
            return GraphInputRef(handle.name)
        assert isinstance(handle, OutputHandle)
        ref = handle.ref
        if ref.output not in self.nodes[ref.node].definition.output_names:
            raise InvariantError(f"{self.where}: the output of `{ref.node}` was unpacked and is used whole too")
        self._whole.add(ref)
        return ref

    def _free_name(self, call: NodeCall) -> str:
        wanted = call.alias_name or call.node.name
        if wanted not in self.nodes:
            return wanted
        if call.alias_name is not None or self.nodes[wanted].definition is not call.node:
            return self._taken(wanted, call)
        count = 2
        while f"{wanted}_{count}" in self.nodes:
            if self.nodes[f"{wanted}_{count}"].definition is not call.node:
                return self._taken(f"{wanted}_{count}", call)
            count += 1
        return f"{wanted}_{count}"

    def _taken(self, name: str, call: NodeCall) -> str:
        sources = [self.nodes[name].definition, call.node]
        raise DefinitionError(
            f"{self.where} has two nodes called `{name}`",
            hint=f'call one by another name: {call.node.name}.alias("...")',
            sources=tuple(dict.fromkeys(node.source for node in sources if hasattr(node, "source"))),
        )

    def _bind(self, name: str, node: Composable, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        if len(args) > len(node.input_names):
            raise DefinitionError(
                f"{self.where} gives {len(args)} inputs to `{name}`, which takes {len(node.input_names)}",
                hint=f"it takes {', '.join(node.input_names)}" if node.input_names else None,
            )
        given = dict(zip(node.input_names, args, strict=False))
        for input_name, value in kwargs.items():
            if input_name not in node.input_names:
                raise DefinitionError(
                    f"{self.where} gives `{input_name}` to `{name}`, which has no such input",
                    hint=did_you_mean(input_name, node.input_names) or f"it takes {', '.join(node.input_names)}",
                )
            if input_name in given:
                raise InvocationError(f"{self.where} gives `{input_name}` to `{name}` twice")
            given[input_name] = value
        return given

    def _sources(self, value: Any, node: str, input_name: str) -> InputSources:
        if isinstance(value, list):
            sources = tuple(self._source(item, node, input_name) for item in value)
            check_fan_in(sources, f"input `{input_name}` of `{node}` in {self.where}")
            return InputSources(sources, fan_in=True)
        return InputSources((self._source(value, node, input_name),))

    def _source(self, value: Any, node: str, input_name: str) -> Source:
        if isinstance(value, DynamicHandle):
            raise DefinitionError(
                f"{self.where} passes the dynamic output `{value.ref.output}` of `{value.ref.node}` to `{node}` as it is",
                hint=".map(...) for each of its values, .collect() for the list of them",
            )
        if isinstance(value, Handle):
            return self.source_of(value)
        if isinstance(value, AssetSpec):
            return AssetRef(value.key)
        if hasattr(value, "keys_by_output_name") and len(value.keys) == 1:
            return AssetRef(value.key)
        if hasattr(value, "_fields"):
            names = ", ".join(f"`{name}`" for name in value._fields)
            raise DefinitionError(f"{self.where} passes several outputs to `{node}`: {names}", hint="pass one of them")
        hint = "a body composes, it does not compute: compute in an op, or give the value by config or input_values"
        if hasattr(value, "output_names"):
            hint = f"call it: {value.name}()"
        elif isinstance(value, tuple):
            hint = "several values of one input are a list: [...]"
        raise DefinitionError(
            f"{self.where} gives {value!r:.60} to input `{input_name}` of `{node}`, which is no output of a node",
            hint=hint,
        )


def check_fan_in(sources: Sequence[Source], where: str) -> None:
    """Check the sources of a list.

    Raises:
        DefinitionError: one is there twice, and Dagster's dialect is spoken.
    """
    if len(set(sources)) < len(sources) and spoken().fan_in_is_of_different:
        raise DefinitionError(f"{where} is a list that holds one output twice", hint="pass it once")


_active: list[Composition] = []


def is_composing() -> bool:
    """Whether the body of a graph or job is being called."""
    return bool(_active)


def invoke(call: NodeCall, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """Add a call to the graph being composed; where none is, run the node as a plain function.

    Raises:
        DefinitionError: the call does not fit.
    """
    if _active:
        return _active[-1].add(call, args, kwargs)
    return call.node.run_alone(*args, **kwargs)


class Handle(NoValue):
    """Stands for a value that a run will have."""

    __slots__ = ("composition",)
    composition: Composition


class InputHandle(Handle):
    """An input of the graph that is being composed."""

    __slots__ = ("name",)

    def __init__(self, composition: Composition, name: str) -> None:
        self.composition = composition
        self.name = name

    def in_words(self) -> tuple[str, str]:
        """Whose body it belongs to, and what it stands for."""
        return self.composition.where, f"input `{self.name}`"

    def __iter__(self) -> Iterator[Any]:
        raise self.refusal("unpacks {}", "unpack it in an op")

    def __getitem__(self, index: object) -> Any:
        raise self.refusal(f"takes item {_without_braces(index)} of {{}}", "take it in an op")


class OutputHandle(Handle):
    """An output of a node of the graph that is being composed."""

    __slots__ = ("ref",)

    def __init__(self, composition: Composition, ref: OutputRef) -> None:
        self.composition = composition
        self.ref = ref

    def in_words(self) -> tuple[str, str]:
        """Whose body it belongs to, and what it stands for."""
        several = len(self.composition.nodes[self.ref.node].definition.output_names) > 1
        return self.composition.where, f"output `{self.ref.output}` of `{self.ref.node}`" if several else (
            f"the output of `{self.ref.node}`"
        )

    def __iter__(self) -> "Iterator[OutputHandle]":
        frame = sys._getframe(1)  # noqa: SLF001  the documented way to one's caller
        names = _unpacked_names(frame.f_code, frame.f_lasti)
        if names is None:
            raise self.refusal(
                "iterates over {}",
                "declare its values: @op(out={...}); or any number of them, one by one: @op(out=DynamicOut())",
            )
        return iter(self.composition.split(self.ref, names))

    def __getitem__(self, index: object) -> Any:
        hint = "take it in an op, or declare several outputs: @op(out={...})"
        raise self.refusal(f"takes item {_without_braces(index)} of {{}}", hint)


class DynamicHandle(OutputHandle):
    """A dynamic output, or what was made of each of its values."""

    __slots__ = ()

    def map(self, fn: Callable[[Any], Any]) -> Any:
        """Call `fn`, a function that composes, for each of the values.

        Returns:
            The handle, or tuple of handles, that `fn` returned, to be mapped or collected in turn.
        """
        if not callable(fn):
            raise DefinitionError(
                f"{self.composition.where} maps {fn!r:.60} over `{self.ref.node}`", hint="map takes an op or a function"
            )
        made = fn(OutputHandle(self.composition, self.ref))
        if isinstance(made, OutputHandle):
            return DynamicHandle(self.composition, made.ref)
        if isinstance(made, tuple) and all(isinstance(one, OutputHandle) for one in made):
            handles = [DynamicHandle(self.composition, one.ref) for one in made]
            return type(made)(*handles) if hasattr(made, "_fields") else tuple(handles)
        if made is None:
            return None
        raise DefinitionError(
            f"{self.composition.where}: what is mapped over `{self.ref.node}` returned {made!r:.60}",
            hint="return the output of an op",
        )

    def collect(self) -> OutputHandle:
        """All the values as one list."""
        return OutputHandle(self.composition, self.ref._replace(collect=True))


def _without_braces(index: object) -> str:
    return f"{index!r:.40}".replace("{", "{{").replace("}", "}}")


def _unpacked_names(code: Any, offset: int) -> list[str] | None:
    """The names that the instruction at `offset` unpacks into; None if it does something else."""
    import dis  # noqa: PLC0415  only where an output is unpacked

    instructions = iter(dis.get_instructions(code))
    at = next((one for one in instructions if one.offset == offset), None)
    if at is None or at.opname != "UNPACK_SEQUENCE":
        return None
    count = at.arg or 0
    names: list[str] = []
    for one in instructions:
        if len(names) >= count or not one.opname.startswith("STORE_"):
            break
        names += [one.argval] if isinstance(one.argval, str) else list(one.argval)
    names = names[:count]
    if len(names) == count and len(set(names)) == count and all(name.isidentifier() for name in names):
        return names
    return [f"part_{number}" for number in range(count)]
