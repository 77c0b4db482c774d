import dagster as dg
from observe import fails, see

# Definitions are merged, and conflicts are errors.


@dg.asset
def a(): ...


@dg.asset
def b(): ...


@dg.asset(name="a")
def other_a(): ...


@dg.op
def one(): ...


@dg.job
def j():
    one()


merged = dg.Definitions.merge(
    dg.Definitions(assets=[a], resources={"r": 1}), dg.Definitions(assets=[b], jobs=[j], resources={"s": 2})
)
see("assets", merged.resolve_asset_graph().get_all_asset_keys())
see("resources", merged.resources)
see("jobs", [job.name for job in merged.jobs])
with fails("duplicate assets"):
    dg.Definitions.validate_loadable(dg.Definitions.merge(dg.Definitions(assets=[a]), dg.Definitions(assets=[other_a])))
with fails("same asset twice"):
    dg.Definitions.validate_loadable(dg.Definitions.merge(dg.Definitions(assets=[a]), dg.Definitions(assets=[a])))
with fails("resource conflict"):
    dg.Definitions.merge(dg.Definitions(resources={"r": 1}), dg.Definitions(resources={"r": 2}))
with fails("same resource"):
    box = object()
    dg.Definitions.merge(dg.Definitions(resources={"r": box}), dg.Definitions(resources={"r": box}))
with fails("equal resource"):
    dg.Definitions.merge(dg.Definitions(resources={"r": 1}), dg.Definitions(resources={"r": 1}))
with fails("executors"):
    dg.Definitions.merge(
        dg.Definitions(executor=dg.in_process_executor), dg.Definitions(executor=dg.multiprocess_executor)
    )
with fails("one executor"):
    see(
        "executor",
        dg.Definitions.merge(dg.Definitions(executor=dg.in_process_executor), dg.Definitions()).executor.name,
    )
with fails("loggers"):
    dg.Definitions.merge(
        dg.Definitions(loggers={"l": dg.colored_console_logger}), dg.Definitions(loggers={"l": dg.json_console_logger})
    )
see("metadata", dg.Definitions.merge(dg.Definitions(metadata={"a": 1}), dg.Definitions(metadata={"b": 2})).metadata)
with fails("nothing"):
    see("empty", list(dg.Definitions.merge().assets or []))
with fails("not definitions"):
    dg.Definitions.merge(3)
