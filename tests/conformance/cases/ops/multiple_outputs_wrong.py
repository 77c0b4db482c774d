import dagster as dg
from observe import fails, ran

# What happens when several outputs are returned in the wrong form.


def run(label, fn):
    made = dg.op(name="bad", out={"first": dg.Out(), "second": dg.Out()})(fn)

    @dg.job
    def j():
        made()

    result = j.execute_in_process(raise_on_error=False)
    ran(label, result)
    with fails(label + " raises"):
        j.execute_in_process()


run("too few", lambda: (1,))
run("too many", lambda: (1, 2, 3))
run("no tuple", lambda: 1)
run("a list", lambda: [1, 2])
run("a dict", lambda: {"first": 1, "second": 2})
run("none", lambda: None)
run("outputs", lambda: (dg.Output(1, "first"), dg.Output(2, "second")))
run("outputs without names", lambda: (dg.Output(1), dg.Output(2)))
run("outputs swapped", lambda: (dg.Output(1, "second"), dg.Output(2, "first")))
