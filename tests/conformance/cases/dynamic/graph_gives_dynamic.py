import dagster as dg
from observe import fails, ran, see

# A graph whose output is dynamic, mapped where it is used; collected in another graph.


@dg.op(out=dg.DynamicOut(int))
def numbers():
    for n in (3, 1, 2):
        yield dg.DynamicOutput(n, f"n{n}")


@dg.op
def plus(x, y):
    return x + y


@dg.op
def one():
    return 1


@dg.op
def total(xs):
    return sum(xs)


@dg.graph
def source():
    return numbers()


@dg.graph
def worked():
    base = one()
    return source().map(lambda n: plus(n, base))


@dg.graph
def collected(xs):
    return total(xs)


@dg.job
def j():
    collected(worked().collect())


result = j.execute_in_process()
ran("run", result)
see("total", result.output_for_node("collected"))
see("worked", result.output_for_node("worked"))
see("source", result.output_for_node("worked.source"))
see("dynamic", [worked.output_defs[0].is_dynamic, collected.output_defs[0].is_dynamic])
