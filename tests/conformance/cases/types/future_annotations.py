import dagster as dg
from observe import fails, ran, see

import __future__
import typing as t

# from __future__ import annotations changes nothing.

source = """
import dagster as dg
import typing as t

@dg.op
def make(context) -> t.List[int]:
    return [1]

@dg.op
def bad(xs: t.List[str]) -> int:
    return 1

@dg.job
def j():
    bad(make())
"""
space = {"__name__": __name__}
with fails("definition"):
    exec(compile(source, "future", "exec", flags=__future__.annotations.compiler_flag), space)
    see("type", space["make"].outs["result"].dagster_type.display_name)
    ran("run", space["j"].execute_in_process(raise_on_error=False))
