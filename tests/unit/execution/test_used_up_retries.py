"""What a step that may be tried again raises, and in which order steps get their next attempt."""

import pytest

import orchestrator as dg
from orchestrator.errors import MaxRetriesExceededError


def job_of(op: dg.OpDefinition) -> dg.JobDefinition:
    @dg.job
    def j() -> None:
        op()

    return j


def test_when_no_attempt_is_left_the_cause_is_what_was_raised_last() -> None:
    @dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
    def fails(context: dg.OpExecutionContext) -> None:
        raise ValueError(context.retry_number)

    with pytest.raises(MaxRetriesExceededError, match="`fails` failed in 2 of 2 attempts: ValueError: 1") as caught:
        job_of(fails).execute_in_process()
    assert isinstance(caught.value.__cause__, ValueError)
    (failure,) = job_of(fails).execute_in_process(raise_on_error=False).get_step_failure_events()
    assert failure.step_failure_data.error.cause.cls_name == "ValueError"


def test_a_function_that_asks_too_often() -> None:
    @dg.op
    def asks() -> None:
        raise dg.RetryRequested(max_retries=1)

    with pytest.raises(MaxRetriesExceededError, match="2 of 2"):
        job_of(asks).execute_in_process()


def test_what_may_not_be_tried_again_comes_as_it_is() -> None:
    @dg.op(retry_policy=dg.RetryPolicy(max_retries=3))
    def final() -> None:
        raise dg.Failure("no", allow_retries=False)

    @dg.op
    def plain() -> None:
        raise ValueError("no")

    with pytest.raises(dg.Failure):
        job_of(final).execute_in_process()
    with pytest.raises(ValueError, match="no"):
        job_of(plain).execute_in_process()


def test_an_io_manager_may_ask_for_another_attempt() -> None:
    class Shaky(dg.IOManager):
        calls = 0

        def handle_output(self, context: dg.OutputContext, obj: object) -> None:
            self.calls += 1
            if self.calls == 1:
                raise dg.RetryRequested

        def load_input(self, context: dg.InputContext) -> object:
            raise NotImplementedError

    @dg.op
    def one() -> int:
        return 1

    result = job_of(one).execute_in_process(resources={"io_manager": Shaky()})
    assert result.retry_attempts_for_node("one") == 1


def test_errors_of_code_that_orch_calls_for_a_step_come_as_they_are() -> None:
    def check(_: object, __: object) -> bool:
        raise KeyError("check")

    @dg.op(out=dg.Out(dg.RuntimeType(check, name="Odd")))
    def checked() -> int:
        return 1

    with pytest.raises(KeyError):
        job_of(checked).execute_in_process()
