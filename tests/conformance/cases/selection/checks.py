import dagster as dg
from observe import see

NOT_YET = "asset checks come with a later issue"

# Selections of checks.


@dg.asset
def a(): ...


@dg.asset
def b(): ...


@dg.asset_check(asset=a)
def fine():
    return dg.AssetCheckResult(passed=True)


@dg.asset_check(asset=b)
def good():
    return dg.AssetCheckResult(passed=True)


S = dg.AssetSelection
graph = dg.Definitions(assets=[a, b], asset_checks=[fine, good]).resolve_asset_graph()


def checks(selection):
    return sorted(f"{k.asset_key.to_user_string()}:{k.name}" for k in selection.resolve_checks(graph))


see("of assets", checks(S.assets("a")))
see("for assets", checks(S.checks_for_assets(a)))
see("for assets keys", S.checks_for_assets(a).resolve(graph))
see("one check", checks(S.checks(dg.AssetCheckKey(dg.AssetKey("b"), "good"))))
see("without checks", checks(S.assets("a").without_checks()))
see("all checks", checks(S.all_asset_checks()))
see("minus", checks(S.assets("a", "b") - S.checks_for_assets(a)))
