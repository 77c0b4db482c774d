import dagster as dg
from observe import fails, see


# What is refused as an IO manager.


@dg.asset
def a():
    return 1


class Box(dg.ConfigurableResource):
    size: int = 1


for label, manager in {
    "number": 5,
    "resource": Box(),
    "function": lambda: 1,
    "class": dg.InMemoryIOManager,
    "input manager": dg.InputManager,
}.items():
    with fails(f"materialize with {label}"):
        see(f"run with {label}", dg.materialize([a], resources={"io_manager": manager}).success)


@dg.io_manager
def returns_number():
    return 3


with fails("function returns a number"):
    see("run number", dg.materialize([a], resources={"io_manager": returns_number}, raise_on_error=False).success)
