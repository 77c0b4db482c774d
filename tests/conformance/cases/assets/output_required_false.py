import dagster as dg
from observe import ran, see, steps

# An optional output that is not produced skips what reads it.


@dg.asset(output_required=False)
def maybe():
    if False:
        yield dg.Output(1)


@dg.asset
def reader(maybe): ...


@dg.asset(deps=[maybe])
def follower() -> None: ...


@dg.asset(output_required=False)
def present():
    yield dg.Output(2)


@dg.asset(output_required=False)
def returned_none():
    return None


result = dg.materialize([maybe, reader, follower])
see("success", result.success)
see("steps", steps(result))
ran("present", dg.materialize([present]))
ran("returned none", dg.materialize([returned_none]))
