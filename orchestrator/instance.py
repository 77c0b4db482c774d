"""The composition root: a home with its event store and the folder for values."""

import importlib
import os
import shutil
import signal
import time
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.upward import fetch
from orchestrator.errors import NoTargetError, StoreError, UsageError
from orchestrator.execution.liveness import is_alive, is_here
from orchestrator.runs.events import AssetMaterialized, RunFinished
from orchestrator.runs.records import Run, RunStatus
from orchestrator.runs.store import EventStore

#: The file of the event store.
DATABASE = "orch.db"
#: The variable of the environment with the address of the event store.
STORE_VARIABLE = "ORCH_STORE"
#: Two signals that come together are one; in seconds.
_BETWEEN_SIGNALS = 0.1

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.runs.queries import RunQueries
else:

    class RunQueries:
        """Stands for `RunQueries` of `runs/queries.py`, which no command line needs, until it is asked something."""

        def __getattr__(self, name: str) -> Any:
            queries = None if name.startswith("__") else importlib.import_module(_QUERIES).RunQueries
            if not hasattr(queries, name):
                raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
            return getattr(queries, name).__get__(self)


_QUERIES = "orchestrator.runs.queries"


class Instance(RunQueries):
    """Where runs are recorded and values are kept. Made by `open`, `existing` or `ephemeral`; a context manager.

    Args:
        store: the event store; the database of the home, once it is needed, if left out.
        storage: folder for values of IO managers that have none of their own.
        home: the folder of it all.
        temporary: whether the home is removed on close.
    """

    def __init__(self, store: EventStore | None, storage: Path, home: Path, *, temporary: bool = False) -> None:
        if store is not None:
            self.__dict__["store"] = store
        self.storage = storage
        self.home = home
        #: How many steps of a concurrency pool may run at once, over all runs that share this home; `*`: of any other pool.
        self.pool_limits: Mapping[str, int] = {}
        #: The address of the store without its password, if it is not in the home.
        self.store_address: str | None = None
        self._temporary = temporary
        self._open_store = partial(_sqlite, home)

    @cached_property
    def store(self) -> EventStore:  # type: ignore[override]  # nobody sets it again
        """The event store; that of an instance made without one is opened now.

        Raises:
            StoreError: its database cannot be used.
        """
        return self._open_store()

    @property
    def logs(self) -> Path:
        """Folder of what steps wrote to stdout and stderr."""
        return self.home / "logs"

    @classmethod
    def open(cls, home: Path, store: str | None = None) -> Self:
        """The instance with this home, which is made if it is not there.

        Args:
            home: the folder.
            store: the address of its event store; `${NAME}` in it is a variable of the environment. A file in the home if
                left out.

        Raises:
            StoreError: the home cannot be made, or its store cannot be used.
            SettingsError: the address is none, or names a variable that is not set.
        """
        try:
            if not home.is_dir():
                home.mkdir(parents=True, exist_ok=True)
                # nobody wants run records and pickles in their repository
                (home / ".gitignore").write_text("*\n")
        except OSError as error:
            raise StoreError(
                f"cannot make the home {home}: {error.strerror}", hint="choose another: --home DIR, or ORCH_HOME"
            ) from None
        if not _is_elsewhere(store):
            return cls(_sqlite(home), home / "storage", home)
        address = fetch("storage.store_url", "expanded")(store, os.environ)
        instance = cls(_postgres(address), home / "storage", home)
        instance.store_address = fetch("storage.store_url", "shown")(address)
        return instance

    @classmethod
    def existing(cls, home: Path, store: str | None = None) -> Self | None:
        """The instance with this home, or None if nothing was ever recorded there; see `open`.

        Raises:
            StoreError: its store cannot be used.
            SettingsError: the address is none, or names a variable that is not set.
        """
        return cls.open(home, store) if _is_elsewhere(store) or (home / DATABASE).exists() else None

    @classmethod
    def existing_late(cls, home: Path, store: str | None = None) -> Self | None:
        """The same, for who may never ask it: its store is opened by the first question."""
        if _is_elsewhere(store):
            instance = cls(None, home / "storage", home)
            instance._open_store = partial(_postgres, fetch("storage.store_url", "expanded")(store, os.environ))
            return instance
        return cls(None, home / "storage", home) if (home / DATABASE).exists() else None

    @classmethod
    def ephemeral(cls) -> Self:
        """An instance for a test: events in memory, values in a temporary folder that is removed on close."""
        import tempfile  # noqa: PLC0415  a command line never needs it

        home = Path(tempfile.mkdtemp(prefix="orch-"))
        return cls(fetch("storage.memory", "MemoryEventStore")(), home / "storage", home, temporary=True)

    @classmethod
    def local_temp(cls, tempdir: str | None = None) -> Self:
        """An instance for a test that keeps its events in a file, as a real one does.

        Args:
            tempdir: its home; a temporary folder that is removed on close if left out.
        """
        if tempdir is not None:
            return cls.open(Path(tempdir))
        import tempfile  # noqa: PLC0415  a command line never needs it

        home = Path(tempfile.mkdtemp(prefix="orch-"))
        return cls(_sqlite(home), home / "storage", home, temporary=True)

    @classmethod
    def get(cls) -> Self:
        """The instance whose home the environment names, in ORCH_HOME, with the store that ORCH_STORE names.

        Raises:
            NoTargetError: it names none.
        """
        home = next((os.environ[name] for name in spoken().home_variables if os.environ.get(name)), None)
        if home is None:
            raise NoTargetError(f"{spoken().home_variables[0]} is not set", hint="it names the home of an instance")
        return cls.open(Path(home), os.environ.get(STORE_VARIABLE))

    @property
    def is_ephemeral(self) -> bool:
        """Whether its events are in memory only."""
        return isinstance(self.store, fetch("storage.memory", "MemoryEventStore"))

    @property
    def is_persistent(self) -> bool:
        """Whether its events outlive the process."""
        return not self.is_ephemeral

    @property
    def root_directory(self) -> str:
        """The path of the home."""
        return str(self.home)

    def storage_directory(self) -> str:
        """The path of the folder for values."""
        return str(self.storage)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the store; remove a temporary home."""
        if "store" in self.__dict__:
            self.store.close()
        if self._temporary:
            shutil.rmtree(self.home, ignore_errors=True)

    def interrupt(self, run: Run, *, at_once: bool = False) -> None:
        """Tell a run that goes on to stop, as Ctrl-C in its terminal does.

        Args:
            run: the run.
            at_once: not to wait for its running steps: the second Ctrl-C.

        Raises:
            UsageError: it cannot be told from here.
        """
        here = os.uname().nodename
        if run.host != here:
            raise UsageError(f"run {run.run_id} goes on at {run.host}, and this is {here}", hint="cancel it there")
        try:
            os.kill(run.pid, signal.SIGINT)
            if at_once:
                time.sleep(_BETWEEN_SIGNALS)
                os.kill(run.pid, signal.SIGINT)
        except ProcessLookupError:
            return  # it has just ended
        except PermissionError:
            raise UsageError(
                f"run {run.run_id} belongs to another user (pid {run.pid})", hint="cancel it as that user"
            ) from None

    def mark_dead_runs(self) -> list[str]:
        """Record the end of runs whose process is gone, and return their ids.

        A run of another machine is left alone: nothing can be known about it here.

        Raises:
            StoreError: the store failed.
        """
        dead = [run for run in self.store.runs(status=RunStatus.STARTED) if not _is_alive(run)]
        for run in dead:
            made = {
                stored.event.asset
                for stored in self.store.events(run_id=run.run_id, types=("asset_materialized",))
                if isinstance(stored.event, AssetMaterialized)
            }
            now = time.time()
            self.store.append(
                [
                    RunFinished(
                        run_id=run.run_id,
                        timestamp=now,
                        status=RunStatus.FAILURE,
                        materialized=len(made),
                        failed=0,
                        skipped=run.planned - len(made),
                        duration_s=now - run.started,
                        message=f"its process (pid {run.pid}) ended without a word: it was killed, or crashed",
                    )
                ]
            )
            self.store.pools.release(run.run_id)
            fetch("execution.captured_text", "mask_what_a_run_left")(self.logs, run.run_id)
        return [run.run_id for run in dead]


def _sqlite(home: Path) -> EventStore:
    store: EventStore = fetch("storage.sqlite", "SqliteEventStore")(home / DATABASE)  # much is asked without records
    return store


def _postgres(address: str) -> EventStore:
    try:
        store: EventStore = fetch("storage.postgres", "PostgresEventStore")(address)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"the store on PostgreSQL needs the package {error.name}", hint="pip install 'orchestrator[postgres]'"
        ) from None
    return store


def _is_elsewhere(address: str | None) -> bool:
    return bool(address) and fetch("storage.store_url", "is_postgres")(address)


def _is_alive(run: Run) -> bool:
    return not is_here(run.host) or is_alive(run.pid, run.process_token)
