"""How a run is shown while it runs. Each view is a subscriber of the run's events."""

from collections.abc import Mapping
from typing import Protocol

from orchestrator.execution.captured_text import CapturedText
from orchestrator.planning.plan import RunPlan
from orchestrator.reports.forecast import Forecast
from orchestrator.reports.progress import Progress
from orchestrator.runs.events import Event

from .json_view import JsonView
from .options import RunFormat
from .output import Output
from .plain_view import PlainView
from .rich_view import RichView


class View(Protocol):
    """Shows a run."""

    def __call__(self, event: Event) -> None:
        """Take note of an event."""

    def interrupted(self) -> None:
        """The first signal came; called from its handler."""

    def close(self) -> None:
        """Leave the terminal as it was."""

    def say(self, text: str) -> None:
        """Tell the person something, from any thread."""

    def pause(self) -> None:
        """Draw nothing: the terminal is a debugger's."""

    def resume(self) -> None:
        """Go on drawing."""


def view_of(
    form: RunFormat,
    output: Output,
    plan: RunPlan,
    seconds: Mapping[str, float],
    *,
    headline: str | None,
    captured: CapturedText | None,
    verbose: int,
    quiet: bool,
) -> View:
    """The view for a format.

    Args:
        form: what the user asked for.
        output: where to write.
        plan: what will run.
        seconds: how long each step took before, where it is known.
        headline: what to say first, when the run has begun.
        captured: where the output of steps is; None if it goes to the terminal.
        verbose: 1 shows logs of user code, 2 everything.
        quiet: show failures only.
    """
    if form is RunFormat.JSON:
        return JsonView(output)
    if form is RunFormat.RICH and not quiet:
        progress = Progress(plan)
        return RichView(output, progress, Forecast(progress, seconds), headline, captured, verbose=verbose)
    return PlainView(output, Progress(plan), headline, captured, verbose=verbose, quiet=quiet)
