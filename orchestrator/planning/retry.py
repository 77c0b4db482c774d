"""From the plan of a run, made anew from the definitions as they are now, to the plan of a run that goes on with it.

The steps are those that are to run and all that is before them; what was done is in `RunPlan.done`. How functions are
written does not matter: mending them is why a run is tried again. What a done step took and made does: its values would
be taken for something they are not.
"""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import OrchestratorError, PlanError, SourceRef, UnknownStepError
from orchestrator.planning.plan import RunPlan, Step
from orchestrator.planning.wiring import fingerprint
from orchestrator.runs.past import DoneStep, Past, RetryStrategy, template_of

_ALL_HINT = "to run everything as it is defined now: --all"


def plan_retry(
    plan: RunPlan,
    past: Past,
    strategy: RetryStrategy,
    *,
    selected: Collection[str] | None = None,
    lost: Collection[str] = (),
) -> RunPlan:
    """The plan of a run that continues or repeats another.

    Args:
        plan: everything the other run was about, as it is defined now.
        past: what was done.
        strategy: what to repeat.
        selected: for `SELECT`, the keys of the steps.
        lost: assets whose values are gone. A step whose value is needed and gone is run again, and noted.

    Raises:
        UnknownStepError: a selected step does not exist.
        PlanError: the definitions changed so that what was done does not fit, or a value is not there.
    """
    linked = msgspec.structs.replace(
        plan, parent_run_id=past.run_id, root_run_id=past.root_run_id, retry=strategy.value
    )
    if strategy is RetryStrategy.ALL:
        return linked
    steps = {step.key: step for step in plan.steps}
    targets = _selected(selected or (), steps) if strategy is RetryStrategy.SELECT else _left_of(past, steps)
    needed = _with_upstream(targets, steps)
    if strategy is RetryStrategy.SELECT:
        targets |= {key for key in needed if steps[key].mapped_over in targets}
        needed = _with_upstream(targets, steps)
    done = {
        key: one
        for key, one in past.done.items()
        if template_of(key) in needed and (strategy is RetryStrategy.FROM_FAILURE or template_of(key) not in targets)
    }
    _check_wiring({template_of(key) for key in done}, steps, past)
    again = _take_lost({key: steps[key] for key in steps if key in needed}, done, lost)
    targets.update(again)
    if strategy is RetryStrategy.SELECT:
        _check_values(targets, needed, steps, done, past)
    notes = tuple(f"`{key}` is run again: its value is needed, and gone" for key in again)
    kept = tuple(step for step in plan.steps if step.key in needed)
    return msgspec.structs.replace(linked, steps=kept, done=done, notes=linked.notes + notes)


def _take_lost(steps: Mapping[str, Step], done: dict[str, DoneStep], lost: Collection[str]) -> list[str]:
    """Take out of what is done what has to be done again because its value is needed and gone.

    Args:
        steps: those of the run.
        done: what is done; changed.
        lost: assets whose values are gone.

    Returns:
        The steps that were taken out.
    """
    gone = {
        key
        for key, step in steps.items()
        if any(output.in_memory or (output.key and output.key in lost) for output in step.outputs)
    }
    if not gone:
        return []
    makers = {output.key: key for key, step in steps.items() for output in step.outputs if output.key}
    found: dict[str, None] = {}
    waiting = [step for step in steps.values() if not _is_done(step, done)]
    while waiting:
        step = waiting.pop()
        loaded = [one for one in step.inputs if one.loads]
        sources = {value.step for one in loaded for value in one.values}.union(
            makers.get(one.key, "") for one in loaded
        )
        for key in sorted(sources & gone):
            over = [one.key for one in steps.values() if one.mapped_over == key]
            if _drop({key, *over}, done):
                found[key] = None
                waiting += [steps[one] for one in (key, *over)]
    return list(found)


def _drop(templates: Collection[str], done: dict[str, DoneStep]) -> bool:
    dropped = [key for key in done if template_of(key) in templates]
    for key in dropped:
        del done[key]
    return bool(dropped)


def _selected(selected: Collection[str], steps: Mapping[str, Step]) -> set[str]:
    for key in selected:
        if key not in steps:
            raise UnknownStepError(f"the run has no step `{key}`", hint=did_you_mean(key, steps))
    return set(selected)


def _left_of(past: Past, steps: Mapping[str, Step]) -> set[str]:
    """What the run was to do; refused if some of it is left to do and cannot be done any more."""
    gone = [key for key in past.planned if key not in steps and key not in past.done]
    if gone:
        what = "a step that is" if len(gone) == 1 else "steps that are"
        raise PlanError(
            f"{_listed(gone)}: {what} to run again, and no longer defined",
            hint=did_you_mean(gone[0], [key for key in steps if key not in past.planned]) or _ALL_HINT,
        )
    return set(past.planned).intersection(steps) if past.planned else set(steps)


def _with_upstream(keys: Iterable[str], steps: Mapping[str, Step]) -> set[str]:
    found = set(keys)
    waiting = list(found)
    while waiting:
        for key in steps[waiting.pop()].upstream:
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def _check_wiring(done: Collection[str], steps: Mapping[str, Step], past: Past) -> None:
    changed = [
        steps[key] for key in steps if key in done and past.wiring.get(key) not in (None, fingerprint(steps[key]))
    ]
    if not changed:
        return
    first = changed[0]
    others = f" (and so did those of {_listed(step.key for step in changed[1:])})" if changed[1:] else ""
    raise PlanError(
        f"step `{first.key}` is done in run {past.done_by(first.key)}, and its inputs or outputs changed since{others}; "
        f"now {_wired(first)}",
        hint=_ALL_HINT,
        sources=tuple(step.source for step in changed[:5]),
    )


def _wired(step: Step) -> str:
    takes = [
        f"`{one.name}` from {_listed([one.key] if one.key else (value.step for value in one.values))}"
        for one in step.inputs
        if one.key or one.values
    ]
    makes = _listed(output.key or output.name for output in step.outputs)
    return f"it takes {', '.join(takes) or 'nothing'} and makes {makes or 'nothing'}"


def _check_values(
    targets: Collection[str],
    needed: AbstractSet[str],
    steps: Mapping[str, Step],
    done: Mapping[str, DoneStep],
    past: Past,
) -> None:
    """Refuse to run a step for which something is missing that is not run."""
    problems: list[OrchestratorError] = []
    for key in sorted(needed - set(targets)):
        step = steps[key]
        if _is_done(step, done) or key in past.unfed:
            continue
        takers = [steps[one] for one in targets if key in steps[one].upstream]
        what = f"`{takers[0].key}` needs" if takers else "the selection needs"
        problems.append(
            PlanError(
                f"{what} `{key}`, which is not done in run {past.run_id} and not selected",
                hint="select it too, or go on with all that is left: --from-failure",
                sources=_sources(step, takers),
            )
        )
    if problems:
        raise problems[0]


def _is_done(step: Step, done: Mapping[str, DoneStep]) -> bool:
    if not step.mapped_over:
        return step.key in done
    over = done.get(step.mapped_over)
    return over is not None and all(
        f"{step.key}[{key}]" in done for output, key in over.outputs if output == step.mapped_output
    )


def _sources(step: Step, takers: Iterable[Step]) -> tuple[SourceRef, ...]:
    return (*(one.source for one in takers), step.source)[:2]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
