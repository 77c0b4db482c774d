import dagster as dg
from observe import see

import tempfile

# An instance in a folder keeps what was done.


@dg.asset
def a():
    return 1


with tempfile.TemporaryDirectory() as folder:
    with dg.DagsterInstance.local_temp(folder) as instance:
        dg.materialize([a], instance=instance)
    with dg.DagsterInstance.local_temp(folder) as again:
        see("runs", again.get_runs_count())
        see("known", again.get_asset_keys())
