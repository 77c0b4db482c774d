"""Kills runs with `kill -9` at random instants, again and again, and checks what must be true each time.

A home lives through a chain of runs: the first is killed, `orch retry` goes on and is killed, and so on, until one gets
through. After each kill: the database opens and is sound, every value on disk is whole and right, nothing is recorded
whose value is missing, whatever was killed is marked by the command after it, no step whose success was recorded is run
again, and no process is left behind.
"""

import pickle
import random
import signal
import sqlite3
import time
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct

from orchestrator.runs.events import AssetMaterialized, Event, OutputProduced, RunFinished, RunStarted, StepSucceeded
from orchestrator.storage.sqlite import SqliteEventStore
from tests.faults.processes import NAP, Command

LAYERS, WIDTH = 10, 6
STEPS = LAYERS * WIDTH

#: Notes each start of a step, works for a little while, and makes a value that anybody can tell.
_HEAD = """
import os, time
import orchestrator as dg

def work(context, key, totals):
    note = f"{context.run_id} {key}\\n".encode()
    journal = os.open("journal", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(journal, note)
    os.close(journal)
    print(key, "x" * 200)
    time.sleep(SECONDS)
    return {"key": key, "total": 1 + sum(totals), "padding": key * 3000}
"""

_ASSETS = """
def make(layer, place):
    key = f"n{layer}_{place}"
    above = [f"n{layer - 1}_{place}", f"n{layer - 1}_{(place + 1) % WIDTH}"] if layer else []

    @dg.asset(name=key, ins={name: dg.AssetIn() for name in above})
    def node(context: dg.AssetExecutionContext, **given):
        return work(context, key, [value["total"] for value in given.values()])

    return node

defs = dg.Definitions(assets=[make(layer, place) for layer in LAYERS for place in range(WIDTH)])
"""

_OPS = """
@dg.op(out=dg.DynamicOut())
def source(context):
    value = work(context, "source", [])
    for number in range(COPIES):
        yield dg.DynamicOutput(value, mapping_key=f"k{number}")

@dg.op
def first(context: dg.OpExecutionContext, value):
    return work(context, f"first[{context.get_mapping_key()}]", [value["total"]])

@dg.op
def second(context: dg.OpExecutionContext, value):
    return work(context, f"second[{context.get_mapping_key()}]", [value["total"]])

@dg.op
def last(context, values):
    return work(context, "last", [value["total"] for value in values])

@dg.job
def ops():
    last(source().map(lambda value: second(first(value))).collect())
"""
_COPIES = (STEPS - 2) // 2


class Workload(StrEnum):
    """What is run: about sixty steps of a few milliseconds each."""

    #: Ten layers of six assets; each takes two of the layer above.
    ASSETS = "assets"
    #: The same, the layers in turn in one location and in another.
    LOCATIONS = "locations"
    #: A job of ops: a dynamic output, two steps over each of its values, one that collects.
    OPS = "ops"

    def write(self, folder: Path, seconds: float) -> tuple[str, ...]:
        """Write the project; the arguments that find it."""
        head = _HEAD.replace("SECONDS", repr(seconds))
        if self is Workload.OPS:
            (folder / "definitions.py").write_text(head + _OPS.replace("COPIES", str(_COPIES)))
            return ()
        assets = head + _ASSETS.replace("WIDTH", str(WIDTH))
        if self is Workload.ASSETS:
            (folder / "definitions.py").write_text(assets.replace("LAYERS", f"range({LAYERS})"))
            return ()
        for name, start in (("even.py", 0), ("odd.py", 1)):
            (folder / name).write_text(assets.replace("LAYERS", f"range({start}, {LAYERS}, 2)"))
        return ("-f", "even.py", "-f", "odd.py")

    def totals(self) -> dict[str, int]:
        """By step what its value says."""
        if self is Workload.OPS:
            copies = [f"k{number}" for number in range(_COPIES)]
            of_copies = {f"{op}[{key}]": total for key in copies for op, total in (("first", 2), ("second", 3))}
            return {"source": 1, **of_copies, "last": 1 + 3 * _COPIES}
        totals: dict[str, int] = {}
        for layer in range(LAYERS):
            for place in range(WIDTH):
                above = [(layer - 1, place), (layer - 1, (place + 1) % WIDTH)] if layer else []
                totals[f"n{layer}_{place}"] = 1 + sum(totals[f"n{row}_{column}"] for row, column in above)
        return totals


