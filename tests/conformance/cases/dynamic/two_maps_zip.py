import dagster as dg
from observe import ran, see

# Two outputs of one dynamic output of several; each mapped on its own and put together at the end.


@dg.op(out={"evens": dg.DynamicOut(int), "odds": dg.DynamicOut(int), "count": dg.Out(int)})
def split():
    for n in range(5):
        yield dg.DynamicOutput(n, output_name="evens" if n % 2 == 0 else "odds", mapping_key=f"k{n}")
    yield dg.Output(5, "count")


@dg.op
def square(n):
    return n * n


@dg.op
def negate(n):
    return -n


@dg.op
def report(evens, odds, count):
    return {"evens": evens, "odds": odds, "count": count}


@dg.job
def j():
    evens, odds, count = split()
    report(evens.map(square).collect(), odds.map(lambda n: negate(square.alias("square_odd")(n))).collect(), count)


result = j.execute_in_process()
ran("run", result)
see("report", result.output_for_node("report"))
see("evens", result.output_for_node("split", "evens"))
see("odds", result.output_for_node("split", "odds"))
see("square", result.output_for_node("square"))
