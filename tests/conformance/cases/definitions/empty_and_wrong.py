import dagster as dg
from observe import fails, see

# What Definitions takes.

see("empty", len(list(dg.Definitions().resolve_all_job_defs())))
with fails("validate empty"):
    dg.Definitions.validate_loadable(dg.Definitions())


def plain(): ...


@dg.op
def an_op(): ...


@dg.graph
def a_graph(): ...


@dg.asset
def a(): ...


for label, arguments in {
    "function as an asset": {"assets": [plain]},
    "op as an asset": {"assets": [an_op]},
    "string as an asset": {"assets": ["a"]},
    "asset not in a list": {"assets": a},
    "op as a job": {"jobs": [an_op]},
    "asset as a job": {"jobs": [a]},
    "function as a schedule": {"schedules": [plain]},
    "function as a sensor": {"sensors": [plain]},
    "nested list": {"assets": [[a]]},
    "unknown argument": {"things": []},
    "none assets": {"assets": None},
    "job as an asset": {"assets": [a_graph]},
    "tuple": {"assets": (a,)},
}.items():
    with fails(label):
        dg.Definitions(**arguments)
