"""What config can say about a graph: a tree of ops and graphs with their schemas, and the inputs nothing else gives."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from orchestrator.definitions.config_mapping import ConfigMapping
from orchestrator.definitions.config_scalars import ANYTHING, Bool, Env, Float, Int, Problems, Scalar, String
from orchestrator.definitions.config_schema import ConfigField, ConfigSchema, Path, mismatch
from orchestrator.definitions.config_types import as_config_field
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.runtime_types import Form, RuntimeType

_SCALARS: dict[Any, Scalar] = {int: Int, float: Float, bool: Bool, str: String}
_FILES = ("json", "pickle")


class GivenInput(Struct, frozen=True):
    """The value of an input as config gives it: the value itself, or how to get it."""

    #: `value`; `json` or `pickle`, a file; `loader`, what makes it; `list`, `set` or `dict`, of given inputs; `manager`, no
    #: value but what the input manager is told.
    how: str
    #: The value; the path of the file; the loader and its config; or the parts.
    value: Any


class InputSchema(ConfigSchema):
    """The value of an input: as it is, `{value: ...}`, or `{json: {path: ...}}` or `{pickle: {path: ...}}`.

    Args:
        runtime_type: what the input takes; scalars are checked here, the rest when the step runs.
    """

    def __init__(self, runtime_type: RuntimeType) -> None:
        self._type = runtime_type
        self._value: ConfigSchema = _SCALARS.get(runtime_type.typing_type, ANYTHING)
        self._loader = runtime_type.loader
        if self._loader is not None:
            self._value = as_config_field(self._loader.config_schema)

    @property
    def type_text(self) -> str:
        """How the type reads."""
        if self._loader is not None:
            return self._value.type_text
        text = self._type.name if self._value is ANYTHING else self._value.type_text
        return f"{text}, as it is or as one of value, json, pickle"

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> GivenInput:
        """Where the value comes from."""
        if self._loader is not None:
            return GivenInput("loader", (self._loader, self._value.resolve(raw, path, problems, env)))
        form = self._type.form
        if form is Form.OPTIONAL:
            return GivenInput("value", None) if raw is None else self._part().resolve(raw, path, problems, env)
        if form in (Form.LIST, Form.SET) and self._is(list, raw, path, problems):
            parts = [self._part().resolve(one, (*path, f"[{at}]"), problems, env) for at, one in enumerate(raw)]
            return GivenInput(form.value, parts)
        if form is Form.DICT and self._is(Mapping, raw, path, problems):
            return GivenInput(
                "dict", {key: self._part().resolve(one, (*path, str(key)), problems, env) for key, one in raw.items()}
            )
        of_any = self._value is ANYTHING and self._type.typing_type is not dict
        if (isinstance(raw, Mapping) and self._type.typing_type is not dict) or (
            of_any and spoken().any_needs_selector
        ):
            return self._chosen(raw, path, problems, env)
        return GivenInput("value", self._value.resolve(raw, path, problems, env))

    def _part(self) -> "InputSchema":
        return InputSchema(self._type.parts[-1])

    def _is(self, kind: type, raw: Any, path: Path, problems: Problems) -> bool:
        if not isinstance(raw, kind):
            problems.append(mismatch(path, f"a {'list' if kind is list else 'mapping'}, {self._type.name}", raw))
        return isinstance(raw, kind)

    def _chosen(self, raw: Any, path: Path, problems: Problems, env: Env) -> GivenInput:
        how = next(iter(raw), None) if isinstance(raw, Mapping) and len(raw) == 1 else None
        if how == "value":
            return GivenInput("value", self._value.resolve(raw["value"], (*path, "value"), problems, env))
        file = raw[how].get("path") if how in _FILES and isinstance(raw[how], Mapping) else None
        if not isinstance(file, str):
            problems.append(mismatch(path, self.type_text, raw))
        return GivenInput(str(how), file)

    def example(self) -> Any:
        """A value."""
        if self._type.form in (Form.LIST, Form.SET):
            return []
        if self._loader is None and self._value is ANYTHING:
            return {} if self._type.typing_type is dict else {"value": "..."}
        return self._value.example()

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return msgspec.structs.replace(self._value.describe(name), type=self.type_text)


class ManagerSchema(ConfigSchema):
    """What config says to the input manager that loads an input.

    Args:
        schema: its `input_config_schema`.
    """

    def __init__(self, schema: ConfigSchema) -> None:
        self._schema = schema

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return self._schema.type_text

    @property
    def default(self) -> Any:
        """That of the schema."""
        return self._schema.default

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> GivenInput:
        """What the input manager is told."""
        return GivenInput("manager", self._schema.resolve(raw, path, problems, env))

    def example(self) -> Any:
        """The least a person may write."""
        return self._schema.example()

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return self._schema.describe(name)


class InputConfig(Struct, frozen=True):
    """An input whose value nothing in the graph gives, so that config may."""

    schema: ConfigSchema
    required: bool


class ConfigNode(Struct, frozen=True, kw_only=True):
    """What config can say about an op, an asset or a graph."""

    name: str
    #: Of an op; None takes anything.
    schema: ConfigSchema | None = None
    #: The nodes of a graph.
    children: Mapping[str, "ConfigNode"] = {}
    #: Makes the config of the nodes of a graph.
    mapping: ConfigMapping | None = None
    inputs: Mapping[str, InputConfig] = {}
    #: What the IO managers that store outputs can be told.
    outputs: Mapping[str, ConfigSchema] = {}
    is_graph: bool = False
    #: It is not run, and is checked only if it is given.
    left_out: bool = False


def config_node(
    definition: Any,
    name: str | None = None,
    *,
    given_inputs: Iterable[str] = (),
    managers: Mapping[str, Any] | None = None,
) -> ConfigNode:
    """What config can say about an op or a graph.

    Args:
        definition: an `OpDefinition` or a `GraphDefinition`.
        name: what it is called where it is used.
        given_inputs: inputs that have their value from elsewhere.
        managers: IO and input managers that take config for single values, by resource key.
    """
    own = name or definition.name
    managers = managers or {}
    open_inputs = [one for one in definition.input_names if one not in set(given_inputs)]
    if hasattr(definition, "ins"):
        inputs = {
            one: found
            for one, its in definition.ins.items()
            if (found := _of_input(its, managers, is_open=one in open_inputs)) is not None
        }
        outputs = {
            one: schema
            for one, out in definition.outs.items()
            if (schema := getattr(managers.get(out.io_manager_key), "output_config_schema", None)) is not None
        }
        return ConfigNode(name=own, schema=definition.config_schema, inputs=inputs, outputs=outputs)
    fed: dict[str, set[str]] = {}
    for node, input_name in definition.sources:
        fed.setdefault(node, set()).add(input_name)
    return ConfigNode(
        name=own,
        children={
            child: config_node(inner, child, given_inputs=fed.get(child, ()), managers=managers)
            for child, inner in definition.children.items()
        },
        mapping=definition.config_mapping,
        inputs={one: found for one in open_inputs if (found := _of_graph_input(definition, one)) is not None},
        is_graph=True,
    )


def _of_input(one: Any, managers: Mapping[str, Any], *, is_open: bool) -> InputConfig | None:
    if one.input_manager_key is None:
        return _of_op_input(one) if is_open else None
    schema = getattr(managers.get(one.input_manager_key), "input_config_schema", None)
    return None if schema is None else InputConfig(ManagerSchema(schema), schema.has_required)


def with_left_out(part: ConfigNode, whole: Any) -> ConfigNode:
    """What config can say about a part of a graph: of nodes that are left out as well, but nobody needs it.

    Args:
        part: the part.
        whole: the whole `GraphDefinition`.
    """
    others = {
        name: msgspec.structs.replace(config_node(inner, name), left_out=True)
        for name, inner in whole.children.items()
        if name not in part.children
    }
    return msgspec.structs.replace(part, children={**part.children, **others})


def _of_op_input(one: Any) -> InputConfig | None:
    if one.dagster_type.is_nothing or one.input_manager_key is not None:
        return None
    return InputConfig(InputSchema(one.dagster_type), not one.has_default_value)


def _of_graph_input(graph: Any, name: str) -> InputConfig | None:
    """An input of a graph is of the type it is annotated with, else what it is mapped to, the first if there are several."""
    for (node, input_name), sources in graph.sources.items():
        if any(getattr(source, "input", None) == name for source in sources.sources):
            inner = graph.children[node]
            found = _of_op_input(inner.ins[input_name]) if hasattr(inner, "ins") else _of_graph_input(inner, input_name)
            kind = graph.inputs[name].type
            return found if found is None or kind is None else InputConfig(InputSchema(kind), found.required)
    return None
