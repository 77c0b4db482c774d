import dagster as dg
from observe import fails, ran, see

# One failure: what still runs, what is not, what the result tells.


@dg.op
def good():
    return 1


@dg.op
def bad(x):
    raise dg.Failure(description="told", metadata={"n": 1, "url": dg.MetadataValue.url("http://x")})


@dg.op
def after_bad(x):
    return x


@dg.op
def after_good(x):
    return x + 1


@dg.op
def joins(a, b):
    return a + b


@dg.job
def j():
    g = good()
    ab = after_bad(bad(g))
    ag = after_good(g)
    joins(ab, ag)


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
data = result.failure_data_for_node("bad")
see("failure", [data.user_failure_data.description, data.user_failure_data.metadata, data.user_failure_data.label])
see("display", "told" in data.error_display_string if hasattr(data, "error_display_string") else None)
see("other", result.failure_data_for_node("good"))
for node in ("good", "bad", "after_bad", "after_good", "joins"):
    see(
        node,
        [
            result.is_node_success(node),
            result.is_node_failed(node),
            result.is_node_skipped(node),
            result.is_node_untouched(node),
        ],
    )
with fails("value"):
    result.output_for_node("joins")
with fails("raised"):
    j.execute_in_process()
try:
    j.execute_in_process()
except dg.Failure as failure:
    see("caught", [failure.description, failure.metadata, failure.allow_retries])
see("failed steps", [e.step_key for e in result.all_events if e.is_failure and e.step_key])
