import dagster as dg
from observe import fails, see

# A sensor of several assets has its own cursor.


@dg.op
def one(): ...


@dg.job
def j():
    one()


def told(sensor, context=None):
    found = sensor.evaluate_tick(context or dg.build_sensor_context(instance=INSTANCE))
    requests = [[r.run_key, r.run_config, dict(r.tags), r.job_name] for r in found.run_requests]
    return [requests, bool(found.skip_message), found.cursor]


INSTANCE = dg.DagsterInstance.ephemeral()


@dg.asset
def a():
    return 1


@dg.asset
def b():
    return 1


def make(*assets):
    dg.materialize(list(assets), instance=INSTANCE)


KEYS = [dg.AssetKey("a"), dg.AssetKey("b")]
DEFS = dg.Definitions(assets=[a, b])
make(a, b)


def context():
    return dg.build_multi_asset_sensor_context(monitored_assets=KEYS, instance=INSTANCE, definitions=DEFS)


@dg.multi_asset_sensor(monitored_assets=KEYS, job=j)
def forgets(context):
    return dg.RunRequest("both")


@dg.multi_asset_sensor(monitored_assets=KEYS, job=j)
def skips(context):
    return dg.SkipReason("no")


@dg.multi_asset_sensor(monitored_assets=KEYS, job=j)
def own(context):
    return dg.SensorResult(cursor="q")


@dg.multi_asset_sensor(monitored_assets=KEYS, job=j)
def result(context):
    context.advance_all_cursors()
    return dg.SensorResult(run_requests=[dg.RunRequest("r")])


with fails("forgets"):
    forgets.evaluate_tick(context())
with fails("own"):
    own.evaluate_tick(context())
see("skips", skips.evaluate_tick(context()).skip_message)
see("result", [r.run_key for r in result.evaluate_tick(context()).run_requests])
