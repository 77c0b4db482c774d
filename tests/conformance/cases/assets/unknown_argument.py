import dagster as dg
from observe import fails

# An argument the decorator does not know is a TypeError.

with fails("unknown"):

    @dg.asset(colour="red")
    def a(): ...


with fails("positional name"):

    @dg.asset("name")
    def b(): ...
