import dagster as dg
from observe import ran, see

# A failed ExpectationResult does not fail the step.


@dg.op
def expects():
    yield dg.ExpectationResult(success=False, label="bad", description="d", metadata={"n": 1})
    yield dg.Output(1)


@dg.job
def j():
    expects()


result = j.execute_in_process()
ran("run", result)
for event in result.all_events:
    if event.event_type_value == "STEP_EXPECTATION_RESULT":
        found = event.event_specific_data.expectation_result
        see("expectation", [found.success, found.label, found.description, found.metadata])
