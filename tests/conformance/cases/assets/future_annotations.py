import dagster as dg
from observe import fails, ran, see

import __future__

# Postponed annotations of values, resources and configs.

DIFFERS = {
    "config": "annotations written as text mean the same as written as objects, everywhere in orch",
    "config value": "the definition does not fail",
}


def defined(source):
    space = {"__name__": __name__, "dg": dg}
    exec(compile(source, "future", "exec", flags=__future__.annotations.compiler_flag), space)
    return space


with fails("values"):
    space = defined(
        """
@dg.asset
def up() -> int:
    return 1

@dg.asset
def down(up: int) -> int:
    return up + 1

@dg.asset(deps=[down])
def void() -> None: ...

@dg.asset
def wrong() -> str:
    return 1
"""
    )
    ran("run", dg.materialize([space[n] for n in ("up", "down", "void")]))
    ran("wrong type", dg.materialize([space["wrong"]], raise_on_error=False))
with fails("op and graph"):
    space = defined(
        """
@dg.asset
def up() -> int:
    return 1

@dg.op
def double(x: int) -> int:
    return x * 2

@dg.graph_asset
def quadruple(up) -> int:
    return double(double(up))
"""
    )
    see("graph", dg.materialize([space["up"], space["quadruple"]]).output_for_node("quadruple"))
with fails("result annotation"):
    space = defined(
        """
@dg.asset
def told() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"n": 1})
"""
    )
    ran("told", dg.materialize([space["told"]]))
with fails("resource"):
    space = defined(
        """
class Box(dg.ConfigurableResource):
    size: int = 3

@dg.asset
def boxed(box: Box) -> int:
    return box.size
"""
    )
    see("resource value", dg.materialize([space["boxed"]], resources={"box": space["Box"]()}).output_for_node("boxed"))
with fails("config"):
    space = defined(
        """
class Settings(dg.Config):
    n: int = 2

@dg.asset
def configured(config: Settings) -> int:
    return config.n
"""
    )
    see("config value", dg.materialize([space["configured"]]).output_for_node("configured"))
