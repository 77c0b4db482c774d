import dagster as dg
from observe import fails

# An input nobody provides and that cannot come from config.


@dg.op
def need(x: list):
    return x


class Thing:
    pass


@dg.op
def need_thing(x: Thing):
    return x


with fails("job with an unconnected thing"):

    @dg.job
    def j():
        need_thing()


with fails("graph with an unconnected thing"):

    @dg.graph
    def g():
        need_thing()


with fails("job of that graph"):
    g.to_job()
