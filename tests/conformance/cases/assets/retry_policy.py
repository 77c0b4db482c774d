import dagster as dg
from observe import ran, see

# An asset with a retry policy runs again.

tries = []


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=2))
def shaky():
    tries.append(1)
    if len(tries) < 3:
        raise ValueError("not yet")
    return len(tries)


result = dg.materialize([shaky])
ran("run", result)
see("value", result.output_for_node("shaky"))
