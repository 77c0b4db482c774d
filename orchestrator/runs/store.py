"""The protocol of event stores."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from orchestrator.runs.events import Event
from orchestrator.runs.pools import PoolStore
from orchestrator.runs.records import Materialization, Run, RunStatus
from orchestrator.runs.upkeep import StoreUpkeep

if TYPE_CHECKING:
    from orchestrator.runs.ticks import TickStore


class StoredEvent(Struct, frozen=True):
    """An event and its place in the store."""

    #: Rises with every event appended.
    id: int
    event: Event


class EventWatch(Protocol):
    """Tells whether it is worth looking for new events, at next to no cost."""

    def changed(self) -> bool:
        """Whether there may be events that were not there when it was asked before; at first there may.

        Raises:
            StoreError: the store cannot be read.
        """

    def close(self) -> None:
        """Release connections."""


class EventStore(Protocol):
    """Append-only events and the records they add up to.

    Every method raises `StoreError` if the store cannot be read or written. A store may be used from several threads,
    and several processes may open the same one.
    """

    @property
    def pools(self) -> PoolStore:
        """The slots of concurrency pools."""

    @property
    def ticks(self) -> "TickStore":
        """The books of automation."""

    @property
    def upkeep(self) -> StoreUpkeep:
        """What keeps it in shape."""

    def append(self, events: Sequence[Event]) -> None:
        """Add events and bring the records up to date, all or nothing."""

    def events(
        self,
        *,
        run_id: str | None = None,
        types: Collection[str] = (),
        asset: str | None = None,
        after: int = 0,
        limit: int | None = None,
    ) -> Iterator[StoredEvent]:
        """Events in the order they were appended, with id greater than `after`.

        Args:
            run_id: only of this run.
            types: only of these types (the tag of the event's class); all if empty.
            asset: only those that are about this asset alone: made, observed, wiped.
            after: an id.
            limit: at most so many.
        """

    def watch(self) -> EventWatch:
        """What tells who follows events when to look for more; it is closed before the store."""

    def run(self, run_id: str) -> Run | None:
        """The run with this id."""

    def runs(
        self, *, status: RunStatus | None = None, job: str | None = None, id_prefix: str = "", limit: int | None = None
    ) -> list[Run]:
        """Runs, newest first."""

    def materializations(self, keys: Collection[str] | None = None) -> dict[str, Materialization]:
        """The newest materialization of each key that has one; of all keys if none are given."""

    def failed_assets(self) -> dict[str, str]:
        """Assets whose newest attempt failed, with the run that failed them."""

    def close(self) -> None:
        """Release files and connections."""
