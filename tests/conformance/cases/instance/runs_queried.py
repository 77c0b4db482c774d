import dagster as dg
from observe import see

# What an instance knows of the runs that were done with it.


@dg.op(config_schema={"fail": dg.Field(bool, default_value=False)})
def work(context):
    if context.op_config["fail"]:
        raise ValueError("no")
    context.log_event(dg.AssetMaterialization("thing", metadata={"run": context.run.job_name}))


@dg.job(tags={"team": "a"})
def one():
    work()


@dg.job
def two():
    work()


with dg.DagsterInstance.ephemeral() as instance:
    a = one.execute_in_process(instance=instance, tags={"x": "1"})
    b = two.execute_in_process({"ops": {"work": {"config": {"fail": True}}}}, instance=instance, raise_on_error=False)
    c = one.execute_in_process(instance=instance)
    names = {a.run_id: "a", b.run_id: "b", c.run_id: "c"}

    def ids(**filters):
        return [names[run.run_id] for run in instance.get_runs(filters=dg.RunsFilter(**filters))]

    see("all", [names[run.run_id] for run in instance.get_runs()])
    see("by job", ids(job_name="one"))
    see("by status", ids(statuses=[dg.DagsterRunStatus.FAILURE]))
    see("by tag", [ids(tags={"team": "a"}), ids(tags={"x": "1"}), ids(tags={"x": "2"})])
    see("by id", ids(run_ids=[c.run_id, a.run_id]))
    see("limited", [names[run.run_id] for run in instance.get_runs(limit=2)])
    see("count", [instance.get_runs_count(), instance.get_runs_count(dg.RunsFilter(job_name="two"))])
    run = instance.get_run_by_id(b.run_id)
    see("run", [run.job_name, run.status.value, run.is_finished, run.is_failure, run.run_config, run.tags.get("team")])
    see("tags", [instance.get_run_by_id(a.run_id).tags.get("team"), instance.get_run_by_id(a.run_id).tags.get("x")])
    see("has", [instance.has_run(a.run_id), instance.has_run("nothing")])
    records = instance.get_run_records(filters=dg.RunsFilter(job_name="one"))
    see("records", [[names[r.dagster_run.run_id], r.end_time >= r.start_time] for r in records])
    see("assets", instance.get_asset_keys())
    latest = instance.get_latest_materialization_event(dg.AssetKey("thing"))
    see("latest", [names[latest.run_id], latest.asset_materialization.metadata])
    found = instance.fetch_materializations(dg.AssetKey("thing"), limit=10)
    see("materializations", [names[r.run_id] for r in found.records])
    stats = instance.get_run_stats(a.run_id)
    see("stats", [stats.steps_succeeded, stats.steps_failed, stats.materializations])
    logs = instance.all_logs(a.run_id)
    see(
        "logs",
        [
            e.dagster_event.event_type_value
            for e in logs
            if e.is_dagster_event
            and e.dagster_event.is_step_event
            and e.dagster_event.event_type_value.startswith("STEP")
        ],
    )
    failed = instance.all_logs(b.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    see("failed", [e.dagster_event.step_key for e in failed])
    instance.delete_run(a.run_id)
    see("after deletion", [names[run.run_id] for run in instance.get_runs()])
    instance.add_run_tags(c.run_id, {"late": "yes"})
    see("tags added", instance.get_run_by_id(c.run_id).tags.get("late"))
