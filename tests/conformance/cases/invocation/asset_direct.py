import dagster as dg
from observe import fails, see

# Calling an asset as a function.


@dg.asset
def up():
    return 1


@dg.asset
def down(up):
    return up + 1


@dg.asset
def with_context(context, up):
    return [up, context.asset_key.to_user_string()]


@dg.asset(deps=[up])
def after():
    return "after"


see("up", up())
see("down", down(5))
see("down by name", down(up=6))
see("with context", with_context(dg.build_asset_context(), 3))
see("after", after())
with fails("missing input"):
    down()
with fails("missing context"):
    with_context(up=1)
see("nested", down(up()))
