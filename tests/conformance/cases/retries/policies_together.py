import dagster as dg
from observe import ran, see

# Policies of the op, of its call, of the job; RetryRequested beside a policy; Failure that allows none.

tries = []


@dg.op(config_schema={"fail": int, "how": dg.Field(str, default_value="error")})
def shaky(context):
    tries.append(context.op_handle.name)
    if context.retry_number < context.op_config["fail"]:
        how = context.op_config["how"]
        if how == "requested":
            raise dg.RetryRequested(max_retries=1, seconds_to_wait=0)
        if how == "final":
            raise dg.Failure("final", allow_retries=False)
        raise ValueError(how)
    return context.retry_number


once = shaky.with_retry_policy(dg.RetryPolicy(max_retries=1))


@dg.job(op_retry_policy=dg.RetryPolicy(max_retries=2))
def j():
    shaky.alias("job_policy")()
    once.alias("call_policy")()
    shaky.alias("requested")()
    shaky.alias("final")()


def run(label, **config):
    tries.clear()
    result = j.execute_in_process(
        {
            "ops": {
                name: {"config": config.get(name, {"fail": 0})}
                for name in ("job_policy", "call_policy", "requested", "final")
            }
        },
        raise_on_error=False,
    )
    ran(label, result)
    see(f"{label} tries", tries)


run("none fails")
run("within", job_policy={"fail": 2}, call_policy={"fail": 1}, requested={"fail": 1, "how": "requested"})
run(
    "beyond",
    job_policy={"fail": 3},
    call_policy={"fail": 2},
    requested={"fail": 2, "how": "requested"},
    final={"fail": 1, "how": "final"},
)
see(
    "policy",
    [
        dg.RetryPolicy().max_retries,
        dg.RetryPolicy().delay,
        dg.RetryPolicy(max_retries=2, delay=1, backoff=dg.Backoff.EXPONENTIAL).calculate_delay(3),
        dg.RetryPolicy(delay=2, backoff=dg.Backoff.LINEAR).calculate_delay(3),
        dg.RetryPolicy(delay=2).calculate_delay(3),
    ],
)
