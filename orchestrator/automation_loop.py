"""Evaluates what is due and runs what was requested (docs/decisions/0012-automation.md).

What must not go wrong is one transaction of the store: a tick, the runs it requests and how far the schedule or sensor
has come are written together. Whoever dies, and whoever is second, finds either all of it or nothing.
"""

import re
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from orchestrator.automation.queue import QueueLimits, admitted
from orchestrator.automation.timetable import DueTick, ItemId, Timetable, is_running
from orchestrator.errors import ErrorInfo, OrchestratorError
from orchestrator.execution.evaluation import evaluate
from orchestrator.execution.liveness import is_alive, is_here, this_process
from orchestrator.instance import Instance
from orchestrator.runs.ids import new_run_id
from orchestrator.runs.records import RunStatus
from orchestrator.runs.ticks import AutomationState, RunRequestRecord, TickRecord, TickStore
from orchestrator.workspace.messages import EvaluateTick, TickResult
from orchestrator.workspace.workspace import Workspace

#: The lease of who evaluates.
LEASE = "automation"
#: How long it holds without a sign of life, in seconds.
LEASE_SECONDS = 90.0
#: How long the evaluation of one tick may take in a worker, in seconds.
EVALUATION_TIMEOUT = 60.0
#: A request whose process dies before there is a run is given up after so many processes.
MAX_LAUNCHES = 3
#: How often is looked whether runs have ended, in seconds.
_POLL = 0.05

_HOLDER = re.compile(r"pid (\d+) on (.*) \[(\d*)\]")

Evaluate = Callable[[DueTick, EvaluateTick], TickResult | ErrorInfo]
Clock = Callable[[], float]


class Evaluator:
    """Evaluates ticks one after the other and writes them down.

    Args:
        instance: where that is recorded.
        timetable: what there is.
        ask: evaluates one, in whatever process.
        clock: the time.
    """

    def __init__(self, instance: Instance, timetable: Timetable, ask: Evaluate, clock: Clock = time.time) -> None:
        self._instance = instance
        self._ticks = instance.store.ticks
        self._timetable = timetable
        self._ask = ask
        self._clock = clock

    def states(self) -> dict[ItemId, AutomationState]:
        """How far each has come."""
        return {(one.location, one.name): one for one in self._ticks.states()}

    def evaluate_due(
        self, now: float, only: ItemId | None = None, states: dict[ItemId, AutomationState] | None = None
    ) -> list[TickRecord]:
        """Evaluate everything that is due, and write down what came of it.

        Args:
            now: what counts as the present.
            only: nothing but this one.
            states: how far each has come, if that was read just now; brought up to date.

        Returns:
            The ticks; of those that another process was faster with, none.
        """
        if states is None:
            states = self.states()
        due = [one for one in self._timetable.due(states, now) if only in (None, one.item.id)]
        recorded = [self._tick(one, states, now) for one in due]
        for item in self._timetable.items.values():
            state = states.get(item.id, item.new_state)
            is_new = item.kind == "schedule" and state.last_tick is None and is_running(item, state)
            if is_new and only in (None, item.id):
                self._ticks.note_seen(*item.id, item.kind, now)
        return [one for one in recorded if one is not None]

    def _tick(self, due: DueTick, states: dict[ItemId, AutomationState], now: float) -> TickRecord | None:
        item = due.item
        before = states.get(item.id, item.new_state)
        started = self._clock()
        answer = self._ask(due, request_of(due, before, now, str(self._instance.home)))
        tick = TickRecord(
            id=new_run_id(started),
            location=item.location,
            name=item.snapshot.name,
            kind=item.kind,
            scheduled=due.scheduled,
            started=started,
            ended=self._clock(),
            status="failed",
            cursor_before=before.cursor,
            cursor_after=before.cursor,
        )
        after = replace(before, last_tick=due.scheduled)
        if isinstance(answer, ErrorInfo):
            recorded = self._ticks.record(replace(tick, error=in_words(answer)), (), before, after)
        else:
            keys = [one.run_key for one in answer.requests if one.run_key is not None]
            after = replace(after, cursor=answer.cursor, last_run_key=keys[-1] if keys else before.last_run_key)
            tick = replace(
                tick,
                status=_status(answer),
                reason=answer.skip_reason,
                error=in_words(answer.error) if answer.error else "",
                cursor_after=answer.cursor,
            )
            recorded = self._ticks.record(tick, answer.requests, before, after)
            if recorded is not None and answer.asset_events:
                self._instance.store.append(answer.asset_events)
        if recorded is not None:
            states[item.id] = after
        return recorded


