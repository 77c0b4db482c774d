import dagster as dg
from observe import see

# An instance answers which runs changed their status.


@dg.op
def one():
    return 1


@dg.op
def wrong():
    raise ValueError("no")


@dg.job
def good():
    one()


@dg.job
def bad():
    wrong()


with dg.DagsterInstance.ephemeral() as instance:
    first = good.execute_in_process(instance=instance)
    second = bad.execute_in_process(instance=instance, raise_on_error=False)
    third = good.execute_in_process(instance=instance)
    for kind in (dg.DagsterEventType.RUN_SUCCESS, dg.DagsterEventType.RUN_FAILURE, dg.DagsterEventType.RUN_START):
        found = instance.fetch_run_status_changes(kind, limit=10)
        see(kind.value, [record.event_log_entry.job_name for record in found.records])
    asked = dg.RunStatusChangeRecordsFilter(event_type=dg.DagsterEventType.RUN_SUCCESS)
    found = instance.fetch_run_status_changes(asked, limit=1)
    see("one at a time", [len(found.records), found.has_more])
    see("the newest first", found.records[0].event_log_entry.run_id == third.run_id)
    rest = instance.fetch_run_status_changes(asked, limit=5, cursor=found.cursor)
    see("the rest", [record.event_log_entry.run_id == first.run_id for record in rest.records])
    asked = dg.RunStatusChangeRecordsFilter(event_type=dg.DagsterEventType.RUN_FAILURE, after_timestamp=9e9)
    see("none that late", len(instance.fetch_run_status_changes(asked, limit=5).records))
