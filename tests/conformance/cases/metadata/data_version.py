import dagster as dg
from observe import fails, see

NOT_YET = "the data versions of inputs are recorded with the issue on staleness"

# Data versions given by the user appear as tags, and are kept.


@dg.asset(code_version="c1")
def a():
    return dg.Output(1, data_version=dg.DataVersion("mine"))


@dg.asset
def b(a):
    return 2


with dg.DagsterInstance.ephemeral() as instance:
    result = dg.materialize([a, b], instance=instance)
    events = {e.asset_key.to_user_string(): e.materialization for e in result.get_asset_materialization_events()}
    see(
        "tags of a",
        {
            k: v
            for k, v in events["a"].tags.items()
            if k in ("dagster/data_version", "dagster/code_version", "dagster/data_version_is_user_provided")
        },
    )
    see("tag names of b", sorted(events["b"].tags))
    see("input version", events["b"].tags["dagster/input_data_version/a"])
see("object", [dg.DataVersion("x").value, dg.DataVersion("x") == dg.DataVersion("x")])
with fails("number"):
    dg.DataVersion(3)
