import dagster as dg
from observe import see

# Querying runs.


@dg.op
def one():
    return 1


@dg.op
def bad():
    raise ValueError


@dg.job(tags={"team": "x"})
def good():
    one()


@dg.job
def failing():
    bad()


with dg.DagsterInstance.ephemeral() as instance:
    first = good.execute_in_process(instance=instance)
    second = failing.execute_in_process(instance=instance, raise_on_error=False)
    see("count", instance.get_runs_count())
    see("newest first", [r.job_name for r in instance.get_runs()])
    see("limit", [r.job_name for r in instance.get_runs(limit=1)])
    see("by job", [r.job_name for r in instance.get_runs(filters=dg.RunsFilter(job_name="good"))])
    see(
        "by status",
        [r.job_name for r in instance.get_runs(filters=dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE]))],
    )
    see("by tag", [r.job_name for r in instance.get_runs(filters=dg.RunsFilter(tags={"team": "x"}))])
    see("by id", [r.job_name for r in instance.get_runs(filters=dg.RunsFilter(run_ids=[first.run_id]))])
    run = instance.get_run_by_id(second.run_id)
    see("run", [isinstance(run, dg.DagsterRun), run.status, run.is_finished, run.is_success, run.is_failure])
    see("tags", {k: v for k, v in instance.get_run_by_id(first.run_id).tags.items() if not k.startswith("dagster/")})
    see("unknown", instance.get_run_by_id("12345678-1234-1234-1234-123456789012"))
    record = instance.get_run_record_by_id(first.run_id)
    see("record", [isinstance(record, dg.RunRecord), record.dagster_run.job_name, record.start_time <= record.end_time])
    see("records", [r.dagster_run.job_name for r in instance.get_run_records(order_by="id", ascending=True)])
    see("count by job", instance.get_runs_count(filters=dg.RunsFilter(job_name="failing")))
    instance.delete_run(first.run_id)
    see("deleted", instance.get_run_by_id(first.run_id))
