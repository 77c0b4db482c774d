import dagster as dg
from observe import fails, see

# What the function of a sensor of an asset may answer.


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


make(a)
for label, answer in {
    "nothing": None,
    "request": dg.RunRequest("k"),
    "list": [dg.RunRequest("a"), dg.RunRequest("b")],
    "reason": dg.SkipReason("no"),
    "result": dg.SensorResult(run_requests=[dg.RunRequest("l")]),
}.items():

    @dg.asset_sensor(asset_key=dg.AssetKey("a"), job=j, name="s")
    def s(context, asset_event):
        return answer

    found = s.evaluate_tick(dg.build_sensor_context(INSTANCE))
    see(label, [[r.run_key for r in found.run_requests], bool(found.skip_message), found.cursor is not None])


@dg.asset_sensor(asset_key=dg.AssetKey("a"), job=j)
def yields(context, asset_event):
    yield dg.RunRequest("1")
    yield dg.RunRequest("2")


@dg.asset_sensor(asset_key=dg.AssetKey("a"), job=j)
def own_cursor(context, asset_event):
    context.update_cursor("mine")
    return dg.RunRequest("1")


@dg.asset_sensor(asset_key=dg.AssetKey("a"), job=j)
def without_event(context):
    return dg.RunRequest("only")


@dg.asset_sensor(asset_key=dg.AssetKey("a"), job=j)
def cursor_in_result(context, asset_event):
    return dg.SensorResult(run_requests=[dg.RunRequest("l")], cursor="z")


B = dg.build_sensor_context
see("yields", [r.run_key for r in yields.evaluate_tick(B(INSTANCE)).run_requests])
see("own cursor", own_cursor.evaluate_tick(B(INSTANCE)).cursor != "mine")
see("without event", [r.run_key for r in without_event.evaluate_tick(B(INSTANCE)).run_requests])
with fails("cursor in result"):
    cursor_in_result.evaluate_tick(B(INSTANCE))
see("called", [r.run_key for r in yields(B(INSTANCE))])


def fn(context, asset_event): ...


with fails("key is text"):
    dg.asset_sensor(asset_key="a", job=j)(fn)
