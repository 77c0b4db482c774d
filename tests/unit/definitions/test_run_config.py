"""A whole run config, checked against the graph it configures."""

from types import SimpleNamespace
from typing import Any

import pytest

from orchestrator.definitions.config import Config
from orchestrator.definitions.config_mapping import (
    ConfigMapping,
    as_config_mapping,
    config_mapping,
    configured,
    configured_schema,
)
from orchestrator.definitions.config_nodes import ConfigNode, GivenInput, InputConfig, InputSchema, config_node
from orchestrator.definitions.config_schema import resolve_or_raise, shown_path
from orchestrator.definitions.config_types import Field, as_config_field
from orchestrator.definitions.graph_ports import GraphIn
from orchestrator.definitions.run_config import RunConfig, resolve_run_config
from orchestrator.definitions.runtime_types import RuntimeType, RuntimeTypeLoader
from orchestrator.definitions.types import type_of
from orchestrator.errors import ArgumentError, ConfigError, ConfigMappingError


def input_of(annotation):
    return InputSchema(type_of(annotation, "an input"))


class Load(Config):
    limit: int
    note: str = "q"


LEAF = ConfigNode(name="leaf", schema=Load.config_schema_of_class())
PLAIN = ConfigNode(name="plain")


def graph(name, *children, mapping=None, inputs=None):
    return ConfigNode(
        name=name, children={one.name: one for one in children}, mapping=mapping, inputs=inputs or {}, is_graph=True
    )


def resolve(root, given=None, **rest):
    return resolve_run_config(root, given, what="job `j`", env={"TOKEN": "hunter2-long"}, **rest)


def problems(root, given=None, **rest):
    with pytest.raises(ConfigError) as caught:
        resolve(root, given, **rest)
    return [(shown_path(one.path), one.message, one.hint) for one in caught.value.problems]


def test_config_by_op_with_dotted_paths_for_nested_graphs():
    root = graph("j", LEAF, PLAIN, graph("g", LEAF))
    given = {"ops": {"leaf": {"config": {"limit": 1}}, "g": {"ops": {"leaf": {"config": {"limit": 2}}}}}}
    assert resolve(root, given).ops == {"leaf": Load(limit=1), "g.leaf": Load(limit=2)}
    assert resolve(root, {**given, "resources": None}).resources == {}


def test_an_op_without_schema_takes_anything():
    assert resolve(graph("j", PLAIN), {"ops": {"plain": {"config": {"q": 1}}}}).ops == {"plain": {"q": 1}}
    assert resolve(graph("j", PLAIN), {"ops": {"plain": None}}).ops == {}


def test_every_problem_of_a_run_config_comes_at_once():
    given = {
        "opss": {},
        "ops": {"leef": {}, "leaf": {"config": {"limit": "x"}, "confg": 1}},
        "resources": {"dbb": {"config": 1}, "db": {"config": {"url": 3}, "x": 1}},
        "loggers": {"consol": {}},
    }
    resources = {"db": as_config_field({"url": str})}
    assert problems(graph("j", LEAF), given, resources=resources, loggers={"console": None}) == [
        ("opss", "there is no `opss` here; expected `ops`, `resources`, `execution`, `loggers`", "did you mean `ops`?"),
        ("ops.leef", "there is no `leef` here; expected `leaf`", "did you mean `leaf`?"),
        ("ops.leaf.confg", "there is no `confg` here; expected `config`, `inputs`", "did you mean `config`?"),
        ("ops.leaf.config.limit", "expected int, got the text 'x'", None),
        ("resources.dbb", "there is no `dbb` here; expected `db`", "did you mean `db`?"),
        ("resources.db.x", "there is no `x` here; expected `config`", None),
        ("resources.db.config.url", "expected text, got the number 3", None),
        ("loggers.consol", "there is no `consol` here; expected `console`", "did you mean `console`?"),
    ]


def test_config_that_is_required_and_not_given_comes_with_an_example_from_the_top():
    assert problems(graph("j", graph("g", LEAF))) == [
        (
            "ops.g.ops.leaf.config",
            "`config` is required and not given; expected {limit: int, note?: text}",
            "for example ops: {g: {ops: {leaf: {config: {limit: 0}}}}}",
        )
    ]


def test_an_op_inside_a_graph_is_found_for_the_hint():
    hint = problems(graph("j", graph("g", PLAIN)), {"ops": {"plain": {"config": 1}}})[0][2]
    assert hint == "it is inside a graph: ops.g.ops.plain"


def test_sections_that_are_no_mappings_are_refused():
    assert problems(graph("j", PLAIN), {"ops": ["plain"]}) == [
        ("ops", "expected a mapping, got the list ['plain']", None)
    ]
    with pytest.raises(ArgumentError, match="a dict or a RunConfig"):
        resolve(graph("j"), "ops")


