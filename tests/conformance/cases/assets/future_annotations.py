import dagster as dg
from observe import ran, see

import sys
from pathlib import Path

# Postponed annotations change nothing.

Path("pantry.py").write_text(
    """
from __future__ import annotations
import dagster as dg

class Settings(dg.Config):
    n: int = 2

class Box(dg.ConfigurableResource):
    size: int = 3

@dg.asset
def up(context: dg.AssetExecutionContext) -> int:
    return 1

@dg.asset
def down(context: dg.AssetExecutionContext, up: int, config: Settings, box: Box, plain: dg.ResourceParam[str]) -> int:
    return up + config.n + box.size + len(plain)

@dg.asset(deps=[down])
def void() -> None: ...

@dg.asset
def wrong() -> str:
    return 1

@dg.op
def double(x: int) -> int:
    return x * 2

@dg.graph_asset
def quadruple(up) -> int:
    return double(double(up))
"""
)
sys.path.insert(0, ".")
from pantry import Box, down, quadruple, up, void, wrong

see("inputs", down.keys_by_input_name)
see("resources", down.required_resource_keys)
result = dg.materialize([up, down, void], resources={"box": Box(), "plain": "xyz"})
ran("run", result)
see("value", result.output_for_node("down"))
ran("wrong type", dg.materialize([wrong], raise_on_error=False))
see("graph", dg.materialize([up, quadruple]).output_for_node("quadruple"))
