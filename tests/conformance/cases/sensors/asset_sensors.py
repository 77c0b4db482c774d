import dagster as dg
from observe import see

# A sensor of an asset.


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


B = dg.build_sensor_context


@dg.asset_sensor(asset_key=dg.AssetKey("a"), job=j)
def s(context, asset_event):
    return dg.RunRequest(run_key=asset_event.dagster_event.asset_key.to_user_string())


def short(found):
    return [[r.run_key for r in found.run_requests], bool(found.skip_message), found.cursor is not None]


see("of", [s.name, s.asset_key.to_user_string(), s.minimum_interval_seconds])
see("not made", short(s.evaluate_tick(B(INSTANCE))))
make(b)
see("another was made", short(s.evaluate_tick(B(INSTANCE))))
make(a)
first = s.evaluate_tick(B(INSTANCE))
see("made", short(first))
see("nothing new", short(s.evaluate_tick(B(INSTANCE, cursor=first.cursor))))
make(a)
make(a)
second = s.evaluate_tick(B(INSTANCE, cursor=first.cursor))
see("made twice, asked once", short(second))
see("moved on", int(second.cursor) > int(first.cursor))
see("nothing new again", short(s.evaluate_tick(B(INSTANCE, cursor=second.cursor))))
