import dagster as dg
from observe import fails

# What validation finds.


class Box(dg.ConfigurableResource):
    size: int = 1


@dg.asset
def needs_box(box: Box): ...


@dg.asset
def fine(): ...


@dg.op(required_resource_keys={"r"})
def op_needs(context): ...


@dg.job
def job_needs():
    op_needs()


for label, arguments in {
    "fine": {"assets": [fine]},
    "missing resource": {"assets": [needs_box]},
    "resource there": {"assets": [needs_box], "resources": {"box": Box()}},
    "wrong class of resource": {"assets": [needs_box], "resources": {"box": 5}},
    "job without resource": {"jobs": [job_needs]},
    "selection without match": {"assets": [fine], "jobs": [dg.define_asset_job("j", selection="nope")]},
    "selection of a group without match": {
        "assets": [fine],
        "jobs": [dg.define_asset_job("j", selection=dg.AssetSelection.groups("nope"))],
    },
}.items():
    with fails(label):
        dg.Definitions.validate_loadable(dg.Definitions(**arguments))
