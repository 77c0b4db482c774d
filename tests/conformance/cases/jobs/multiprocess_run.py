import dagster as dg
from observe import see, steps

import importlib
import sys
from pathlib import Path

# A job run by the multiprocess executor: values, failures and skips are the same. Its processes import the job anew, so it
# stands in a module of its own.

Path("work.py").write_text("""
import dagster as dg

@dg.op
def one():
    return 1

@dg.op
def plus(x):
    return x + 1

@dg.op(out=dg.Out(is_required=False))
def maybe():
    return
    yield

@dg.op
def after(x):
    return x

@dg.op
def bad():
    raise ValueError("no")

@dg.job(executor_def=dg.multiprocess_executor.configured({"max_concurrent": 1}))
def j():
    plus(one())
    after(maybe())
    after.alias("after_bad")(bad())
""")
sys.path.insert(0, str(Path.cwd()))
work = importlib.import_module("work")

with dg.instance_for_test() as instance:
    with dg.execute_job(dg.reconstructable(work.j), instance=instance) as result:
        see("success", result.success)
        see("steps", steps(result))
        see("value", result.output_for_node("plus"))
