import dagster as dg
from observe import see

# RunsFilter with several conditions, and limits and cursors of get_runs.


@dg.op
def one():
    return 1


@dg.job(tags={"a": "1"})
def j():
    one()


@dg.job(tags={"a": "2"})
def k():
    one()


with dg.DagsterInstance.ephemeral() as instance:
    ids = [job.execute_in_process(instance=instance).run_id for job in (j, k, j)]
    see("both", [r.job_name for r in instance.get_runs(filters=dg.RunsFilter(job_name="j", tags={"a": "1"}))])
    see("none", instance.get_runs(filters=dg.RunsFilter(job_name="j", tags={"a": "2"})))
    see("several values", len(instance.get_runs(filters=dg.RunsFilter(tags={"a": ["1", "2"]}))))
    see("cursor", [r.run_id == ids[0] for r in instance.get_runs(cursor=ids[1])])
    see("order", [r.run_id for r in instance.get_runs()] == ids[::-1])
    see("tags of a run", instance.get_run_by_id(ids[0]).tags["a"])
    instance.add_run_tags(ids[0], {"later": "yes"})
    see("added", instance.get_run_by_id(ids[0]).tags["later"])
