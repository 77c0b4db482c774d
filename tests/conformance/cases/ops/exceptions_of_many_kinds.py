import dagster as dg
from observe import ran, see

# What the failure of a step says about what the function raised.


class Own(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code


def op_that_raises(name, error):
    @dg.op(name=name)
    def inner():
        raise error

    return inner


@dg.job
def j():
    op_that_raises("own", Own(3))()
    op_that_raises("key", KeyError("x"))()
    op_that_raises("failure", dg.Failure("told", metadata={"n": 1}))()
    op_that_raises("chained", ValueError("outer"))()


@dg.op
def chained_cause():
    try:
        raise KeyError("inner")
    except KeyError as error:
        raise RuntimeError("outer") from error


@dg.job
def k():
    chained_cause()


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
for event in result.all_events:
    if event.is_step_failure:
        data = event.step_failure_data
        see(
            event.step_key,
            [
                data.error.cls_name,
                data.user_failure_data.description if data.user_failure_data else None,
                data.user_failure_data.metadata if data.user_failure_data else None,
                data.error_source.value if data.error_source else None,
                data.error.cause.cls_name if data.error.cause else None,
            ],
        )
result = k.execute_in_process(raise_on_error=False)
(event,) = [event for event in result.all_events if event.is_step_failure]
see("inner cause", event.step_failure_data.error.cause.cause.cls_name)
try:
    j.execute_in_process()
except Exception as error:
    see("raised", [type(error).__name__, str(error)])
