import dagster as dg
from observe import fails, see

# An op with dynamic output called as a function; and the same in a job.


@dg.op(out=dg.DynamicOut(int))
def by_yield():
    for n in range(2):
        yield dg.DynamicOutput(n, str(n))


@dg.op(out=dg.DynamicOut(int))
def by_list():
    return [dg.DynamicOutput(n, str(n)) for n in range(2)]


@dg.op(out=dg.DynamicOut(int))
def wrong_type():
    yield dg.DynamicOutput("text", "a")


@dg.op
def annotated() -> list[dg.DynamicOutput[int]]:
    return [dg.DynamicOutput(7, "seven")]


see("yield", [[o.value, o.mapping_key, o.output_name] for o in by_yield()])
see("list", [[o.value, o.mapping_key] for o in by_list()])
with fails("wrong type"):
    list(wrong_type())
see("annotated is dynamic", annotated.output_defs[0].is_dynamic)
see("plain is not", dg.OutputDefinition().is_dynamic if hasattr(dg, "OutputDefinition") else "no such name")
see("dict", [by_yield.output_dict["result"].name, type(by_yield.outs["result"]).__name__])


@dg.job
def j():
    annotated()
    by_list()


result = j.execute_in_process()
see("values", [result.output_for_node("annotated"), result.output_for_node("by_list")])


@dg.job
def bad():
    wrong_type()


with fails("wrong type in a run"):
    bad.execute_in_process()