def test_only_resources_a_run_uses_must_be_given_their_config():
    db = {
        "db": as_config_field({"url": str}),
        "other": as_config_field({"a": Field(int, default_value=1)}),
        "any": None,
    }
    assert resolve(graph("j"), resources=db).resources == {}
    assert resolve(graph("j"), resources=db, required_resources=["other"]).resources == {"other": {"a": 1}}
    assert resolve(graph("j"), {"resources": {"any": {"config": 3}}}, resources=db).resources == {"any": 3}
    assert problems(graph("j"), resources=db, required_resources=["db"])[0][0] == "resources.db.config"


def test_execution_is_passed_on():
    assert resolve(graph("j"), {"execution": {"config": {"a": 1}}}).execution == {"a": 1}


class Mapped(Config):
    n: int


@config_mapping
def by_class(value: Mapped) -> RunConfig:
    return RunConfig(ops={"leaf": Load(limit=value.n)})


@config_mapping(config_schema={"n": int})
def by_schema(value):
    return {"leaf": {"config": {"limit": value["n"] + 1}}}


@pytest.mark.parametrize(
    ("mapping", "limit"),
    [
        (by_class, 1),
        (by_schema, 2),
        (
            ConfigMapping(lambda raw: {"leaf": {"config": {"limit": raw["n"]}}}, receive_processed_config_values=False),
            1,
        ),
    ],
)
def test_a_graph_makes_config_of_its_nodes_from_its_own(mapping, limit):
    root = graph("j", graph("g", LEAF, mapping=mapping))
    assert resolve(root, {"ops": {"g": {"config": {"n": 1}}}}).ops == {"g.leaf": Load(limit=limit)}


def test_a_graph_with_a_mapping_takes_no_config_of_its_nodes():
    root = graph("j", graph("g", LEAF, mapping=by_schema))
    assert [one[0] for one in problems(root, {"ops": {"g": {"ops": {}}}})] == ["ops.g.ops", "ops.g.config"]
    assert [one[0] for one in problems(graph("g", LEAF, mapping=by_schema), {"ops": {"leaf": {}}})] == [
        "ops.leaf",
        "ops.config",
    ]


def test_fixed_config_of_a_graph_takes_none():
    mapping = as_config_mapping({"leaf": {"config": {"limit": 7}}}, "graph `g`")
    assert resolve(graph("j", graph("g", LEAF, mapping=mapping))).ops == {"g.leaf": Load(limit=7)}


def test_a_mapping_that_makes_wrong_config_is_named():
    mapping = ConfigMapping(lambda _: {"leaf": {"config": {"limit": "bad"}}}, {"n": int})
    found = problems(graph("j", graph("g", LEAF, mapping=mapping)), {"ops": {"g": {"config": {"n": 1}}}})
    message = "the config mapping of graph `g` made: leaf.config.limit: expected int, got the text 'bad'"
    assert found == [("ops.g.config", message, None)]


def test_a_mapping_that_raises_is_an_error_of_its_own():
    def fail(_):
        raise ValueError("boom")

    with pytest.raises(ConfigMappingError, match="the config mapping of graph `g` raised ValueError") as caught:
        resolve(graph("j", graph("g", LEAF, mapping=ConfigMapping(fail))))
    assert str(caught.value.__cause__) == "boom"


def value(one):
    return GivenInput("value", one)


@pytest.mark.parametrize(
    ("python_type", "raw", "given"),
    [
        (int, 5, value(5)),
        (int, {"value": 5}, value(5)),
        (float, 1, value(1.0)),
        (int, {"json": {"path": "a.json"}}, GivenInput("json", "a.json")),
        (Any, {"pickle": {"path": "a"}}, GivenInput("pickle", "a")),
        (Any, {"value": {"q": 1}}, value({"q": 1})),
        (dict, {"q": 1}, value({"q": 1})),
        (list[int], [{"value": 5}, 6], GivenInput("list", [value(5), value(6)])),
        (set[int], [5], GivenInput("set", [value(5)])),
        (dict[str, int], {"a": 1}, GivenInput("dict", {"a": value(1)})),
        (int | None, None, value(None)),
        (int | None, 3, value(3)),
    ],
)
def test_inputs_that_config_gives(python_type, raw, given):
    takes = ConfigNode(name="takes", inputs={"x": InputConfig(input_of(python_type), required=True)})
    assert resolve(graph("j", takes), {"ops": {"takes": {"inputs": {"x": raw}}}}).inputs == {"takes": {"x": given}}


def test_an_input_whose_type_has_a_loader_takes_its_config():
    loader = RuntimeTypeLoader(lambda context, config: config["n"], {"n": int})
    schema = InputSchema(RuntimeType(lambda _, __: True, name="Loaded", loader=loader))
    takes = ConfigNode(name="takes", inputs={"x": InputConfig(schema, required=True)})
    given = resolve(graph("j", takes), {"ops": {"takes": {"inputs": {"x": {"n": 3}}}}}).inputs["takes"]["x"]
    assert given == GivenInput("loader", (loader, {"n": 3}))
    assert problems(graph("j", takes), {"ops": {"takes": {"inputs": {"x": {"m": 3}}}}})[0][0] == "ops.takes.inputs.x.n"


