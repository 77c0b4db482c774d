import dagster as dg
from observe import fails

# What hooks= and with_hooks refuse.

DIFFERS = {
    "a list instead of a set": "any collection of hooks will do",
    "job hooks function": "Dagster's answer is an accident of its insides; orch says what is no hook",
}


@dg.op
def one():
    return 1


with fails("list of functions"):
    one.with_hooks([lambda context: None])
with fails("a list instead of a set"):

    @dg.success_hook
    def note(context):
        pass

    one.with_hooks([note])
with fails("job hooks function"):

    @dg.job(hooks={lambda context: None})
    def j():
        one()