class Victim(StrEnum):
    """Who is killed."""

    COORDINATOR = "coordinator"
    #: Any of the processes that the coordinator started; the run goes on without it.
    WORKER = "worker"
    #: All of them in one go.
    BOTH = "both"


class Tally(Struct):
    """What has happened so far."""

    kills: int = 0
    #: Kills between the first step of a run and its last.
    amid: int = 0
    homes: int = 0
    runs: int = 0
    #: Steps that had run but whose success was not recorded when the kill came.
    unrecorded: int = 0
    #: Files under a temporary name that kills have left behind; nobody reads them.
    leftovers: int = 0
    #: Seconds from a kill until nothing was left of the command, at most.
    slowest_end: float = 0.0


class Home:
    """A project whose runs are killed until one gets through.

    Args:
        folder: of the project.
        workload: what is run.
        options: of `orch`, how it is run.
        chance: chooses the instants.
        tally: is kept up to date.
        seconds: how long each step takes.
    """

    def __init__(
        self,
        folder: Path,
        workload: Workload,
        options: tuple[str, ...],
        chance: random.Random,
        tally: Tally,
        seconds: float = 0.002,
    ) -> None:
        self.folder = folder
        self.tally = tally
        folder.mkdir(parents=True)
        self._journal = folder / "journal"
        self._journal.touch()
        self._storage = folder / ".orch" / "storage"
        self._chance = chance
        self._totals = workload.totals()
        self._is_job = workload is Workload.OPS
        self._options = (*options, *workload.write(folder, seconds))
        self._first = ("run", "ops") if self._is_job else ("materialize", "--select", "*")
        #: Steps whose success was recorded, and the lines of the journal that had been looked at by then.
        self._done: set[str] = set()
        self._lines_seen = 0
        self._runs: list[str] = []
        tally.homes += 1

    def kill_until_done(self, victim: Victim, most: int) -> None:
        """Kill runs of this home, at most so many times, then let one get through."""
        killed = 0
        while killed < most and not self._is_done():
            killed += self._kill_one_run(victim, most - killed)
        command = self._start()
        code = command.wait()
        assert code == 0, command.said
        command.assert_gone()
        self._inspect(command)
        assert self._is_done()
        self.tally.leftovers += len([*self._storage.rglob(".tmp-*")])

    def _is_done(self) -> bool:
        return self._done == set(self._totals)

    def _start(self) -> Command:
        """The next command: the first as long as nothing was recorded, then the one that goes on."""
        words = ("retry", "--last") if self._runs else self._first
        self.tally.runs += 1
        return Command([*words, *self._options], self.folder)

    def _kill_one_run(self, victim: Victim, most: int) -> int:
        """Start a run and kill; where it goes on after that, again. The number of kills."""
        command = self._start()
        kills = 0
        try:
            while kills < most and self._await_instant(command):
                kills += self._kill(command, victim)
                if victim is not Victim.WORKER:
                    break
            killed_at = time.monotonic()
            code = command.wait()
            if victim is Victim.WORKER:
                assert code in (0, 1), command.said  # what the worker was doing failed, or nothing did
            command.assert_gone()
        finally:
            command.kill_all()
        if victim is not Victim.WORKER:
            self.tally.slowest_end = max(self.tally.slowest_end, time.monotonic() - killed_at)
        self._inspect(command)
        return kills

    def _await_instant(self, command: Command) -> bool:
        """Wait until some more steps have begun, and a moment more; now and then, not even for the first."""
        if self._chance.random() < 0.1:
            time.sleep(self._chance.random() * 0.2)
            return command.is_alive
        wanted = self._begun() + self._chance.randint(1, 10)
        while self._begun() < wanted and command.is_alive:
            time.sleep(NAP)
        time.sleep(self._chance.random() * 0.008)
        return command.is_alive

    def _kill(self, command: Command, victim: Victim) -> int:
        begun = self._begun()
        others = command.others() if victim is not Victim.COORDINATOR else []
        pids = [command.pid]
        if victim is Victim.WORKER:
            pids = [self._chance.choice(others)] if others else []
        elif victim is Victim.BOTH:
            pids = [*others, command.pid]
            self._chance.shuffle(pids)
        if not command.send(signal.SIGKILL, pids):
            return 0
        self.tally.kills += 1
        self.tally.amid += self._lines_seen < begun and len(self._done) + begun - self._lines_seen < len(self._totals)
        return 1

    def _begun(self) -> int:
        """How many steps have begun in all runs."""
        return self._journal.read_bytes().count(b"\n")

    # --- what must be true

    def _inspect(self, command: Command) -> None:
        assert "Traceback" not in command.said, command.said
        assert "This is a bug in orch" not in command.said, command.said
        events = self._read_events()
        self._check_runs(events)
        self._check_values(events)
        self._check_journal(events)

    def _read_events(self) -> list[Event]:
        database = self.folder / ".orch" / "orch.db"
        if not database.exists():
            return []
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        with closing(SqliteEventStore(database)) as store:
            return [stored.event for stored in store.events()]

    def _check_runs(self, events: list[Event]) -> None:
        """Each run but the newest is over, and at most once."""
        self._runs = [event.run_id for event in events if isinstance(event, RunStarted)]
        over = [event.run_id for event in events if isinstance(event, RunFinished)]
        assert len(set(over)) == len(over)
        assert set(self._runs[:-1]) <= set(over) <= set(self._runs)

    def _check_values(self, events: list[Event]) -> None:
        storage = self._storage
        whole: set[Path] = set()
        for path in storage.rglob("*"):
            if path.suffix == ".pickle":
                key = self._key_of(path.relative_to(storage))
                value = pickle.loads(path.read_bytes())
                assert value == {"key": key, "total": self._totals[key], "padding": key * 3000}
                whole.add(path.relative_to(storage).with_suffix(""))
            else:
                assert path.is_dir() or path.name.startswith(".tmp-"), path
        for event in events:
            if isinstance(event, AssetMaterialized):
                assert event.stored
                assert Path(event.asset) in whole, f"{event.asset} is recorded, and there is no value"
            elif isinstance(event, OutputProduced):
                place = Path(".runs", event.run_id, event.step, event.output)
                assert (place / event.mapping_key if event.mapping_key else place) in whole, f"no value: {event}"

    @staticmethod
    def _key_of(path: Path) -> str:
        """The step that makes the value in a file."""
        return path.parts[2] if path.parts[0] == ".runs" else path.stem

    def _check_journal(self, events: list[Event]) -> None:
        """What began since the last look had not been done by then."""
        lines = [tuple(line.split(" ")) for line in self._journal.read_text().splitlines()]
        began = lines[self._lines_seen :]
        again = [key for _, key in began if key in self._done]
        assert not again, f"their success was recorded, and they ran again: {again}"
        assert len(set(began)) == len(began), "a step ran twice in one run"
        assert {run_id for run_id, _ in began} <= set(self._runs), "a step ran before its run was recorded"
        recorded = {event.step for event in events if isinstance(event, StepSucceeded)}
        assert self._done <= recorded
        self.tally.unrecorded += len({key for _, key in began} - recorded)
        self._done, self._lines_seen = recorded, len(lines)


def kill_many(
    folder: Path, workload: Workload, options: tuple[str, ...], victim: Victim, *, seed: int, kills: int, **more: Any
) -> Tally:
    """Kill runs so many times, in as many homes as it takes.

    Args:
        folder: for the homes.
        workload: what is run.
        options: of `orch`, how it is run.
        victim: who is killed.
        seed: decides when.
        kills: how many times.
        more: see `Home`.
    """
    tally = Tally()
    chance = random.Random(seed)
    while tally.kills < kills:
        home = Home(folder / str(tally.homes), workload, options, chance, tally, **more)
        home.kill_until_done(victim, kills - tally.kills)
    return tally
