import dagster as dg
from observe import see

# op_exception and outputs in a failure hook.

seen = []


@dg.failure_hook
def look(context):
    seen.append([str(context.op_exception), context.op_output_values])


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def half():
    yield dg.Output(1, "a")
    raise ValueError("the text")


@dg.job(hooks={look})
def j():
    half()


j.execute_in_process(raise_on_error=False)
see("seen", seen)
