import dagster as dg
from observe import fails

# from_graph and from_op of something else.

with fails("from_graph of a function"):
    dg.AssetsDefinition.from_graph(lambda: 1)
with fails("from_op of a function"):
    dg.AssetsDefinition.from_op(lambda: 1)
