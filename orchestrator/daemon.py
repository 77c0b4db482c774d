"""`orch daemon`: evaluates what is due again and again, and runs what is requested, until it is told to stop."""

import os
import select
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from orchestrator.automation.queue import QueueLimits
from orchestrator.automation.timetable import MAX_CATCHUP, DueTick, Timetable
from orchestrator.automation_loop import (
    EVALUATION_TIMEOUT,
    LEASE,
    Evaluator,
    Launcher,
    RunOutcome,
    asker,
    holder,
    recover,
    take_lease,
)
from orchestrator.errors import ErrorInfo
from orchestrator.instance import Instance
from orchestrator.runs.ticks import RunRequestRecord, TickRecord
from orchestrator.workspace.messages import EvaluateTick, TickResult
from orchestrator.workspace.settings import WorkspaceSettings
from orchestrator.workspace.workspace import Workspace, open_workspace

#: It looks at its runs at least so often, and at the files of code locations and at lost runs; in seconds.
_LOOK, _LOOK_AT_FILES = 1.0, 5.0
#: Folders without code of the project.
_NOT_CODE = ("node_modules", "__pycache__", "site-packages")


class Daemon:
    """Evaluates and runs, in turns.

    Args:
        settings: where the code locations are. They are loaded by workers only, and again when their files change.
        instance: the home.
        command: the words of the process that runs a request.
        limits: how many run at once.
        say: takes a line for people.
        max_catchup: how many missed ticks of a schedule are caught up.
        timeout_s: how long an evaluation may take.
    """

    def __init__(
        self,
        settings: WorkspaceSettings,
        instance: Instance,
        command: Callable[[str], Sequence[str]],
        limits: QueueLimits,
        say: Callable[[str], None],
        *,
        max_catchup: int = MAX_CATCHUP,
        timeout_s: float = EVALUATION_TIMEOUT,
    ) -> None:
        self._settings = settings
        self._instance = instance
        self._ticks = instance.store.ticks
        self._launcher = Launcher(instance, command, limits)
        self._say = say
        self._max_catchup = max_catchup
        self._timeout_s = timeout_s
        self._owner = self._me = holder()
        self._stopped, self._stop = os.pipe()
        self._looked_at_files = 0.0
        self._files: dict[Path, int] = {}

    def stop(self) -> None:
        """End after what is being done; safe in a signal handler."""
        os.write(self._stop, b"x")

    def run(self) -> str:
        """Go on until told to stop.

        Returns:
            Who else evaluates for this home, if that is why it ended; empty if it was told to.
        """
        if not self._is_mine():
            return self._owner
        self._files = self._now_there()
        workspace = self._load()
        try:
            while True:
                owner = self._work_until_changed(workspace)
                if owner is not None:
                    return owner
                workspace.close()
                self._say("files have changed: code locations are loaded again")
                workspace = self._load()
        finally:
            workspace.close(at_once=True)
            self._ticks.release(LEASE, self._me)

    def _work_until_changed(self, workspace: Workspace) -> str | None:
        """Evaluate and run until files have changed; who took over, or nothing if told to stop, else."""
        timetable = Timetable(workspace.locations, self._max_catchup)
        evaluator = Evaluator(self._instance, timetable, self._renewing(workspace))
        while True:
            if not self._is_mine():
                return self._owner
            if self._have_changed():
                return None
            states = evaluator.states()
            for tick in evaluator.evaluate_due(time.time(), states=states):
                self._say(_tick_line(tick))
            for request in self._launcher.launch_queued():
                self._say(f"run {request.run_id} started: {_what(request)}")
            for outcome in self._launcher.reap():
                self._say(_outcome_line(outcome))
            following = timetable.next_due(states, time.time())
            wait = _LOOK if following is None else max(0.0, min(_LOOK, following - time.time()))
            if select.select([self._stopped], [], [], wait)[0]:
                return ""

    def _renewing(self, workspace: Workspace) -> Callable[[DueTick, EvaluateTick], TickResult | ErrorInfo]:
        ask = asker(workspace, self._instance, self._timeout_s)

        def renew_and_ask(due: DueTick, request: EvaluateTick) -> TickResult | ErrorInfo:
            self._is_mine()  # many evaluations may take longer than the lease
            return ask(due, request)

        return renew_and_ask

    def _is_mine(self) -> bool:
        self._owner = take_lease(self._ticks, self._me, time.time())
        return self._owner == self._me

    def _load(self) -> Workspace:
        workspace = open_workspace(self._settings, in_workers=True)
        for failure in workspace.failures:
            self._say(f"code location {failure.name} cannot be loaded: {failure.message}")
        names = ", ".join(one.name for one in workspace.locations)
        self._say(f"loaded: {names or 'nothing'}")
        return workspace

    def _have_changed(self) -> bool:
        """Whether files of code locations have changed; now and then is looked."""
        if time.monotonic() - self._looked_at_files < _LOOK_AT_FILES:
            return False
        self._looked_at_files = time.monotonic()
        recover(self._instance)  # of daemons and ticks that were killed
        self._launcher.try_again()
        before, self._files = self._files, self._now_there()
        return before != self._files

    def _now_there(self) -> dict[Path, int]:
        folders = {Path(one.working_directory or one.base_directory) for one in self._settings.refs}
        return {path: path.stat().st_mtime_ns for folder in folders for path in _code(folder)}


def _code(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".") and one not in _NOT_CODE]
        yield from (Path(root, one) for one in files if one.endswith(".py"))


def _tick_line(tick: TickRecord) -> str:
    because = " ".join((tick.error or tick.reason).split())
    runs = f" {tick.requests} of them" if tick.requests else ""
    return f"{tick.kind} {tick.name} {tick.status}{runs}{f': {because}' if because else ''}"


def _outcome_line(outcome: RunOutcome) -> str:
    became = outcome.status or outcome.request.message or "could not be started"
    return f"run {outcome.request.run_id} ended: {became}, {_what(outcome.request)}"


def _what(request: RunRequestRecord) -> str:
    asked = request.request
    return f"{f'job {asked.job}' if asked.job else asked.selection} ({request.name})"
