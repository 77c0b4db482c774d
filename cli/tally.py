"""What the closing summary of a run needs, and why steps were skipped."""

from orchestrator.runs.events import Event, StepCanceled, StepFailed, StepSkipped, StepSucceeded

from .wording import counted


def because(event: StepSkipped) -> str:
    """Why a step was skipped."""
    if not event.because:
        return f"({event.reason})"
    return f"({event.reason}: {', '.join(event.because)})"


class Tally:
    """Collects what the closing summary needs."""

    def __init__(self) -> None:
        self.succeeded = 0
        self.failed: list[StepFailed] = []
        self.skipped: list[StepSkipped] = []
        self.canceled: list[StepCanceled] = []

    def __call__(self, event: Event) -> None:
        """Take note of an event."""
        match event:
            case StepSucceeded():
                self.succeeded += 1
            case StepFailed():
                self.failed.append(event)
            case StepSkipped():
                self.skipped.append(event)
            case StepCanceled():
                self.canceled.append(event)
            case _:
                pass

    def step_counts(self) -> list[str]:
        """How many steps ended how, in words."""
        counts = [f"{counted(self.succeeded, 'step')} succeeded"]
        rest = ((self.failed, "failed"), (self.skipped, "skipped"), (self.canceled, "canceled"))
        return counts + [f"{len(events)} {word}" for events, word in rest if events]
