import dagster as dg
from observe import ran, see

# ExpectationResult and what the run says of it.

result = dg.ExpectationResult(success=False, label="few", description="d", metadata={"n": 1})
see("all", [result.success, result.label, result.description, result.metadata])


@dg.op
def look():
    yield dg.ExpectationResult(success=False, label="few", metadata={"n": 1})
    yield dg.Output(1)


@dg.job
def j():
    look()


run = j.execute_in_process()
ran("run", run)
event = next(e for e in run.all_events if e.event_type_value == "STEP_EXPECTATION_RESULT")
see("event", [event.event_specific_data.expectation_result.success, event.event_specific_data.expectation_result.label])
