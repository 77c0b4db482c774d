"""Runs as Dagster's users see them."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from orchestrator.runs.records import Run, RunStatus


class DagsterRunStatus(Enum):
    """Where a run stands, with Dagster's values. orch knows four of them."""

    QUEUED = "QUEUED"
    NOT_STARTED = "NOT_STARTED"
    MANAGED = "MANAGED"
    STARTING = "STARTING"
    STARTED = "STARTED"
    SUSPENDED = "SUSPENDED"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    CANCELING = "CANCELING"
    CANCELED = "CANCELED"


class DagsterRun:
    """A run under Dagster's names.

    Args:
        run: the run; other attributes than those below are its own.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    #: What runs of asset jobs that Dagster's web server started are asked for; other runs are asked for in code.
    asset_selection: frozenset[Any] = frozenset()
    asset_check_selection: None = None
    op_selection: None = None
    is_resume_retry = False
    has_repository_load_data = False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._run, name)

    @property
    def status(self) -> DagsterRunStatus:
        """Where the run stands."""
        return DagsterRunStatus[self._run.status.name]

    @property
    def tags(self) -> Mapping[str, str]:
        """Its tags."""
        return dict(self._run.tags)

    @property
    def is_failure_or_canceled(self) -> bool:
        """Whether it ended otherwise than well."""
        return self._run.status in (RunStatus.FAILURE, RunStatus.CANCELED)

    @property
    def is_cancelable(self) -> bool:
        """Whether it goes on."""
        return not self._run.is_finished

    @property
    def parent_run_id(self) -> str | None:
        """The run it repeats, if it repeats one."""
        return self._run.parent_run_id or self._run.tags.get("dagster/parent_run_id")

    @property
    def root_run_id(self) -> str | None:
        """The first of the runs it repeats."""
        return self._run.root_run_id or self._run.tags.get("dagster/root_run_id")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DagsterRun) and self._run == other._run

    def __hash__(self) -> int:
        return hash(self._run.run_id)

    def __repr__(self) -> str:
        return f"DagsterRun(job_name={self._run.job_name!r}, run_id={self._run.run_id!r}, status={self.status})"
