import dagster as dg
from observe import ran

# What happens when an op yields the wrong things.


def run(label, fn):
    made = dg.op(name="bad", out={"first": dg.Out(), "second": dg.Out()})(fn)

    @dg.job
    def j():
        made()

    ran(label, j.execute_in_process(raise_on_error=False))


def twice():
    yield dg.Output(1, "first")
    yield dg.Output(1, "first")
    yield dg.Output(1, "second")


def unknown():
    yield dg.Output(1, "first")
    yield dg.Output(1, "third")


def missing():
    yield dg.Output(1, "first")


def plain():
    yield 1


def nothing():
    return
    yield


run("twice", twice)
run("unknown", unknown)
run("missing", missing)
run("plain", plain)
run("nothing", nothing)
