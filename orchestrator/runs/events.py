"""Events: everything that happens in a run, one frozen value each.

Events are the truth of the store and the stream that live views, reports and `--format json` read. `type` in the JSON
form is the tag of the class. Times are seconds since 1970 (UTC); durations are seconds.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.metadata import AnyMetadataValue
from orchestrator.errors import ErrorInfo
from orchestrator.runs.records import RunStatus


class _Event(Struct, frozen=True, kw_only=True, tag_field="type"):
    """What all events have in common."""

    run_id: str
    timestamp: float


class RunStarted(_Event, frozen=True, tag="run_started"):
    """A run was planned and begins."""

    job: str | None = None
    #: The code location of the job.
    job_location: str = ""
    selection: str = ""
    tags: Mapping[str, str] = {}
    #: Planned assets, in order.
    assets: tuple[str, ...] = ()
    #: Number of planned steps.
    steps: int = 0
    #: The run that this one continues or repeats, and the first of them all.
    parent_run_id: str | None = None
    root_run_id: str | None = None
    #: What it repeats of its parent: `from_failure`, `all` or `select`; empty if it has none.
    retry: str = ""
    #: For each planned step a fingerprint of what it takes and makes. For a run that continues this one; not shown.
    wiring: Mapping[str, str] = {}
    #: Where its steps run, and how many of them at once.
    executor: str = "in_process"
    max_workers: int = 1
    #: What it was given as run config, as it was written: a variable of the environment by its name.
    config: Mapping[str, Any] = {}
    host: str = ""
    pid: int = 0
    process_token: str = ""


class StepStarted(_Event, frozen=True, tag="step_started"):
    """A step was handed to the process that runs it."""

    step: str
    location: str = ""
    assets: tuple[str, ...] = ()
    #: How many attempts came before this one.
    attempt: int = 0
    #: The worker that runs it; empty in the process of the coordinator.
    worker: str = ""
    #: The process that runs it.
    pid: int = 0
    #: The steps that had to end first; one that became many copies is named once, as it was planned.
    upstream: tuple[str, ...] = ()


class OutputProduced(_Event, frozen=True, tag="output_produced"):
    """A step made a value that is no asset; if it is stored, it is whole in its place."""

    step: str
    output: str
    #: Which of the values of a dynamic output.
    mapping_key: str | None = None
    #: Whether a value was stored through the IO manager.
    stored: bool = False
    metadata: Mapping[str, AnyMetadataValue] = {}


class LogWritten(_Event, frozen=True, tag="log"):
    """User code wrote to `context.log` or another logger that is kept, or orch has something to say about a step."""

    step: str | None = None
    #: `debug`, `info`, `warning`, `error` or `critical`.
    level: str = "info"
    message: str = ""
    #: Name of the logger; empty for `context.log`.
    logger: str = ""
    #: What was given as `extra=`.
    extra: Mapping[str, Any] = {}


class LogsCaptured(_Event, frozen=True, tag="logs_captured"):
    """A step wrote to stdout or stderr. What it wrote is in files; this says which part."""

    #: None: it was written between steps, as by a resource that starts.
    step: str | None
    #: Path of the two files in the folder `logs` of the home, without their endings `.out` and `.err`.
    file: str
    #: Offsets in bytes: the first that the step wrote, and the one after the last.
    out_from: int = 0
    out_to: int = 0
    err_from: int = 0
    err_to: int = 0


class AssetMaterialized(_Event, frozen=True, tag="asset_materialized"):
    """An asset was made; if it stores a value, the value is whole on disk."""

    step: str
    asset: str
    #: The output of the step that it is; empty if the function only says that it made the asset.
    output: str = ""
    #: Whether a value was stored through the IO manager.
    stored: bool = False
    metadata: Mapping[str, AnyMetadataValue] = {}
    tags: Mapping[str, str] = {}
    data_version: str | None = None
    code_version: str | None = None
    #: Time from the start of the step to this event; of an asset that a graph makes, and of the steps that led to it.
    duration_s: float = 0.0
    location: str = ""
    description: str = ""
    #: The part of the asset that was made.
    partition: str | None = None

    @property
    def asset_key(self) -> AssetKey:
        """The asset's key."""
        return AssetKey(self.asset)


