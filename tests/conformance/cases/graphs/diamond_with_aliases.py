import dagster as dg
from observe import fails, ran, see

# One op used four times under names of its own.


@dg.op(ins={"xs": dg.In(list)}, out=dg.Out(int))
def add(context, xs):
    return sum(xs) + context.op_config


@dg.op(config_schema=int)
def start(context):
    return context.op_config


add_with_config = dg.op(
    name="add",
    ins={"xs": dg.In(list)},
    out=dg.Out(int),
    config_schema=dg.Field(int, default_value=0, is_required=False),
)(lambda context, xs: sum(xs) + context.op_config)


@dg.job(tags={"team": "x"}, description="a diamond")
def diamond():
    one = start.alias("top")()
    left = add_with_config.alias("left")([one])
    right = add_with_config.alias("right")([one])
    add_with_config.alias("bottom")([left, right, one])


result = diamond.execute_in_process({"ops": {"top": {"config": 2}, "right": {"config": 10}}})
ran("run", result)
see("bottom", result.output_for_node("bottom"))
see("job", [diamond.name, diamond.description, diamond.tags])
see("nodes", sorted(node.name for node in diamond.graph.nodes))
see("definition names", sorted({node.definition.name for node in diamond.graph.nodes}))
see("node by name", diamond.graph.node_named("left").definition.name)
see("has", [diamond.graph.has_node_named("left"), diamond.graph.has_node_named("add")])


with fails("one output twice in a list"):

    @dg.job
    def twice():
        one = start()
        add([one, one])
