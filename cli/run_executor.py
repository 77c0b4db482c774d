"""Which executor a run on the command line uses."""

from typing import Any

import msgspec

from orchestrator.execution.executors.settings import (
    CLUSTERS,
    DASK,
    IN_PROCESS,
    MULTIPROCESS,
    ExecutorSettings,
    choose_executor,
)
from orchestrator.planning.plan import RunPlan

from .session import Session


def executor_of(
    session: Session,
    plan: RunPlan,
    *,
    executor: str | None,
    max_workers: int | None,
    dask_address: str | None,
    isolate_steps: bool,
) -> ExecutorSettings:
    """What the options say, else the run config, the job, the code location and the workspace, in this order.

    Args:
        session: the command.
        plan: what will run.
        executor: which; None if the options do not say.
        max_workers: steps at once, if the options say so; more than one cannot be in process.
        dask_address: the scheduler of a Dask cluster, which means that Dask runs the steps.
        isolate_steps: whether each step gets a process of its own, which cannot be in process either.

    Raises:
        ConfigError: there is no such executor, or its config says what it does not take.
    """
    job = None if plan.job is None else session.graph.job(plan.job, plan.job_location)[1].executor
    locations = dict.fromkeys(step.location for step in plan.steps)
    named = (session.graph.locations[name].executor for name in locations)
    choices = (job, next((one for one in named if one is not None), None), session.settings.executor)
    if dask_address is not None and executor is None:
        executor = DASK
    settings = choose_executor(executor, plan.config, choices)
    parallel = (max_workers or 1) > 1 or isolate_steps
    if executor is None and parallel and settings.name == IN_PROCESS:
        settings = choose_executor(MULTIPROCESS, plan.config, choices)
    changed: dict[str, Any] = {} if max_workers is None else {"max_workers": max_workers}
    if dask_address is not None and settings.name == DASK:
        others = {name: value for name, value in settings.cluster.items() if name not in CLUSTERS}
        changed["cluster"] = {**others, "existing": {"address": dask_address}}
    return msgspec.structs.replace(settings, **changed, isolate_steps=isolate_steps or settings.isolate_steps)
