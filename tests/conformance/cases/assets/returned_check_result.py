import dagster as dg
from observe import ran

NOT_YET = "asset checks come with a later issue"

# Returning a check result where no check was declared.


@dg.asset
def check_result():
    return dg.AssetCheckResult(passed=True)


ran("alone", dg.materialize([check_result], raise_on_error=False))


@dg.asset
def with_value():
    yield dg.Output(1)
    yield dg.AssetCheckResult(passed=True)


ran("yielded", dg.materialize([with_value], raise_on_error=False))
