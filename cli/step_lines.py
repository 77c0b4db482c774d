"""The line that says how a step ended."""

from orchestrator.reports.progress import Progress
from orchestrator.runs.events import Event, StepCanceled, StepFailed, StepSkipped, StepSucceeded

from .tally import because
from .times import duration


class StepLines:
    """Writes the lines of a run's steps as they end.

    Args:
        progress: counts them; sees every event here.
        workers: whether to say what ran them.
    """

    def __init__(self, progress: Progress, *, workers: bool) -> None:
        #: Where the run stands, with what was seen so far.
        self.progress = progress
        self._workers = workers

    def about(self, event: Event, now: float) -> str | None:
        """Take note of an event that came now; a line if it ends a step."""
        ended = None
        match event:
            case StepSucceeded() | StepFailed():
                word = "done" if isinstance(event, StepSucceeded) else "FAILED"
                ended = (word, event.step, f"{duration(event.duration_s)}{self._where(event.step)}")
            case StepSkipped():
                ended = ("skipped", event.step, because(event))
            case StepCanceled():
                ended = ("canceled", event.step, self._where(event.step).strip())
            case _:
                pass
        self.progress.see(event, now)
        if ended is None:
            return None
        word, step, rest = ended
        total = str(self.progress.total)
        return f"[{self.progress.done:>{len(total)}}/{total}] {word:<8} {step}  {rest}".rstrip()

    def _where(self, step: str) -> str:
        running = self.progress.running.get(step) if self._workers else None
        return f"  on {running.worker}" if running is not None and running.worker else ""
