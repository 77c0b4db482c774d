import dagster as dg
from observe import fails, see

# Tags of a job, of the call, and reserved ones.


@dg.op
def tags(context):
    return {k: v for k, v in context.run.tags.items() if not k.startswith("dagster/") or k == "dagster/priority"}


@dg.job(tags={"a": "job", "b": "job", "dagster/priority": "3"})
def j():
    tags()


result = j.execute_in_process(tags={"b": "call", "c": "call"})
see("tags", result.output_for_node("tags"))
see("run record", {k: v for k, v in result.dagster_run.tags.items() if k in "abc"})
with fails("number"):
    dg.job(tags={"a": 1})(lambda: None)
with fails("dict value"):

    @dg.job(tags={"a": {"x": 1}})
    def k():
        tags()

    see("dict tag", k.tags)
