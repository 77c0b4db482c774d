import dagster as dg
from observe import fails, see

import __future__

# A context annotated under `from __future__ import annotations`.

DIFFERS = {
    "definition": "annotations written as text mean the same as written as objects, everywhere in orch",
    "value": "the definition does not fail",
}

source = """
import dagster as dg

@dg.op
def make(context: dg.OpExecutionContext) -> int:
    return len(context.op.name)

@dg.job
def j():
    make()
"""
space = {"__name__": __name__}
with fails("definition"):
    exec(compile(source, "future", "exec", flags=__future__.annotations.compiler_flag), space)
    see("value", space["j"].execute_in_process().output_for_node("make"))
