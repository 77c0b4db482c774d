"""Which executor a run on the command line uses."""

import msgspec

from orchestrator.execution.executors.settings import IN_PROCESS, MULTIPROCESS, ExecutorSettings, choose_executor
from orchestrator.planning.plan import RunPlan

from .session import Session


def executor_of(
    session: Session, plan: RunPlan, *, executor: str | None, max_workers: int | None, isolate_steps: bool
) -> ExecutorSettings:
    """What the options say, else the run config, the job, the code location and the workspace, in this order.

    Args:
        session: the command.
        plan: what will run.
        executor: which; None if the options do not say.
        max_workers: steps at once, if the options say so; more than one cannot be in process.
        isolate_steps: whether each step gets a process of its own, which cannot be in process either.

    Raises:
        ConfigError: there is no such executor, or its config says what it does not take.
    """
    job = None if plan.job is None else session.graph.job(plan.job, plan.job_location)[1].executor
    locations = dict.fromkeys(step.location for step in plan.steps)
    named = (session.graph.locations[name].executor for name in locations)
    choices = (job, next((one for one in named if one is not None), None), session.settings.executor)
    settings = choose_executor(executor, plan.config, choices)
    parallel = (max_workers or 1) > 1 or isolate_steps
    if executor is None and parallel and settings.name == IN_PROCESS:
        settings = choose_executor(MULTIPROCESS, plan.config, choices)
    changed = {"max_workers": max_workers} if max_workers is not None else {}
    return msgspec.structs.replace(settings, **changed, isolate_steps=isolate_steps or settings.isolate_steps)
