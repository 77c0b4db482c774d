import dagster as dg
from observe import fails, ran, see

# Failure with description and metadata.


@dg.op
def bad():
    raise dg.Failure(description="what went wrong", metadata={"rows": 3, "why": "because"})


@dg.job
def j():
    bad()


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
data = result.failure_data_for_node("bad")
see("description", data.user_failure_data.description)
see("metadata", data.user_failure_data.metadata)
see("label", data.user_failure_data.label)
with fails("raises"):
    j.execute_in_process()
failure = dg.Failure("d", metadata={"a": 1}, allow_retries=False)
see("fields", [failure.description, failure.metadata, failure.allow_retries])
see("default", dg.Failure().allow_retries)
