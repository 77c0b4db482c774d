import dagster as dg
from observe import fails, ran, see

log = []


class IO(dg.IOManager):
    def __init__(self):
        self.d = {}

    def handle_output(self, context, obj):
        log.append(
            [
                "out",
                context.step_key,
                context.name,
                context.get_identifier()[1:],
                context.has_asset_key,
                dict(context.definition_metadata),
            ]
        )
        self.d[tuple(context.get_identifier())] = obj

    def load_input(self, context):
        log.append(
            [
                "in",
                context.name,
                context.upstream_output.name,
                context.upstream_output.step_key,
                context.op_def.name,
                context.has_asset_key,
            ]
        )
        return self.d[tuple(context.upstream_output.get_identifier())]


@dg.io_manager(
    config_schema={"p": dg.Field(str, default_value="dp", is_required=False)},
    required_resource_keys={"x"},
    output_config_schema={"oc": dg.Field(int, is_required=False, default_value=3)},
)
def iom(init_context):
    log.append(["init", init_context.resource_config, init_context.resources.x])
    return IO()


@dg.op(out={"one": dg.Out(metadata={"q": 1}), "two": dg.Out(io_manager_key="mem")})
def first():
    return 1, 2


@dg.op
def second(a, b):
    return a + b


@dg.job(resource_defs={"io_manager": iom, "mem": dg.mem_io_manager, "x": dg.ResourceDefinition.hardcoded_resource("X")})
def j():
    o, t = first()
    second(o, t)


r = j.execute_in_process()
ran("run", r)
see("log", log)
see("v", r.output_for_node("second"))
see("first", [r.output_for_node("first", "one"), r.output_for_node("first", "two")])
with fails("no such"):
    r.output_for_node("first")
with fails("no node"):
    r.output_for_node("zzz")
with fails("no out"):
    r.output_for_node("first", "three")
