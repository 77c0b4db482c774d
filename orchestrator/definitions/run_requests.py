"""What schedules and sensors answer with: runs to request, or why there is none."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import force_setattr

from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.tags import check_run_tags
from orchestrator.errors import ArgumentError


class RunRequest(Struct, frozen=True):
    """A run that a schedule or sensor asks for.

    Args:
        run_key: what the run is for; of the requests of one schedule or sensor with the same key, the first is run.
        run_config: its run config, a dict or a `RunConfig`.
        tags: put on the run.
        job_name: the job, if the sensor is for several.
        asset_selection: keys of assets: only these of what the schedule or sensor is for.
        stale_assets_only: not there yet; must be left out or False.
        partition_key: the part of the assets.

    Raises:
        ArgumentError: one of them is of the wrong type.
    """

    run_key: str | None = None
    run_config: Mapping[str, Any] = {}
    tags: Mapping[str, str] = {}
    job_name: str | None = None
    asset_selection: Sequence[AssetKey] | None = None
    stale_assets_only: bool = False
    partition_key: str | None = None

    def __post_init__(self) -> None:
        for name in ("run_key", "job_name", "partition_key"):
            check_text(getattr(self, name), name, "RunRequest")
        if self.stale_assets_only:
            raise ArgumentError("`stale_assets_only` of RunRequest is not supported yet")
        force_setattr(self, "run_config", as_run_config(self.run_config, "`run_config` of RunRequest"))
        force_setattr(self, "tags", check_run_tags(self.tags, "RunRequest"))
        if self.asset_selection is not None:
            keys = _checked(self.asset_selection, AssetKey, "asset_selection", "RunRequest")
            force_setattr(self, "asset_selection", keys)


class SkipReason(Struct, frozen=True):
    """Why a schedule or sensor asks for no run.

    Args:
        skip_message: for people.

    Raises:
        ArgumentError: it is no text.
    """

    skip_message: str | None = None

    def __post_init__(self) -> None:
        check_text(self.skip_message, "skip_message", "SkipReason")


class SensorResult(Struct, frozen=True):
    """Everything that a sensor can answer with.

    Args:
        run_requests: the runs to request.
        skip_reason: why there are none: text, or a `SkipReason`.
        cursor: what `context.cursor` is the next time.
        dynamic_partitions_requests: not there yet; must be left out or empty.
        asset_events: materializations and observations of assets, to be recorded.

    Raises:
        ArgumentError: one of them is of the wrong type, or there are both requests and a reason for none.
    """

    run_requests: Sequence[RunRequest] | None = None
    skip_reason: SkipReason | str | None = None
    cursor: str | None = None
    dynamic_partitions_requests: Sequence[Any] | None = None
    asset_events: Sequence[Any] | None = None

    def __post_init__(self) -> None:
        check_text(self.cursor, "cursor", "SensorResult")
        requests = _checked(self.run_requests or (), RunRequest, "run_requests", "SensorResult")
        reason = SkipReason(self.skip_reason) if isinstance(self.skip_reason, str) else self.skip_reason
        if reason is not None and not isinstance(reason, SkipReason):
            raise ArgumentError(f"`skip_reason` of SensorResult must be text, got {reason!r:.60}")
        if reason is not None and requests:
            raise ArgumentError("a SensorResult has run requests, or a reason for none", hint="leave out one of them")
        if self.dynamic_partitions_requests:
            raise ArgumentError("`dynamic_partitions_requests` of SensorResult is not supported yet")
        force_setattr(self, "run_requests", requests)
        force_setattr(self, "skip_reason", reason)
        force_setattr(self, "dynamic_partitions_requests", [])
        force_setattr(self, "asset_events", list(self.asset_events or ()))


def as_run_config(config: Any, what: str) -> dict[str, Any]:
    """Run config as a dict.

    Raises:
        ArgumentError: it is neither a dict nor a `RunConfig`.
    """
    to_dict = getattr(config, "to_config_dict", None)
    given = to_dict() if to_dict is not None else config
    if given is not None and not isinstance(given, Mapping):
        raise ArgumentError(f"{what} must be a dict or a RunConfig, got {given!r:.60}")
    return dict(given or {})


def check_text(value: object, name: str, where: str) -> None:
    """Refuse what is neither text nor None.

    Raises:
        ArgumentError: names the parameter.
    """
    if value is not None and not isinstance(value, str):
        raise ArgumentError(f"`{name}` of {where} must be a string, got {value!r:.60}")


def _checked(items: Any, kind: type, name: str, where: str) -> list[Any]:
    if isinstance(items, str | Mapping) or not isinstance(items, Sequence):
        raise ArgumentError(f"`{name}` of {where} must be a list, got {items!r:.60}")
    for one in items:
        if not isinstance(one, kind):
            raise ArgumentError(f"`{name}` of {where} holds {one!r:.60}, which is no {kind.__name__}")
    return list(items)
