import dagster as dg
from observe import see

inst = dg.DagsterInstance.ephemeral()


class C(dg.Config):
    n: int = 1


@dg.asset
def a(context, config: C):
    return [dict(context.run.run_config), context.run_config if hasattr(context, "run_config") else None, config.n]


r = dg.materialize([a], run_config={"ops": {"a": {"config": {"n": 3}}}}, instance=inst, tags={"x": "y"})
see("v", r.output_for_node("a"))
run = inst.get_run_by_id(r.run_id)
see(
    "run",
    [
        run.run_config,
        {k: v for k, v in run.tags.items() if not k.startswith("dagster/")},
        run.job_name,
        run.status.value,
        run.is_finished,
        run.is_success,
        run.is_failure,
    ],
)
see("res", [r.dagster_run.run_config, r.dagster_run.job_name, r.run_id == r.dagster_run.run_id])


@dg.op
def o(config: C):
    return config.n


@dg.job(config=dg.RunConfig(ops={"o": C(n=8)}), tags={"j": "t"}, run_tags={"r": "t"})
def j():
    o()


r = j.execute_in_process(instance=inst, tags={"e": "x"})
run = inst.get_run_by_id(r.run_id)
see("job run", [run.run_config, {k: v for k, v in run.tags.items() if not k.startswith("dagster/")}, run.job_name])
see("count", [inst.get_runs_count(), len(inst.get_runs(dg.RunsFilter(job_name="j")))])
