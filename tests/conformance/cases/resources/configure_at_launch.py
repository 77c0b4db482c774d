import dagster as dg
from observe import fails, see

# A resource whose fields come with the run.


class Box(dg.ConfigurableResource):
    size: int
    colour: str = "red"


@dg.asset
def a(box: Box):
    return [box.size, box.colour]


def run(resource, config):
    return dg.materialize([a], resources={"box": resource}, run_config=config).output_for_node("a")


at_launch = Box.configure_at_launch()
see("given", run(at_launch, {"resources": {"box": {"config": {"size": 3}}}}))
with fails("not given"):
    run(at_launch, {})
with fails("wrong"):
    run(at_launch, {"resources": {"box": {"config": {"size": "x"}}}})
see("override of a full one", run(Box(size=1), {"resources": {"box": {"config": {"size": 5}}}}))
with fails("override of a part"):
    run(Box(size=1), {"resources": {"box": {"config": {"colour": "blue"}}}})
with fails("override with unknown"):
    run(Box(size=1), {"resources": {"box": {"config": {"weight": 5}}}})
with fails("override with wrong type"):
    run(Box(size=1), {"resources": {"box": {"config": {"size": "x"}}}})
see("partly at launch", run(Box.configure_at_launch(colour="green"), {"resources": {"box": {"config": {"size": 2}}}}))
see("RunConfig", run(at_launch, dg.RunConfig(resources={"box": Box(size=8)})))
