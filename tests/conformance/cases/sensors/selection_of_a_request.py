import dagster as dg
from observe import see

# Requests of a part of the assets.


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
def a(): ...


@dg.asset
def b(): ...


DEFS = dg.Definitions(assets=[a, b])


@dg.sensor(target=[a, b])
def s(context):
    return dg.RunRequest("k", asset_selection=[dg.AssetKey("a")])


found = s.evaluate_tick(dg.build_sensor_context(INSTANCE, definitions=DEFS))
see("part", [[key.to_user_string() for key in r.asset_selection] for r in found.run_requests])
