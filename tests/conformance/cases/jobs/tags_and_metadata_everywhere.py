import dagster as dg
from observe import fails, see

# Tags of ops, calls, graphs, jobs and runs: where they are seen, which win.


@dg.op(tags={"op": "1", "both": "op"})
def work(context):
    return dict(context.run.tags)


@dg.graph(tags={"graph": "1"})
def g():
    work.tag({"call": "1", "both": "call"})()
    work.alias("plain")()


job = (
    g.to_job(name="j", tags={"job": "1", "win": "job"}, run_tags={"run": "1", "win": "run"})
    if False
    else g.to_job(name="j", tags={"job": "1", "win": "job"})
)
see("job", job.tags)
result = job.execute_in_process(tags={"given": "1", "win": "given"})
see("run", {k: v for k, v in result.output_for_node("work").items() if not k.startswith(("dagster/", "."))})
see("nodes", {n.name: dict(n.tags) for n in g.nodes})
with fails("number as a value"):
    dg.job(tags={"a": 1})(lambda: work())
with fails("json value"):

    @dg.job(tags={"a": {"b": 1}})
    def with_json():
        work()

    see("json", with_json.tags)
with fails("wrong key"):

    @dg.op(tags={"a b": "c"})
    def spaced():
        pass


with fails("reserved"):

    @dg.job(tags={"dagster/priority": "x"})
    def reserved():
        work()

    reserved.execute_in_process()


@dg.job(metadata={"a": 1, "b": dg.MetadataValue.md("x"), "c": ["l"]})
def described():
    """What it does."""
    work()


see("metadata", described.metadata)
see("description", described.description)
