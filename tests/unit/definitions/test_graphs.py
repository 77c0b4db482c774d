"""Graphs and jobs, looked at as data, and parts of them."""

import pytest

import orchestrator as dg
from orchestrator.definitions.subgraphs import subgraph
from orchestrator.errors import ArgumentError, DefinitionError, InvocationError, SelectionError


@dg.op
def one():
    return 1


@dg.op(tags={"a": "op", "b": "op"})
def plus(x: int, y: int = 1) -> int:
    """Adds."""
    return x + y


@dg.op
def total(xs):
    return sum(xs)


@dg.graph(ins={"x": dg.GraphIn(description="a number")}, out={"p": dg.GraphOut(), "q": dg.GraphOut()})
def inner(x):
    first = plus(x)
    return {"q": plus.alias("second")(first), "p": first}


@dg.graph
def outer():
    p, q = inner.alias("in")(one())
    return total([p, q, one.alias("uno")()])


def test_nodes_say_what_they_are_and_where_their_values_come_from() -> None:
    assert list(outer.node_dict) == outer.node_names() == ["one", "in", "uno", "total"]
    assert [node.name for node in outer.nodes_in_topological_order][-1] == "total"
    assert [node.name for node in outer.node_defs] == ["one", "inner", "total"]
    assert outer.has_node_named("uno")
    assert not outer.has_config_mapping
    again = dg.GraphDefinition(
        "again",
        node_defs=outer.node_defs,
        dependencies=outer.dependencies,
        output_mappings=outer.output_mappings,
    )
    assert again.execute_in_process().output_value() == outer.execute_in_process().output_value() == 6


def test_inputs_and_outputs_know_their_names_and_types() -> None:
    assert [(port.name, port.dagster_type.name, port.has_default_value) for port in plus.input_defs] == [
        ("x", "Int", False),
        ("y", "Int", True),
    ]
    assert plus.output_def_named("result").dagster_type.name == "Int"
    assert (inner.input_dict["x"].description, inner.input_dict["x"].dagster_type.name) == ("a number", "Int")
    assert list(inner.output_dict) == ["p", "q"]
    assert (inner.has_input("x"), inner.has_output("x")) == (True, False)
    assert inner.input_mappings[0].maps_to == ("plus", "x")
    assert inner.output_mappings[1].maps_from == ("second", "result")


def test_the_tags_of_a_node_are_those_of_its_definition_and_of_its_use() -> None:
    @dg.graph
    def tagged():
        plus.tag({"b": "use"})(one())

    assert tagged.node_dict["plus"].tags == {"a": "op", "b": "use"}


def test_nodes_in_a_circle_are_refused() -> None:
    with pytest.raises(DefinitionError, match=r"feed each other in a circle: `plus` -> `plus`"):
        dg.GraphDefinition("g", node_defs=[plus], dependencies={"plus": {"x": dg.DependencyDefinition("plus")}})


def test_a_misspelt_input_is_refused() -> None:
    with pytest.raises(DefinitionError, match="names `y`, which is no parameter of it"):

        @dg.graph(ins={"y": dg.GraphIn()})
        def g(x):
            plus(x)


def test_an_input_is_given_once() -> None:
    with pytest.raises(InvocationError, match="gives `x` to `plus` twice"):
        dg.graph(name="g")(lambda: plus(one(), x=one()))


def test_several_values_of_one_input_are_a_list() -> None:
    with pytest.raises(DefinitionError, match="which is no output of a node") as caught:
        dg.graph(name="g")(lambda: total((one(), one())))
    assert caught.value.hint == "several values of one input are a list: [...]"


def test_a_part_of_a_graph_keeps_what_still_connects_it() -> None:
    part = subgraph(outer, {"in.plus", "uno", "total"})
    assert list(part.node_dict) == ["in", "uno", "total"]
    assert list(part.node_dict["in"].definition.node_dict) == ["plus"]
    assert list(part.node_dict["in"].definition.outputs) == ["p"]
    assert [source.node for source in part.sources["total", "xs"].sources] == ["in", "uno"]
    assert list(part.outputs) == ["result"]
    assert list(subgraph(outer, {"one"}).outputs) == []


def test_a_part_of_a_job_runs_alone_and_asks_for_what_it_lost() -> None:
    job = outer.to_job()
    part = job.get_subset(op_selection=["in.plus", "uno"])
    assert part.is_subset
    config = {"ops": {"in": {"inputs": {"x": 5}}}}
    result = part.execute_in_process(run_config=config)
    assert (result.output_for_node("in.plus"), result.output_for_node("uno")) == (6, 1)
    assert job.get_subset(op_selection=[]) is job
    with pytest.raises(ArgumentError, match="op_selection of job `outer` is text"):
        job.get_subset(op_selection="uno")
    with pytest.raises(SelectionError, match="the job has no op `nope`"):
        job.get_subset(op_selection=["nope"])


def test_a_part_that_cannot_run_is_refused() -> None:
    class Thing:
        pass

    @dg.op
    def make() -> Thing:
        return Thing()

    @dg.op
    def use(thing: Thing):
        pass

    @dg.job
    def j():
        use(make())

    with pytest.raises(SelectionError, match="leaves too little"):
        j.get_subset(op_selection=["use"])


def test_config_of_what_is_left_out_may_be_given() -> None:
    @dg.op(config_schema=int)
    def number(context):
        return context.op_config

    @dg.job
    def j():
        number.alias("a")()
        number.alias("b")()

    config = {"ops": {"a": {"config": 1}, "b": {"config": 2}}}
    assert j.execute_in_process(config, op_selection=["a"]).output_for_node("a") == 1
    assert j.execute_in_process({"ops": {"a": {"config": 3}}}, op_selection=["a"]).output_for_node("a") == 3


def test_an_op_of_a_compute_function_takes_a_dict_of_inputs() -> None:
    def compute(context, inputs):
        yield dg.Output(inputs["a"] + 1)

    made = dg.OpDefinition(compute, "made", ins={"a": dg.In(int)}, outs={"result": dg.Out(int)})

    @dg.job
    def j():
        made(one())

    assert j.execute_in_process().output_for_node("made") == 2


@pytest.mark.parametrize(("default", "fine"), [(1, True), ("a", False), (None, False)])
def test_a_default_value_is_of_the_type_of_its_input(default: object, fine: bool) -> None:
    def define() -> None:
        dg.op(name="f", ins={"x": dg.In(int, default_value=default)})(lambda x: x)

    if fine:
        define()
    else:
        with pytest.raises(DefinitionError, match="which is no Int"):
            define()


def test_priorities_are_numbers() -> None:
    @dg.graph
    def urgent():
        one.tag({"dagster/priority": "soon"})()

    with pytest.raises(DefinitionError, match="tag `dagster/priority` of `one` is 'soon'"):
        urgent.to_job()
