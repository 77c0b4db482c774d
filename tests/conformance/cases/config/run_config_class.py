import dagster as dg
from observe import fails, see

# RunConfig: its sections, its dict, in jobs, in asset jobs and in materialize.


class A(dg.Config):
    n: int = 1
    names: list[str] = ["x"]
    nested: dict[str, int] = {}


class R(dg.ConfigurableResource):
    url: str = "u"


@dg.asset
def thing(config: A, r: R):
    return [config.n, config.names, config.nested, r.url]


@dg.op
def work(config: A, r: R):
    return [config.n, r.url]


@dg.job(resource_defs={"r": R.configure_at_launch()})
def j():
    work()


config = dg.RunConfig(
    ops={"work": A(n=2, nested={"a": 1})},
    resources={"r": R(url="given")},
    execution=None,
    loggers={"console": {"config": {"log_level": "ERROR"}}},
)
see("dict", config.to_config_dict())
see("run", j.execute_in_process(config).output_for_node("work"))
see("empty", dg.RunConfig().to_config_dict())
see(
    "mixed",
    j.execute_in_process(
        dg.RunConfig(ops={"work": {"config": {"n": 5}}}, resources={"r": {"config": {"url": "z"}}})
    ).output_for_node("work"),
)
result = dg.materialize([thing], run_config=dg.RunConfig(ops={"thing": A(n=9)}), resources={"r": R(url="m")})
see("asset", result.output_for_node("thing"))
with fails("wrong name"):
    dg.materialize([thing], run_config=dg.RunConfig(ops={"thin": A()}), resources={"r": R()})
with fails("not a config"):
    j.execute_in_process(dg.RunConfig(ops={"work": 5}))
with fails("a list"):
    j.execute_in_process([1])
see("validated", dg.validate_run_config(j, config)["ops"]["work"]["config"])
with fails("validated wrong"):
    dg.validate_run_config(j, {"ops": {"work": {"config": {"n": "x"}}}})
