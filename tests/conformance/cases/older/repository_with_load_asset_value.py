import dagster as dg
from observe import see

# Values loaded through a repository, and a repository of a function of jobs.


@dg.asset
def a():
    return 7


@dg.repository
def repo():
    return dg.with_resources([a], {"io_manager": dg.fs_io_manager.configured({"base_dir": "kept"})})


repo.get_implicit_global_asset_job_def().execute_in_process()
see("value", repo.load_asset_value("a"))
see("by list", repo.load_asset_value(["a"]))
with repo.get_asset_value_loader() as loader:
    see("loader", loader.load_asset_value("a"))
