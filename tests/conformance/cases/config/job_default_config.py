import dagster as dg
from observe import fails, see

# Config given to the job is used when a run gives none.


class Oven(dg.Config):
    n: int


@dg.op
def bake(config: Oven):
    return config.n


@dg.graph
def kitchen():
    bake()


fixed = kitchen.to_job(config={"ops": {"bake": {"config": {"n": 4}}}})
see("fixed", fixed.execute_in_process().output_for_node("bake"))
with fails("override"):
    see(
        "overridden",
        fixed.execute_in_process(run_config={"ops": {"bake": {"config": {"n": 5}}}}).output_for_node("bake"),
    )
as_object = kitchen.to_job(config=dg.RunConfig(ops={"bake": Oven(n=6)}))
see("object", as_object.execute_in_process().output_for_node("bake"))
with fails("wrong config"):
    wrong = kitchen.to_job(config={"ops": {"bake": {"config": {"n": "x"}}}})
    with fails("wrong config at run"):
        wrong.execute_in_process()
