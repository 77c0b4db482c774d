"""What is said on stderr about a run while it runs."""

from orchestrator.execution.captured_text import CapturedText
from orchestrator.runs.events import (
    AssetMaterialized,
    Event,
    HookEnded,
    LogsCaptured,
    LogWritten,
    StepFailed,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)

from .captured import Tails
from .failure import render_error_info
from .options import LogLevel, levels_from
from .output import Output
from .times import duration


class Talk:
    """Says of events what is worth saying: what failed always, logs and everything on request.

    Args:
        output: where it will be written.
        captured: where the output of steps is; None if it is not kept.
        verbose: 1 shows logs of user code, 2 everything.
        log_level: the logs to show from, where that was said.
    """

    def __init__(self, output: Output, captured: CapturedText | None, verbose: int, log_level: LogLevel | None) -> None:
        self._output = output
        self._verbose = verbose
        self._levels = levels_from(log_level or (LogLevel.DEBUG if verbose else LogLevel.WARNING))
        # with -v it has been shown as it came
        self._tails = Tails(captured) if captured is not None and not verbose else None

    def about(self, event: Event) -> list[str]:
        """What to say about an event."""
        match event:
            case StepFailed():
                return ["\n".join([*self._failure(event), *self._tail(event.step)])]
            case StepUpForRetry() | HookEnded():
                return self._mishap(event)
            case LogWritten() if event.level in self._levels:
                return [f"{event.step or 'orch'}: {event.level}: {event.message}"]
            case AssetMaterialized() if self._verbose > 1:
                return [f"{event.step}: materialized {event.asset}{'' if event.stored else ' (no value stored)'}"]
            case StepStarted() if self._verbose > 1:
                return [f"{event.step}: started in {event.location}"]
            case LogsCaptured() if self._tails is not None:
                self._tails.note(event)
            case StepSucceeded() if self._tails is not None:
                self._tails.forget(event.step)
            case _:
                pass
        return []

    def _mishap(self, event: StepUpForRetry | HookEnded) -> list[str]:
        """What went wrong and does not fail the step."""
        if event.error is None:
            return []
        if isinstance(event, HookEnded):
            head = self._output.styled(f"after {event.step}", "yellow", talk=True)
            return [f"{head}: hook `{event.hook}` raised {event.error.type}: {event.error.message}"]
        head = f"{event.step} failed and is tried again in {duration(event.wait_s)}"
        return [f"{self._output.styled(head, 'yellow', talk=True)}: {event.error.type}: {event.error.message}"]

    def _failure(self, event: StepFailed) -> list[str]:
        head = f"{event.step} failed after {duration(event.duration_s)}"
        return [self._output.styled(head, "red", talk=True), *render_error_info(event.error)]

    def _tail(self, step: str) -> list[str]:
        return [] if self._tails is None else self._tails.of(step, color=self._output.color(talk=True))
