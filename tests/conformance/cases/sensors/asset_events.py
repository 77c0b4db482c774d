import dagster as dg
from observe import see

# Events of assets that a sensor reports.


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


@dg.sensor(job=j)
def s(context):
    return dg.SensorResult(asset_events=[dg.AssetMaterialization("a", metadata={"n": 1}), dg.AssetObservation("b")])


found = s.evaluate_tick(dg.build_sensor_context(INSTANCE))
see("events", [[type(e).__name__, e.asset_key.to_user_string()] for e in found.asset_events])
see("nothing requested", [len(found.run_requests), bool(found.skip_message)])
see("not recorded", INSTANCE.get_latest_materialization_event(dg.AssetKey("a")) is None)
