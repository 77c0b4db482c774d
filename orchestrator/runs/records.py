"""Records: the present state that events add up to."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct

from orchestrator.definitions.metadata import AnyMetadataValue

#: The job of a run that has none.
EPHEMERAL_JOB = "__ephemeral_asset_job__"


class RunStatus(StrEnum):
    """Where a run stands."""

    STARTED = "started"
    SUCCESS = "success"
    FAILURE = "failure"
    CANCELED = "canceled"

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen."""
        return self is not RunStatus.STARTED


class StepStatus(StrEnum):
    """Where a step stands."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCESS = "success"
    FAILURE = "failure"
    SKIPPED = "skipped"
    CANCELED = "canceled"


class Coordinator(NamedTuple):
    """The process that drives a run, so that another can tell whether it still lives."""

    host: str = ""
    pid: int = 0
    #: Tells the process from a later one with the same id.
    process_token: str = ""


class Run(Struct, frozen=True, kw_only=True):
    """One run."""

    run_id: str
    status: RunStatus
    #: Seconds since 1970 (UTC).
    started: float
    ended: float | None = None
    job: str | None = None
    #: What was asked for, in the selection language.
    selection: str = ""
    tags: Mapping[str, str] = {}
    #: What it was given as run config.
    run_config: Mapping[str, Any] = {}
    #: Number of assets planned, and what became of them.
    planned: int = 0
    materialized: int = 0
    failed: int = 0
    skipped: int = 0
    #: The run that it continues or repeats, and the first of them all; None if it stands alone.
    parent_run_id: str | None = None
    root_run_id: str | None = None
    #: What it repeats of its parent: `from_failure`, `all` or `select`; empty if it has none.
    retry: str = ""
    #: Where its steps run, and how many of them at once.
    executor: str = "in_process"
    max_workers: int = 1
    #: The coordinating process: `host`, process id, and a token that tells it from a later one of the same id.
    host: str = ""
    pid: int = 0
    process_token: str = ""
    #: Why the run ended, where its steps do not say.
    message: str | None = None

    @property
    def job_name(self) -> str:
        """The job; of a run without one, the name that stands for it."""
        return self.job or EPHEMERAL_JOB

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.status.finished

    @property
    def is_success(self) -> bool:
        """Whether every step ended well."""
        return self.status is RunStatus.SUCCESS

    @property
    def is_failure(self) -> bool:
        """Whether a step ended badly."""
        return self.status is RunStatus.FAILURE


class Materialization(Struct, frozen=True, kw_only=True):
    """The newest materialization of an asset."""

    key: str
    run_id: str
    #: Seconds since 1970 (UTC).
    timestamp: float
    step: str
    #: How long the step took, in seconds; of an asset that a graph makes, all steps that led to it.
    duration_s: float
    #: Whether a value was stored through the IO manager.
    stored: bool
    metadata: Mapping[str, AnyMetadataValue] = {}
    tags: Mapping[str, str] = {}
    data_version: str | None = None
    code_version: str | None = None
    #: The location whose code made it.
    location: str = ""
    description: str = ""
    #: The part of the asset that was made.
    partition: str | None = None
