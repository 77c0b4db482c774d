import dagster as dg
from observe import see

# Resources are independent objects for each run.


class Box(dg.ConfigurableResource):
    name: str = "b"


seen = []


@dg.asset
def a(box: Box) -> None:
    seen.append(box)


box = Box()
dg.materialize([a], resources={"box": box})
dg.materialize([a], resources={"box": box})
see("same as given", [s is box for s in seen])
see("same twice", seen[0] is seen[1])
see("equal", seen[0] == box)
