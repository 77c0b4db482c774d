import dagster as dg
from observe import fails, ran, see

# A step that makes no asset.

with fails("definition"):

    @dg.multi_asset(specs=[])
    def lonely(): ...

    see("keys", lonely.keys)
    with fails("run"):
        ran("materialize", dg.materialize([lonely]))