def test_inputs_that_are_wrong_unknown_or_not_given():
    takes = ConfigNode(
        name="takes",
        inputs={
            "x": InputConfig(input_of(int), required=True),
            "y": InputConfig(input_of(str), required=False),
        },
    )
    assert [one[:2] for one in problems(graph("j", takes), {"ops": {"takes": {"inputs": {"x": "s", "z": 1}}}})] == [
        ("ops.takes.inputs.z", "there is no `z` here; expected `x`, `y`"),
        ("ops.takes.inputs.x", "expected int, got the text 's'"),
    ]
    assert problems(graph("j", takes))[0][2] == "for example ops: {takes: {inputs: {x: 0}}}"


def test_inputs_of_the_outermost_graph():
    root = graph("j", inputs={"x": InputConfig(input_of(int), required=True)})
    assert resolve(root, {"inputs": {"x": 3}}).inputs == {"": {"x": GivenInput("value", 3)}}
    assert problems(root)[0][0] == "inputs.x"


def test_a_run_config_in_python_is_written_as_a_person_would():
    given = RunConfig(
        ops={"leaf": Load(limit=1), "g": {"ops": {"leaf": Load(limit=2)}}, "raw": {"config": {"limit": 3}}},
        resources={"db": Mapped(n=4)},
    )
    assert given.to_config_dict() == {
        "ops": {
            "leaf": {"config": {"limit": 1, "note": "q"}},
            "g": {"ops": {"leaf": {"config": {"limit": 2, "note": "q"}}}},
            "raw": {"config": {"limit": 3}},
        },
        "resources": {"db": {"config": {"n": 4}}},
        "loggers": {},
        "execution": {},
    }
    assert resolve(graph("j", LEAF, PLAIN), RunConfig({"leaf": Load(limit=1)})).ops == {"leaf": Load(limit=1)}


def made(schema, raw):
    return resolve_or_raise(schema, raw, "op `load`", {})


def test_configured_fixes_config_or_makes_it():
    inner = as_config_field({"a": int, "b": str})
    fixed = configured_schema(inner, {"a": 1, "b": "x"}, None, "op `load`")
    assert (made(fixed, {}), fixed.has_required) == ({"a": 1, "b": "x"}, False)
    by_function = configured_schema(inner, lambda n: {"a": n, "b": str(n)}, int, "op `load`")
    assert made(by_function, 3) == {"a": 3, "b": "3"}
    with pytest.raises(ConfigError, match="expected int, got the text 'x'"):
        made(by_function, "x")
    wrong = configured_schema(inner, {"a": 1}, None, "op `load`")
    with pytest.raises(ConfigError, match="the config that `configured` gives to op `load`"):
        made(wrong, {})


def test_configured_reads_and_returns_classes_of_config():
    def by_class(value: Mapped) -> Load:
        return Load(limit=value.n)

    schema = configured_schema(Load.config_schema_of_class(), by_class, None, "op `load`")
    assert made(schema, {"n": 3}) == Load(limit=3)


def test_configured_names_what_has_a_name_after_the_function():
    class Op:
        def configured(self, made, name, config_schema=None):
            return (name, made, config_schema)

    def load_some(_):
        return {}

    assert configured(Op(), config_schema=int)(load_some) == ("load_some", load_some, int)
    assert configured(Op(), name="load_all")({"a": 1}) == ("load_all", {"a": 1}, None)


def one_op(name, schema=None, **ins):
    inputs = {
        key: SimpleNamespace(
            dagster_type=type_of(kind, "an input"), has_default_value=key.startswith("opt"), input_manager_key=None
        )
        for key, kind in ins.items()
    }
    return SimpleNamespace(name=name, config_schema=schema, children={}, ins=inputs, outs={}, input_names=tuple(inputs))


def test_the_tree_of_a_graph_knows_which_inputs_are_open():
    takes = one_op("takes", x=int, opt=str, after=None, fed=int)
    inner = SimpleNamespace(
        name="inner",
        children={"takes": takes},
        sources={
            ("takes", "x"): SimpleNamespace(sources=(SimpleNamespace(input="gx"),)),
            ("takes", "fed"): SimpleNamespace(sources=(SimpleNamespace(node="n", output="o"),)),
        },
        config_mapping=None,
        input_names=("gx",),
        inputs={"gx": GraphIn()},
    )
    outer = SimpleNamespace(name="outer", children={"g1": inner}, sources={}, config_mapping=by_schema, input_names=())
    node = config_node(outer)
    assert (node.name, node.mapping, node.is_graph) == ("outer", by_schema, True)
    assert list(node.children["g1"].inputs) == ["gx"]
    assert node.children["g1"].inputs["gx"].required
    assert {name: one.required for name, one in node.children["g1"].children["takes"].inputs.items()} == {"opt": False}
