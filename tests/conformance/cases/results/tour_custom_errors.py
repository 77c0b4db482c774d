import dagster as dg
from observe import fails, ran, see


class MyErr(Exception):
    pass


@dg.asset
def a():
    raise MyErr("boo")


with fails("plain"):
    dg.materialize([a])
r = dg.materialize([a], raise_on_error=False)
e = [x for x in r.all_events if x.is_step_failure][0].step_failure_data.error
see("err", [e.cls_name, e.cause.cls_name if e.cause else None, "boo" in e.to_string()])
see("event", [r.get_step_failure_events() if False else len([x for x in r.all_events if x.is_step_failure])])


@dg.op
def o():
    raise MyErr("op")


@dg.job
def j():
    o()


with fails("job"):
    j.execute_in_process()
with fails("system exit"):

    @dg.asset
    def s():
        raise SystemExit(3)

    ran("sys", dg.materialize([s], raise_on_error=False))
with fails("assertion"):

    @dg.asset
    def t():
        assert False, "m"

    dg.materialize([t])
with fails("dagster err"):

    @dg.asset
    def u():
        raise dg.DagsterInvariantViolationError("x")

    dg.materialize([u])
