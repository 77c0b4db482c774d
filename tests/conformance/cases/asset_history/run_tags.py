import dagster as dg
from observe import fails, see

# Runs are found by their tags.


@dg.asset
def a() -> None: ...


with dg.DagsterInstance.ephemeral() as instance:
    dg.materialize([a], instance=instance, tags={"colour": "red"})
    dg.materialize([a], instance=instance, tags={"colour": "blue"})
    see("red", [r.tags["colour"] for r in instance.get_runs(filters=dg.RunsFilter(tags={"colour": "red"}))])
    see("newest first", [r.tags["colour"] for r in instance.get_runs()])
    see("limit", len(instance.get_runs(limit=1)))
    records = instance.get_run_records()
    see("records", [type(r).__name__ for r in records])
    see("times", all(r.start_time <= r.end_time for r in records))
    run_id = instance.get_runs()[0].run_id
    instance.delete_run(run_id)
    see("deleted", [instance.get_run_by_id(run_id), len(instance.get_runs())])
    with fails("bad tag"):
        dg.materialize([a], instance=instance, tags={"colour": 3})
