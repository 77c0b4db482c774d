"""The timeline of a run as `orch runs show --format json` writes it."""

from typing import Any

import msgspec

from orchestrator.reports.timeline import StepAttempt, Timeline, TimelineStep

from .times import iso


def timeline_json(timeline: Timeline) -> dict[str, Any]:
    """Steps, and what they add up to."""
    return {
        "steps": [_step(step) for step in timeline.steps],
        "parallel": {
            "executor": timeline.executor,
            "max_workers": timeline.max_workers,
            "span_s": timeline.span_s,
            "busy_s": timeline.busy_s,
            "waiting_s": timeline.waiting_s,
            "overhead_s": timeline.overhead_s,
            "efficiency": timeline.efficiency,
            "critical_path": timeline.critical_path,
            "critical_path_s": timeline.critical_path_s,
            "workers": timeline.lanes,
        },
    }


def _step(step: TimelineStep) -> dict[str, Any]:
    ran = bool(step.attempts)
    return {
        "step": step.step,
        "status": step.status,
        "started": iso(step.attempts[0].started) if ran else None,
        "ended": iso(step.attempts[-1].ended) if ran else None,
        "duration_s": step.duration_s if ran else None,
        "waited_s": step.waited_s,
        "location": step.location,
        "worker": step.worker,
        "cpu_s": step.cpu_s,
        "peak_rss": step.peak_rss,
        "assets": step.assets,
        "upstream": step.upstream,
        "critical": step.critical,
        "detail": step.detail,
        "attempts": [_attempt(one) for one in step.attempts],
    }


def _attempt(one: StepAttempt) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(one)
    return data | {"started": iso(one.started), "ended": iso(one.ended), "duration_s": one.duration_s}
