import dagster as dg
from observe import fails

# A resource that needs one that is not there, and two that need each other.


@dg.resource(required_resource_keys={"other"})
def needs(context): ...


@dg.resource(required_resource_keys={"x"})
def y(context): ...


@dg.resource(required_resource_keys={"y"})
def x(context): ...


@dg.op(required_resource_keys={"needs"})
def look(context): ...


@dg.op(required_resource_keys={"x"})
def see_x(context): ...


with fails("missing"):

    @dg.job(resource_defs={"needs": needs})
    def j():
        look()


with fails("circle"):

    @dg.job(resource_defs={"x": x, "y": y})
    def k():
        see_x()

    k.execute_in_process()
