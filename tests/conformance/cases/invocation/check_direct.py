import dagster as dg
from observe import fails, see

NOT_YET = "asset checks come with a later issue"

# Calling an asset check directly.


@dg.asset
def a():
    return 1


@dg.asset_check(asset=a)
def ok(context, a):
    return dg.AssetCheckResult(passed=a > 0, metadata={"n": a})


result = ok(dg.build_asset_check_context(), 5)
see("passed", result.passed)
see("metadata", result.metadata)
with fails("no input"):
    ok(dg.build_asset_check_context())
