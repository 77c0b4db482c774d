"""What the function of a sensor of several assets is given."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from orchestrator.definitions.keys import AssetKey, key_text
from orchestrator.errors import InvariantError, InvocationError
from orchestrator.execution.automation_contexts import SensorEvaluationContext, materialization_after
from orchestrator.runs.event_log import EventLogRecord
from orchestrator.runs.event_type import EventType
from orchestrator.runs.filters import EventRecordsFilter


class MultiAssetSensorEvaluationContext(SensorEvaluationContext):
    """What the function of a sensor of several assets is given.

    Args:
        monitored: keys of assets, or an `AssetSelection`.
        common: the context of any sensor.
        from_latest: whether what was made so far counts as dealt with.
    """

    def __init__(self, monitored: Any, common: SensorEvaluationContext, *, from_latest: bool = False) -> None:
        known = {name: value for name, value in vars(common).items() if name in _STATE}
        super().__init__(resources=common.built_resources, log=common.log, definitions=common.definitions)
        self.__dict__.update(known)
        self.cursor_updated = False
        self._keys = _keys_of(monitored, self.definitions)
        self._seen = _read_cursor(self.cursor)
        if from_latest:
            self.advance_all_cursors()

    @property
    def asset_keys(self) -> list[AssetKey]:
        """The assets that it looks at."""
        return list(self._keys)

    def latest_materialization_records_by_key(
        self, asset_keys: Iterable[AssetKey] | None = None
    ) -> Mapping[AssetKey, EventLogRecord | None]:
        """The newest materialization of each asset that the function has not dealt with, or None.

        Args:
            asset_keys: only of these.

        Raises:
            InvocationError: the sensor does not look at one of them.
        """
        wanted = self._keys if asset_keys is None else tuple(asset_keys)
        return {key: materialization_after(self, key, self._seen_of(key)) for key in wanted}

    def materialization_records_for_key(self, asset_key: AssetKey, limit: int | None = None) -> list[EventLogRecord]:
        """The materializations of an asset that the function has not dealt with, oldest first.

        Args:
            asset_key: the asset.
            limit: at most so many.

        Raises:
            InvocationError: the sensor does not look at it.
        """
        wanted = EventRecordsFilter(EventType.ASSET_MATERIALIZATION, asset_key, after_cursor=self._seen_of(asset_key))
        found: list[EventLogRecord] = self.instance.get_event_records(wanted, limit, ascending=True)
        return found

    def advance_cursor(self, materialization_records_by_key: Mapping[AssetKey, EventLogRecord | None]) -> None:
        """Say that the function has dealt with materializations, and those of the same asset before.

        Raises:
            InvocationError: the sensor does not look at one of the assets.
        """
        for key, record in materialization_records_by_key.items():
            if record is not None:
                self._seen[key_text(key)] = max(self._seen_of(key), record.storage_id)
        self.update_cursor(json.dumps(self._seen))

    def advance_all_cursors(self) -> None:
        """Say that the function has dealt with everything that was made so far."""
        self.advance_cursor(self.latest_materialization_records_by_key())

    def _seen_of(self, key: AssetKey) -> int:
        if key not in self._keys:
            raise InvocationError(f"the sensor does not look at `{key_text(key)}`")
        return self._seen.get(key_text(key), 0)


_STATE = frozenset(
    {
        "_instance", "_cursor", "_sensor_name", "repository_name", "last_run_key", "last_tick_completion_time",
        "last_completion_time", "last_sensor_start_time",
    }
)  # fmt: skip


def _keys_of(monitored: Any, definitions: Any) -> tuple[AssetKey, ...]:
    if isinstance(monitored, tuple | list):
        return tuple(monitored)
    if definitions is None:
        raise InvariantError("a selection of assets needs the definitions", hint="give definitions=...")
    return tuple(sorted(definitions.resolve_asset_graph().keys_of(monitored)))


def _read_cursor(cursor: str | None) -> dict[str, int]:
    try:
        found = json.loads(cursor or "{}")
        return {str(key): int(number) for key, number in found.items()}
    except (ValueError, TypeError, AttributeError):
        raise InvariantError(
            f"the cursor {cursor!r:.60} does not say what was seen of which asset",
            hint="reset the cursor of the sensor",
        ) from None
