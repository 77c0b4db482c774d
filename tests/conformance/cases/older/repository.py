import dagster as dg
from observe import fails, see

# A repository lists what there is.


@dg.asset
def a(): ...


@dg.op
def one(): ...


@dg.job
def j():
    one()


@dg.repository
def repo():
    return [a, j, dg.define_asset_job("aj", selection=[a])]


see("name", repo.name)
see("class", [type(repo).__name__, isinstance(repo, dg.RepositoryDefinition)])
see("jobs", sorted(job.name for job in repo.get_all_jobs() if not job.name.startswith("__")))
see("has job", [repo.has_job("j"), repo.has_job("nope")])
see("job", repo.get_job("j").execute_in_process().success)
see("asset job", repo.get_job("aj").execute_in_process().success)
see("asset graph", repo.asset_graph.get_all_asset_keys())
with fails("unknown job"):
    repo.get_job("nope")


@dg.repository(name="named", description="d")
def other():
    return [j]


see("named", [other.name, other.description])
