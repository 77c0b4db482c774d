import dagster as dg
from observe import ran

# An op that returns an event that is no output.

DIFFERS = {
    "observation": "returned by mistake instead of yielded: Dagster stores the event as a value",
}


def run(label, value):
    @dg.op
    def odd():
        return value

    @dg.job
    def j():
        odd()

    ran(label, j.execute_in_process(raise_on_error=False))


run("materialization", dg.AssetMaterialization("x"))
run("observation", dg.AssetObservation("x"))
run("failure", dg.Failure("no"))
