import dagster as dg
from observe import fails, see

DIFFERS = {"one of two": "the cursor moves when advance_cursor is called, in Dagster when the evaluation has ended"}

# What a context of several assets can do.


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
M = dg.build_multi_asset_sensor_context


def context(**more):
    return M(monitored_assets=KEYS, instance=INSTANCE, definitions=DEFS, **more)


make(a)
make(a)
make(b)
see("newest", sorted(k.to_user_string() for k, r in context().latest_materialization_records_by_key().items() if r))
see("of one", [k.to_user_string() for k in context().latest_materialization_records_by_key([dg.AssetKey("a")])])
see("all of one", len(context().materialization_records_for_key(dg.AssetKey("a"), limit=10)))
see("limited", len(context().materialization_records_for_key(dg.AssetKey("a"), limit=1)))
with fails("of another"):
    context().materialization_records_for_key(dg.AssetKey("zz"), limit=1)
later = context(cursor_from_latest_materializations=True)
see("from latest", sum(r is not None for r in later.latest_materialization_records_by_key().values()))
one_of_two = context()
one_of_two.advance_cursor({dg.AssetKey("a"): one_of_two.latest_materialization_records_by_key()[dg.AssetKey("a")]})
see(
    "one of two",
    sorted(
        k.to_user_string()
        for k, r in context(cursor=one_of_two.cursor).latest_materialization_records_by_key().items()
        if r
    ),
)
see(
    "selection",
    sorted(
        k.to_user_string()
        for k in M(monitored_assets=dg.AssetSelection.all(), instance=INSTANCE, definitions=DEFS).asset_keys
    ),
)
with fails("no definitions"):
    M(monitored_assets=KEYS, instance=INSTANCE)
