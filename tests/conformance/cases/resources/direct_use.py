import dagster as dg
from observe import fails, see

# A configurable resource used without Dagster around it.


class Box(dg.ConfigurableResource):
    size: int
    label: str = "l"

    def double(self):
        return self.size * 2


class Shelf(dg.ConfigurableResource):
    box: Box


box = Box(size=3)
see("method", box.double())
see("nested", Shelf(box=box).box.double())
with fails("frozen"):
    box.size = 4
see("from context", Box.from_resource_context(dg.build_init_resource_context(config={"size": 5})).double())
with box.from_resource_context_cm(dg.build_init_resource_context(config={"size": 6})) as made:
    see("from context cm", made.double())
see("equal", Box(size=1) == Box(size=1))
with fails("wrong"):
    Box(size="x")
