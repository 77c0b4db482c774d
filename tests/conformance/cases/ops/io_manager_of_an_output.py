import dagster as dg
from observe import fails, see

# An output with an IO manager of its own.


class Keep(dg.IOManager):
    def __init__(self):
        self.values = {}

    def handle_output(self, context, obj):
        self.values[tuple(context.get_identifier()[1:])] = obj

    def load_input(self, context):
        return ["loaded", self.values[tuple(context.upstream_output.get_identifier()[1:])]]


keep = Keep()


@dg.op(out={"a": dg.Out(io_manager_key="keep"), "b": dg.Out()})
def pair():
    return 1, 2


@dg.op
def use(x, y):
    return [x, y]


@dg.job(resource_defs={"keep": keep})
def j():
    a, b = pair()
    use(a, b)


result = j.execute_in_process()
see("used", result.output_for_node("use"))
see("stored", [list(k) for k in keep.values])
see("value", result.output_for_node("pair", "a"))
with fails("unknown key"):

    @dg.op(out=dg.Out(io_manager_key="nope"))
    def lost():
        return 1

    @dg.job
    def k():
        lost()
