import dagster as dg
from observe import fails, ran, see

# Several outputs returned as a tuple, by position.


@dg.op(out={"first": dg.Out(int), "second": dg.Out(str)})
def two():
    return 1, "b"


@dg.op
def use(a, b):
    return f"{a}{b}"


@dg.job
def j():
    first, second = two()
    use(first, second)


result = j.execute_in_process()
ran("run", result)
see("first", result.output_for_node("two", "first"))
see("second", result.output_for_node("two", "second"))
see("used", result.output_for_node("use"))
with fails("default output name"):
    result.output_for_node("two")
