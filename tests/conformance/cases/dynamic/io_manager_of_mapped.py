import dagster as dg
from observe import see

# What an IO manager is told about mapped outputs.

told = []


class Keep(dg.IOManager):
    def __init__(self):
        self.values = {}

    def handle_output(self, context, obj):
        told.append([context.step_key, context.name, context.mapping_key])
        self.values[tuple(context.get_identifier()[1:])] = obj

    def load_input(self, context):
        return self.values[tuple(context.upstream_output.get_identifier()[1:])]


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def plus(x):
    return x + 1


@dg.op
def collect(xs):
    return xs


@dg.job(resource_defs={"io_manager": dg.IOManagerDefinition.hardcoded_io_manager(Keep())})
def j():
    collect(numbers().map(plus).collect())


see("value", j.execute_in_process().output_for_node("collect"))
see("told", told)