class AssetObserved(_Event, frozen=True, tag="asset_observed"):
    """Something was seen of an asset, without making it."""

    step: str
    asset: str
    metadata: Mapping[str, AnyMetadataValue] = {}
    tags: Mapping[str, str] = {}
    data_version: str | None = None
    description: str = ""
    #: The part of the asset that was seen.
    partition: str | None = None

    @property
    def asset_key(self) -> AssetKey:
        """The asset's key."""
        return AssetKey(self.asset)


class ExpectationChecked(_Event, frozen=True, tag="expectation_checked"):
    """User code said whether data met an expectation."""

    step: str
    success: bool
    label: str = ""
    description: str = ""
    metadata: Mapping[str, AnyMetadataValue] = {}


class HookEnded(_Event, frozen=True, tag="hook_ended"):
    """A hook was called after a step."""

    step: str
    hook: str
    #: Why it failed, if it did.
    error: ErrorInfo | None = None


class StepUpForRetry(_Event, frozen=True, tag="step_up_for_retry"):
    """An attempt at a step failed, and another follows."""

    step: str
    error: ErrorInfo
    duration_s: float
    #: Time until the next attempt.
    wait_s: float = 0.0
    assets: tuple[str, ...] = ()
    #: Time that all processors spent on it, in seconds; None where other work shares the process.
    cpu_s: float | None = None
    #: The most memory that its process held while it ran, in bytes; None where other work shares the process.
    peak_rss: int | None = None


class StepSucceeded(_Event, frozen=True, tag="step_succeeded"):
    """A step ended well."""

    step: str
    duration_s: float
    #: Time that all processors spent on it, in seconds; None where other work shares the process.
    cpu_s: float | None = None
    #: The most memory that its process held while it ran, in bytes; None where other work shares the process.
    peak_rss: int | None = None


class StepFailed(_Event, frozen=True, tag="step_failed"):
    """A step ended badly."""

    step: str
    error: ErrorInfo
    duration_s: float
    #: Those it was to make; of a step in a graph, also those of the graph that needed it.
    assets: tuple[str, ...] = ()
    #: Of a `Failure`.
    metadata: Mapping[str, AnyMetadataValue] = {}
    #: Time that all processors spent on it, in seconds; None where other work shares the process.
    cpu_s: float | None = None
    #: The most memory that its process held while it ran, in bytes; None where other work shares the process.
    peak_rss: int | None = None


class StepSkipped(_Event, frozen=True, tag="step_skipped"):
    """A step will not run."""

    step: str
    #: The failed steps, or the keys not produced, that stand in its way; empty for fail-fast.
    because: tuple[str, ...]
    assets: tuple[str, ...] = ()
    reason: str = ""


class StepCanceled(_Event, frozen=True, tag="step_canceled"):
    """A step was stopped, or never started because the run was."""

    step: str
    assets: tuple[str, ...] = ()


class RunFinished(_Event, frozen=True, tag="run_finished"):
    """A run is over; the counts are of assets."""

    status: RunStatus
    materialized: int
    failed: int
    skipped: int
    duration_s: float
    message: str | None = None


class RunTagged(_Event, frozen=True, tag="run_tagged"):
    """Tags were put on a run after it started."""

    tags: Mapping[str, str]


class RunDeleted(_Event, frozen=True, tag="run_deleted"):
    """The record of a run was removed on request."""


class AssetWiped(_Event, frozen=True, tag="asset_wiped"):
    """The record that an asset was materialized was removed on request; `run_id` is empty."""

    asset: str


StepEvent = (
    StepStarted
    | OutputProduced
    | LogWritten
    | LogsCaptured
    | AssetMaterialized
    | AssetObserved
    | ExpectationChecked
    | HookEnded
    | StepUpForRetry
    | StepSucceeded
    | StepFailed
    | StepSkipped
    | StepCanceled
)
Event = RunStarted | StepEvent | RunFinished | RunTagged | RunDeleted | AssetWiped
