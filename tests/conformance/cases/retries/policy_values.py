import dagster as dg
from observe import fails, see

# What a RetryPolicy holds and refuses.

DIFFERS = {
    "negative": "a negative number of retries is a mistake, found at definition",
}

p = dg.RetryPolicy(max_retries=3, delay=2, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.FULL)
see("max", p.max_retries)
see("delay", p.delay)
see("backoff", p.backoff)
see("jitter", p.jitter)
d = dg.RetryPolicy()
see("defaults", [d.max_retries, d.delay, d.backoff, d.jitter])
see("exponential", [dg.RetryPolicy(delay=1, backoff=dg.Backoff.EXPONENTIAL).calculate_delay(n) for n in (1, 2, 3)])
see("linear", [dg.RetryPolicy(delay=1, backoff=dg.Backoff.LINEAR).calculate_delay(n) for n in (1, 2, 3)])
see("constant", [dg.RetryPolicy(delay=1.5).calculate_delay(n) for n in (1, 2, 3)])
see("equal", dg.RetryPolicy(delay=1) == dg.RetryPolicy(delay=1))
with fails("backoff without delay"):
    dg.RetryPolicy(backoff=dg.Backoff.LINEAR)
with fails("jitter without delay"):
    dg.RetryPolicy(jitter=dg.Jitter.FULL)
with fails("text as max"):
    dg.RetryPolicy(max_retries="a")
with fails("negative"):
    dg.RetryPolicy(max_retries=-1)
with fails("number as policy"):
    dg.op(name="f", retry_policy=3)(lambda: 1)
