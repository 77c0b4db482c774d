import dagster as dg
from observe import fails, see

# resources of other resources through get_resource_context.

DIFFERS = {
    "outside": "a call out of place, no mistake in a definition",
}


class Box(dg.ConfigurableResource):
    size: int = 1

    def where(self):
        context = self.get_resource_context()
        return [type(context).__name__, context.run is not None]


@dg.asset
def a(box: Box):
    return box.where()


with fails("in a run"):
    see("value", dg.materialize([a], resources={"box": Box()}).output_for_node("a"))
with fails("outside"):
    Box().where()
