import dagster as dg
from observe import see

# What is remembered when a run fails.


@dg.asset
def good() -> None: ...


@dg.asset(deps=[good])
def bad() -> None:
    raise ValueError("x")


@dg.asset(deps=[bad])
def after() -> None: ...


with dg.DagsterInstance.ephemeral() as instance:
    result = dg.materialize([good, bad, after], instance=instance, raise_on_error=False)
    see(
        "latest",
        {k: instance.get_latest_materialization_event(dg.AssetKey(k)) is not None for k in ("good", "bad", "after")},
    )
    run = instance.get_run_by_id(result.run_id)
    see(
        "run",
        [
            run.status.value,
            run.is_finished,
            run.is_failure_or_canceled if hasattr(run, "is_failure_or_canceled") else None,
        ],
    )
    see(
        "by status",
        [
            len(instance.get_runs(filters=dg.RunsFilter(statuses=[s])))
            for s in (dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.SUCCESS)
        ],
    )
    see("by job", len(instance.get_runs(filters=dg.RunsFilter(job_name="nope"))))
