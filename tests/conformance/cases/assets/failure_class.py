import dagster as dg
from observe import fails, ran, see

# Failure carries description and metadata.


@dg.asset
def broken():
    raise dg.Failure(description="no flour", metadata={"bags": 0}, allow_retries=False)


result = dg.materialize([broken], raise_on_error=False)
ran("run", result)
data = next(e for e in result.all_events if e.event_type_value == "STEP_FAILURE").step_failure_data
see("description", data.user_failure_data.description)
see("metadata", data.user_failure_data.metadata)
with fails("raised"):
    dg.materialize([broken])
