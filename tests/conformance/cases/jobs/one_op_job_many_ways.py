import dagster as dg
from observe import fails, ran, see

# A job out of a graph with everything to_job takes.


class Settings(dg.Config):
    n: int = 1


@dg.op(required_resource_keys={"box"})
def work(context, config: Settings):
    return [context.resources.box, config.n, context.run.tags.get("a"), context.job_name]


@dg.graph(tags={"g": "1"}, description="of the graph")
def g():
    work()


plain = g.to_job(resource_defs={"box": dg.ResourceDefinition.hardcoded_resource("full")})
ran("plain", plain.execute_in_process())
see("plain tags", plain.execute_in_process(tags={"a": "b"}).output_for_node("work"))
see("names", [plain.name, plain.description, plain.tags])
fuller = g.to_job(
    name="fuller",
    description="of the job",
    resource_defs={"box": dg.ResourceDefinition.hardcoded_resource("fuller")},
    config={"ops": {"work": {"config": {"n": 5}}}},
    tags={"a": "of job", "g": "2"},
    metadata={"owner": "me", "n": 1},
    op_retry_policy=dg.RetryPolicy(max_retries=1),
)
see("fuller", fuller.execute_in_process().output_for_node("work"))
see("config replaced", fuller.execute_in_process({"ops": {"work": {"config": {"n": 6}}}}).output_for_node("work"))
see("config replaced by an empty one", fuller.execute_in_process({}).output_for_node("work"))
see("tags over", fuller.execute_in_process(tags={"a": "of run"}).output_for_node("work"))
see("tags", [fuller.name, fuller.description, fuller.tags])
see("metadata", fuller.metadata)
by_object = g.to_job(
    name="by_object",
    resource_defs={"box": "anything"},
    config=dg.RunConfig(ops={"work": Settings(n=8)}),
)
see("by object", by_object.execute_in_process().output_for_node("work"))


@dg.config_mapping(config_schema={"number": dg.Field(int, default_value=3)})
def simple(value):
    return {"ops": {"work": {"config": {"n": value["number"] * 2}}}}


mapped = g.to_job(name="mapped", resource_defs={"box": None}, config=simple)
see("mapped", mapped.execute_in_process({"number": 10}).output_for_node("work"))
see("mapped with the default", mapped.execute_in_process().output_for_node("work"))
with fails("mapped, other config"):
    mapped.execute_in_process({"ops": {"work": {"config": {"n": 1}}}})
with fails("missing resource"):
    g.to_job(name="missing").execute_in_process()
with fails("bad default config"):
    g.to_job(name="bad", resource_defs={"box": 1}, config={"ops": {"work": {"config": {"n": "x"}}}})
with fails("bad name"):
    g.to_job(name="not good", resource_defs={"box": 1})
with fails("bad tags"):
    g.to_job(name="bad_tags", tags={"a": 1}, resource_defs={"box": 1})