def _status(answer: TickResult) -> str:
    if answer.error is not None:
        return "failed"
    return "requested" if answer.requests else "skipped"


def in_words(error: ErrorInfo) -> str:
    """What went wrong, in a line."""
    return f"{error.type}: {error.message}" if error.message else error.type


def request_of(due: DueTick, state: AutomationState, now: float, home: str) -> EvaluateTick:
    """What the process that has loaded the location is asked."""
    return EvaluateTick(
        kind=due.item.kind,
        name=due.item.snapshot.name,
        scheduled=due.scheduled,
        now=now,
        last_tick=state.last_tick,
        cursor=state.cursor,
        last_run_key=state.last_run_key,
        home=home,
    )


def asker(workspace: Workspace, instance: Instance | None, timeout_s: float = EVALUATION_TIMEOUT) -> Evaluate:
    """Evaluates ticks where the code location is loaded: in this process, or in its worker.

    Args:
        workspace: the code locations.
        instance: where runs are recorded, if they ever were.
        timeout_s: how long a worker may take for one.
    """

    def ask(due: DueTick, request: EvaluateTick) -> TickResult | ErrorInfo:
        location = due.item.location
        definitions = workspace.definitions.get(location)
        if definitions is not None:
            return evaluate(definitions, request, instance)
        worker = workspace.workers[location]
        try:
            process = worker.process()
            process.send(request)
            answer: TickResult | ErrorInfo | None = process.receive_within(timeout_s)
        except OrchestratorError as error:  # it died, which is no reason to evaluate nothing else
            return ErrorInfo(type=type(error).__name__, message=error.message)
        if answer is None:
            worker.close(at_once=True)  # the next one gets a new process
            return ErrorInfo(type="TimeoutError", message=f"it took longer than {timeout_s:g} s")
        return answer

    return ask


class RunOutcome(Struct, frozen=True):
    """What has become of a request."""

    request: RunRequestRecord
    #: Of the run; None if it was dropped, or another process has it.
    status: RunStatus | None


