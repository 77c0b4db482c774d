import dagster as dg
from observe import see

# A sensor of several assets.


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


def context(cursor=None):
    return dg.build_multi_asset_sensor_context(
        monitored_assets=KEYS, instance=INSTANCE, definitions=DEFS, cursor=cursor
    )


@dg.multi_asset_sensor(monitored_assets=KEYS, job=j)
def s(context):
    records = context.latest_materialization_records_by_key()
    if all(records.values()):
        context.advance_all_cursors()
        return dg.RunRequest("both")
    return dg.SkipReason(", ".join(sorted(key.to_user_string() for key, one in records.items() if one is None)))


def short(found):
    return [[r.run_key for r in found.run_requests], found.skip_message, found.cursor is not None]


see("none made", short(s.evaluate_tick(context())))
make(a)
see("one made", short(s.evaluate_tick(context())))
make(b)
first = s.evaluate_tick(context())
see("both made", short(first))
see("nothing new", short(s.evaluate_tick(context(first.cursor))))
make(a)
see("one again", short(s.evaluate_tick(context(first.cursor))))
see("called", s(context()).run_key)
see("plain context", short(s.evaluate_tick(dg.build_sensor_context(INSTANCE, definitions=DEFS))))
see("keys", [key.to_user_string() for key in context().asset_keys])
