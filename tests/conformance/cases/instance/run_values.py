import dagster as dg
from observe import see

# The attributes of a run and its status.


@dg.op(config_schema=int)
def one(context):
    return context.op_config


@dg.job
def j():
    one()


with dg.DagsterInstance.ephemeral() as instance:
    result = j.execute_in_process(run_config={"ops": {"one": {"config": 1}}}, instance=instance, op_selection=["one"])
    run = instance.get_run_by_id(result.run_id)
    see("config", run.run_config)
    see("parent", [run.parent_run_id, run.root_run_id])
    see("job", run.job_name)
see("statuses", sorted(s.value for s in dg.DagsterRunStatus))
