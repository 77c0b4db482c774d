import dagster as dg
from observe import see

# is_step_success and other questions to an event.


@dg.op
def good():
    return 1


@dg.op
def bad():
    raise ValueError


@dg.job
def j():
    good()
    bad()


result = j.execute_in_process(raise_on_error=False)
events = {(e.event_type_value, e.step_key): e for e in result.all_events}
ok = events["STEP_SUCCESS", "good"]
no = events["STEP_FAILURE", "bad"]
see("success", [ok.is_step_success, ok.is_successful_output, ok.is_step_failure, ok.is_failure, ok.is_step_event])
see("failure", [no.is_step_success, no.is_step_failure, no.is_failure])
end = events["PIPELINE_FAILURE", None]
see("end", [end.is_failure, end.is_run_failure, end.is_job_failure if hasattr(end, "is_job_failure") else None])
see("output", events["STEP_OUTPUT", "good"].is_successful_output)
see("handled", events["HANDLED_OUTPUT", "good"].is_handled_output)
see("job name", ok.job_name)
see("node name", ok.node_name)
see("message is text", isinstance(ok.message, str))
