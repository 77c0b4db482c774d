import dagster as dg
from observe import fails, see

from typing import Optional, List, Dict


class Inner(dg.Config):
    a: int = 1
    tags: List[str] = []


class C(dg.Config):
    name: str
    inner: Inner = Inner()
    opt: Optional[float] = None
    m: Dict[str, int] = {"z": 1}


@dg.asset
def a(context: dg.AssetExecutionContext, config: C):
    return [
        config.name,
        config.inner.a,
        config.inner.tags,
        config.opt,
        config.m,
        dict(context.op_execution_context.op_config),
    ]


r = dg.materialize([a], run_config={"ops": {"a": {"config": {"name": "n", "inner": {"a": 5}, "opt": 2.0}}}})
see("v", r.output_for_node("a"))
with fails("required"):
    dg.materialize([a])
with fails("nested wrong"):
    dg.materialize([a], run_config={"ops": {"a": {"config": {"name": "n", "inner": {"a": "q"}}}}})
with fails("ctor"):
    C(name=1)
see("direct", a(dg.build_asset_context(), C(name="d"))[:5] if False else C(name="d").model_dump())
see("rc", dg.RunConfig(ops={"a": C(name="x")}).to_config_dict())
see(
    "rc2", dg.materialize([a], run_config=dg.RunConfig(ops={"a": {"config": {"name": "dict"}}})).output_for_node("a")[0]
)
