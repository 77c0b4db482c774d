import dagster as dg
from observe import fails, see

# The code version is part of the definition.


@dg.asset(code_version="v1")
def a():
    return 1


@dg.asset
def b(): ...


see("versions", [a.code_versions_by_key, b.code_versions_by_key])
see("spec", list(a.specs)[0].code_version)
see("op version", a.op.version)
result = dg.materialize([a])
tags = result.get_asset_materialization_events()[0].materialization.tags
see("tag", tags["dagster/code_version"])
with fails("number"):
    dg.asset(name="n", code_version=3)(lambda: 1)
