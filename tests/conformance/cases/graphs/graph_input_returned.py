import dagster as dg
from observe import fails

# A graph that hands an input through.

with fails("definition"):

    @dg.graph
    def g(x):
        return x
