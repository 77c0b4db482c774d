import dagster as dg
from observe import ran, see

# Resources of assets: classes, nested, functions, generators, plain objects; how often and in which order they start.

log = []


class Base(dg.ConfigurableResource):
    name: str

    def setup_for_execution(self, context):
        log.append(f"setup {self.name}")

    def teardown_after_execution(self, context):
        log.append(f"teardown {self.name}")


class Outer(dg.ConfigurableResource):
    base: Base
    size: int = 2

    def describe(self):
        return f"{self.base.name} x{self.size}"


@dg.resource(required_resource_keys={"base"}, config_schema={"k": dg.Field(int, default_value=3)})
def session(context):
    log.append("session opens")
    try:
        yield f"session {context.resources.base.name} {context.resource_config['k']}"
    finally:
        log.append("session closes")


class Plain:
    value = 5


@dg.asset(required_resource_keys={"session"})
def one(context: dg.AssetExecutionContext):
    log.append("one")
    return context.resources.session


@dg.asset
def two(one, outer: Outer, plain: dg.ResourceParam[Plain]):
    log.append("two")
    return [one, outer.describe(), plain.value]


base = Base(name="b")
resources = {
    "base": base,
    "outer": Outer(base=base),
    "session": session,
    "plain": Plain(),
    "unused": Base(name="unused"),
}
result = dg.materialize([one, two], resources=resources)
ran("run", result)
see("value", result.output_for_node("two"))
see("log", log)
log.clear()
dg.Definitions(assets=[one, two], resources=resources).resolve_implicit_global_asset_job_def().execute_in_process(
    {"resources": {"session": {"config": {"k": 9}}}}
)
see("job log", log)
