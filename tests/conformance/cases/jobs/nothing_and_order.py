import dagster as dg
from observe import ran, see

# Order without values: In(Nothing), lists of them, through graphs.

order = []


@dg.op(out=dg.Out(dg.Nothing))
def prepare(context):
    order.append(context.op_handle.name)


@dg.op(ins={"start": dg.In(dg.Nothing)}, out={"done": dg.Out(dg.Nothing), "n": dg.Out(int)})
def load(context):
    order.append(context.op_handle.name)
    yield dg.Output(None, "done")
    yield dg.Output(5, "n")


@dg.graph(ins={"start": dg.GraphIn()}, out={"done": dg.GraphOut(), "n": dg.GraphOut()})
def stage(start):
    done, n = load(start)
    return {"done": done, "n": n}


@dg.op(ins={"after": dg.In(dg.Nothing)})
def finish(n: int):
    order.append("finish")
    return n


@dg.job
def j():
    ready = [prepare.alias(f"p{i}")() for i in range(3)]
    done, n = stage(prepare())
    finish(after=[*ready, done], n=n)


result = j.execute_in_process()
ran("run", result)
see("order", order)
see("n", result.output_for_node("finish"))
see("graph output", result.output_for_node("stage", "n"))
