import dagster as dg
from observe import see

# The type of context.log and its metadata.


@dg.op
def look(context):
    return [
        isinstance(context.log, dg.DagsterLogManager),
        hasattr(context.log, "warn"),
        hasattr(context.log, "setLevel"),
    ]


@dg.job
def j():
    look()


see("facts", j.execute_in_process().output_for_node("look"))
