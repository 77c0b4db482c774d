import dagster as dg
from observe import ran, see

# dagster_type checks and replaces the annotation.

positive = dg.DagsterType(name="Positive", type_check_fn=lambda _context, value: value > 0)


@dg.asset(dagster_type=positive)
def good():
    return 1


@dg.asset(dagster_type=positive)
def bad():
    return -1


@dg.asset(ins={"bad": dg.AssetIn(dagster_type=positive)})
def reader(bad): ...


see("type", good.op.outs["result"].dagster_type.display_name)
ran("good", dg.materialize([good]))
ran("bad", dg.materialize([bad], raise_on_error=False))


@dg.asset(name="bad")
def bad_unchecked():
    return -1


ran("bad input", dg.materialize([bad_unchecked, reader], raise_on_error=False))
