import dagster as dg
from observe import fails, see


class P(dg.PermissiveConfig):
    x: int = 1


@dg.op
def o(config: P):
    return sorted(config.model_dump().items())


@dg.job
def j():
    o()


see("v", j.execute_in_process(run_config={"ops": {"o": {"config": {"x": 2, "extra": "e"}}}}).output_for_node("o"))
see("d", j.execute_in_process().output_for_node("o"))
see("j", [j.name, j.description])


@dg.op(config_schema=dg.Permissive({"k": dg.Field(str)}))
def q(context):
    return sorted(context.op_config.items())


@dg.job
def j2():
    q()


see("v2", j2.execute_in_process(run_config={"ops": {"q": {"config": {"k": "a", "z": 3}}}}).output_for_node("q"))
with fails("missing"):
    j2.execute_in_process()
