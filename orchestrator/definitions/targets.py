"""What a schedule or sensor is for: jobs, or a selection of assets."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from orchestrator.definitions.asset_jobs import AssetJob
from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.functions import caller_source
from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.jobs import AnyJob
from orchestrator.definitions.run_requests import check_text
from orchestrator.definitions.upward import fetch
from orchestrator.errors import ArgumentError, DefinitionError

#: The job that stands for a selection of assets is called so, and then by the name of its schedule or sensor.
ANONYMOUS = "__anonymous_asset_job_"


class Target(Struct, frozen=True, kw_only=True):
    """What a schedule or sensor is for: jobs, a job that it knows by name, or assets."""

    jobs: tuple[AnyJob, ...] = ()
    #: The name of a job that is defined elsewhere.
    job_name: str | None = None
    #: An `AssetSelection`.
    selection: Any = None
    #: The definitions of the assets, if these were given.
    assets: tuple[AssetsDefinition, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its jobs."""
        return (self.job_name,) if self.job_name is not None else tuple(job.name for job in self.jobs)

    @property
    def is_nothing(self) -> bool:
        """Whether it is for nothing, and so can request nothing."""
        return not self.names and self.selection is None

    def job_of_assets(self, owner: str) -> AssetJob:
        """The job that stands for the selection of assets of the schedule or sensor of this name."""
        return AssetJob(name=f"{ANONYMOUS}{owner}", selection=self.selection, source=caller_source())


def read_target(
    where: str,
    *,
    job: Any = None,
    jobs: Sequence[Any] | None = None,
    job_name: str | None = None,
    asset_selection: Any = None,
    target: Any = None,
) -> Target:
    """What a schedule or sensor is for, as it was said in one of several ways.

    Raises:
        DefinitionError: it is said in more than one way, or a job is no job.
        SelectionError: the selection cannot be read.
    """
    ways = {"job": job, "jobs": jobs, "job_name": job_name, "asset_selection": asset_selection, "target": target}
    said = [name for name, value in ways.items() if value is not None]
    if len(said) > 1:
        named = " and ".join(f"`{name}`" for name in said)
        raise DefinitionError(f"{where} says with {named} what it is for", hint="say it once")
    check_text(job_name, "job_name", where)
    if job is not None:
        return Target(jobs=(_job(job, where),))
    if jobs is not None:
        return Target(jobs=_jobs(jobs, where))
    if isinstance(target, AnyJob | GraphDefinition):
        return Target(jobs=(_job(target, where),))
    selected = asset_selection if target is None else target
    if selected is None:
        return Target(job_name=job_name)
    given = [selected] if isinstance(selected, AssetsDefinition) else selected
    held = [one for one in given if isinstance(one, AssetsDefinition)] if isinstance(given, list | tuple) else ()
    return Target(selection=fetch("graph.selection", "AssetSelection").from_coercible(given), assets=tuple(held))


def _jobs(jobs: Any, where: str) -> tuple[AnyJob, ...]:
    if isinstance(jobs, str) or not isinstance(jobs, Sequence):
        raise ArgumentError(f"`jobs` of {where} must be a list, got {jobs!r:.60}")
    return tuple(_job(one, where) for one in jobs)


def _job(job: Any, where: str) -> AnyJob:
    if isinstance(job, GraphDefinition):
        made: AnyJob = job.to_job()
        return made
    if not isinstance(job, AnyJob):
        hint = "`job_name` takes a name, `target` assets and selections"
        raise ArgumentError(f"`job` of {where} is {job!r:.60}, which is no job", hint=hint)
    return job
