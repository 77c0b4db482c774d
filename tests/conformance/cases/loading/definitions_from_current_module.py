import dagster as dg
from observe import see

# Everything of this module becomes Definitions.

DIFFERS = {
    "assets": "Dagster looks into a module of its own and finds nothing; ours looks into the caller's",
    "jobs": "Dagster looks into a module of its own and finds nothing; ours looks into the caller's",
}


@dg.asset
def a(): ...


@dg.op
def one(): ...


@dg.job
def j():
    one()


defs = dg.load_definitions_from_current_module()
see("assets", [s.key for s in defs.resolve_all_asset_specs()])
see("jobs", sorted(job.name for job in defs.resolve_all_job_defs() if not job.name.startswith("__")))