class Launcher:
    """Runs what was requested, each in its own process `orch run-request ID`.

    Args:
        instance: where the requests are.
        command: the words that run a request.
        limits: how many at once.
    """

    def __init__(self, instance: Instance, command: Callable[[str], Sequence[str]], limits: QueueLimits) -> None:
        self._instance = instance
        self._ticks = instance.store.ticks
        self._command = command
        self._limits = limits
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        #: How often those had been taken before.
        self._attempts: dict[str, int] = {}
        #: Requests whose process ended before it took them: another tick may have more luck.
        self._left: set[str] = set()

    def launch_queued(self) -> list[RunRequestRecord]:
        """Start processes for the oldest requests that wait, as long as there is room."""
        out = self._running.keys() | self._left
        waiting = self._ticks.requests(status="queued")
        running = self._ticks.requests(status="launched") + [one for one in waiting if one.id in self._running]
        chosen = admitted([one for one in waiting if one.id not in out], running, self._limits)
        for one in chosen:
            self._start(one)
        return chosen

    def try_again(self) -> None:
        """Start also those again whose process ended before it took them."""
        self._left.clear()

    def wait(self, told: Callable[[RunOutcome], None]) -> None:
        """Go on until all that is queued now has been run, by this process or by another that was faster.

        Args:
            told: hears of each.
        """
        waited = {one.id for one in self._ticks.requests(status="queued")}
        while True:
            self.launch_queued()
            outcomes = self.reap()
            outcomes += self._done_by_others(waited - self._running.keys() - {one.request.id for one in outcomes})
            for outcome in outcomes:
                told(outcome)
            waited -= {one.request.id for one in outcomes} | self._left
            if not (waited or self._running):
                return
            time.sleep(_POLL)

    def _done_by_others(self, request_ids: Iterable[str]) -> list[RunOutcome]:
        outcomes = []
        for request_id in request_ids:
            settle(self._instance, request_id)
            request = self._ticks.request(request_id)
            if request is not None and request.status in ("done", "dropped"):
                outcomes.append(self._outcome(request))
        return outcomes

    def _outcome(self, request: RunRequestRecord) -> RunOutcome:
        run = self._instance.store.run(request.run_id)
        return RunOutcome(request, None if run is None else run.status)

    def reap(self) -> list[RunOutcome]:
        """What has become of the requests whose process has ended since."""
        ended = [request_id for request_id, process in self._running.items() if process.poll() is not None]
        outcomes = []
        for request_id in ended:
            attempts = self._attempts.pop(request_id)
            del self._running[request_id]
            settle(self._instance, request_id)
            request = self._ticks.request(request_id)
            if request is None or (request.status == "queued" and request.attempts > attempts):
                continue
            if request.status == "queued":
                self._left.add(request_id)
            elif request.status == "launched":
                continue  # another process was faster, and goes on
            outcomes.append(self._outcome(request))
        return outcomes

    def start_alone(self) -> list[RunRequestRecord]:
        """Start processes for all requests that wait, which nobody waits for."""
        queued = self._ticks.requests(status="queued")
        for one in queued:
            self._start(one)
        self._running.clear()
        return queued

    def _start(self, request: RunRequestRecord) -> None:
        nowhere = subprocess.DEVNULL
        self._attempts[request.id] = request.attempts
        self._running[request.id] = subprocess.Popen(  # noqa: S603  the words are ours
            self._command(request.id), stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
        )


def settle(instance: Instance, request_id: str) -> None:
    """See what has become of a request whose process has ended, and write it down.

    One that died before there was a run is queued again; there can be none later, for the process is dead.
    """
    ticks = instance.store.ticks
    request = ticks.request(request_id)
    if request is None or request.status != "launched":
        return
    if not is_here(request.host) or is_alive(request.pid, request.process_token):
        return
    instance.mark_dead_runs()
    run = instance.store.run(request.run_id)
    if run is not None and run.is_finished:
        ticks.note_done(request_id)
    elif run is None and request.attempts < MAX_LAUNCHES:
        ticks.note_queued(request_id, request.attempts)
    elif run is None:
        ticks.note_done(request_id, dropped=f"{request.attempts} processes died before there was a run")


def recover(instance: Instance) -> None:
    """Settle all requests that were launched: by processes that are dead, or that nobody waits for any more."""
    for request in instance.store.ticks.requests(status="launched"):
        settle(instance, request.id)


def holder() -> str:
    """What this process is called as the holder of a lease."""
    me = this_process()
    return f"pid {me.pid} on {me.host} [{me.process_token}]"


def take_lease(ticks: TickStore, me: str, now: float) -> str:
    """Ask for the lease of who evaluates, or renew it; one of a process of this machine that is dead is free.

    Returns:
        Who has it now.
    """
    owner = ticks.lease(LEASE, me, now, LEASE_SECONDS)
    found = _HOLDER.fullmatch(owner)
    if owner != me and found and is_here(found[2]) and not is_alive(int(found[1]), found[3]):
        ticks.release(LEASE, owner)
        owner = ticks.lease(LEASE, me, now, LEASE_SECONDS)
    return owner
