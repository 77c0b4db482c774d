import dagster as dg
from observe import see

# create_repository_using_definitions_args makes a repository from the same arguments.


@dg.asset
def a(): ...


repo = dg.create_repository_using_definitions_args("repo", assets=[a], jobs=[dg.define_asset_job("j")])
see("name", repo.name)
see("jobs", sorted(job.name for job in repo.get_all_jobs() if not job.name.startswith("__")))
