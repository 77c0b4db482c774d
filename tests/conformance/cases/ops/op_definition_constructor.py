import dagster as dg
from observe import see

# OpDefinition made directly from a generator function.


def compute(context, inputs):
    yield dg.Output(inputs["a"] + 1)


made = dg.OpDefinition(name="made", ins={"a": dg.In(int)}, outs={"result": dg.Out(int)}, compute_fn=compute)


@dg.op
def one():
    return 1


@dg.job
def j():
    made(one())


see("value", j.execute_in_process().output_for_node("made"))
see("name", made.name)
