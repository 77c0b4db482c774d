"""How a run is shown while it runs. Each view is a subscriber of the run's events."""

from collections.abc import Mapping
from typing import Protocol

from orchestrator.execution.captured_text import CapturedText
from orchestrator.planning.plan import RunPlan
from orchestrator.reports.forecast import Forecast
from orchestrator.reports.progress import Progress
from orchestrator.runs.events import Event

from .json_view import JsonView
from .options import LogLevel, RunFormat
from .output import Output
from .plain_view import PlainView
from .rich_view import RichView
from .step_lines import StepLines
from .talk import Talk


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


def view_of(  # noqa: PLR0913  what a view is made of
    form: RunFormat,
    output: Output,
    plan: RunPlan,
    seconds: Mapping[str, float],
    *,
    headline: str | None,
    captured: CapturedText | None,
    verbose: int,
    quiet: int,
    log_level: LogLevel | None,
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
        quiet: 1 shows failures only, 2 nothing.
        log_level: the logs to show from, where that was said.
    """
    if form is RunFormat.JSON:
        return JsonView(output)
    if quiet > 1:
        return SilentView()
    talk = Talk(output, captured, verbose, log_level)
    if form is RunFormat.RICH and not quiet:
        progress = Progress(plan)
        lines = StepLines(progress, workers=verbose > 0)
        # what is printed, and not captured, is put above the live lines
        return RichView(output, lines, Forecast(progress, seconds), headline, talk, redirect=captured is None)
    return PlainView(output, StepLines(Progress(plan), workers=verbose > 0), headline, talk, quiet=quiet > 0)


class SilentView:
    """Shows nothing."""

    def __call__(self, event: Event) -> None:
        """Nothing to do."""

    def interrupted(self) -> None:
        """Nothing to say."""

    def close(self) -> None:
        """Nothing to do."""

    def say(self, text: str) -> None:
        """Say nothing."""

    def pause(self) -> None:
        """Nothing to do."""

    def resume(self) -> None:
        """Nothing to do."""
