import dagster as dg
from observe import fails, see

# Metadata of failures and retries.

see("failure", [dg.Failure("d").description, dg.Failure("d", metadata={"a": 1}).metadata, dg.Failure().allow_retries])
see("failure no retries", dg.Failure(allow_retries=False).allow_retries)
request = dg.RetryRequested(max_retries=2, seconds_to_wait=3)
see("retry", [request.max_retries, request.seconds_to_wait])
with fails("failure metadata"):
    dg.Failure(metadata={"a": object()})
