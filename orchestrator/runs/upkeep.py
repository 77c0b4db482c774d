"""What keeps a store in shape: how much is in it, and what may go."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from orchestrator.runs.records import RunStatus


class StoreCounts(Struct, frozen=True, kw_only=True):
    """How much is in a store."""

    #: The format of its file; 0 if it has none.
    format: int = 0
    #: Bytes on disk.
    size: int = 0
    runs: Mapping[RunStatus, int]
    events: int
    #: All that are recorded, and the assets that have one now.
    materializations: int
    materialized_assets: int
    #: When the oldest and the newest run started, in seconds since 1970 (UTC).
    oldest: float | None = None
    newest: float | None = None


class StoreUpkeep(Protocol):
    """Every method raises `StoreError` if the store cannot be read or written."""

    def counts(self) -> StoreCounts:
        """How much is in the store."""

    def forget(self, run_id: str) -> int:
        """Remove the record of a run and its events, but for those that tell of the newest materialization of an asset.

        Others are kept waiting for milliseconds at most.

        Returns:
            How many events were removed.
        """

    def compact(self) -> bool:
        """Give the room of what was removed back to the disk, a little at a time.

        Returns:
            Whether that can be done: a file of an older orch must be rebuilt first, by `rebuild`.
        """

    def rebuild(self) -> None:
        """Write the store anew, without gaps. Nobody else can write meanwhile."""
