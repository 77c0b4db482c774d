import dagster as dg
from observe import fails, ran, see

# A job of assets with config, tags, hooks, a retry policy and an executor; run with parts and with other config.

calls = []


@dg.success_hook
def noted(context):
    calls.append(context.step_key)


class Conf(dg.Config):
    n: int = 1


tries = []


@dg.asset
def up(config: Conf):
    return config.n


@dg.asset
def shaky(context: dg.AssetExecutionContext, up: int):
    tries.append(context.retry_number)
    if context.retry_number < 1:
        raise ValueError("once")
    return up * 10


@dg.asset
def down(context: dg.AssetExecutionContext, shaky):
    return [shaky, context.run.tags.get("team"), context.job_name]


job = dg.define_asset_job(
    "the_job",
    selection=dg.AssetSelection.all(),
    config=dg.RunConfig(ops={"up": Conf(n=4)}),
    tags={"team": "x"},
    run_tags={"team": "y", "more": "z"},
    metadata={"m": 1},
    hooks={noted},
    op_retry_policy=dg.RetryPolicy(max_retries=1),
    executor_def=dg.in_process_executor,
    description="all of it",
)
defs = dg.Definitions(assets=[up, shaky, down], jobs=[job])
found = defs.resolve_job_def("the_job")
see("job", [found.name, found.description, found.tags, found.run_tags, found.metadata])
result = found.execute_in_process()
ran("run", result)
see("value", result.output_for_node("down"))
see("calls", calls)
see("tries", tries)
see("other config", found.execute_in_process({"ops": {"up": {"config": {"n": 7}}}}).output_for_node("down"))
with dg.DagsterInstance.ephemeral() as instance:
    found.execute_in_process(instance=instance)
    part = found.execute_in_process(instance=instance, asset_selection=[dg.AssetKey("down")])
    see("part", [part.success, sorted(e.asset_key.to_user_string() for e in part.get_asset_materialization_events())])
with fails("unknown part"):
    found.execute_in_process(asset_selection=[dg.AssetKey("nothing")])
with fails("wrong config"):
    found.execute_in_process({"ops": {"up": {"config": {"n": "x"}}}})
with fails("config of another"):
    found.execute_in_process({"ops": {"down": {"config": {"n": 1}, "z": 1}}})
see("implicit job", defs.resolve_implicit_global_asset_job_def().name)
