"""The timeline of a run as text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from orchestrator_cli.tables import display_width
from orchestrator_cli.timeline import critical_path_in_words, render_timeline, workers_in_words

from orchestrator.errors import ErrorInfo
from orchestrator.reports.timeline import Timeline
from orchestrator.reports.timeline_of import timeline_of
from orchestrator.runs.events import RunStarted, StepFailed, StepSkipped, StepStarted, StepSucceeded, StepUpForRetry
from tests.unit.reports.runs import graphs, played

Graph = tuple[dict[str, float], dict[str, tuple[str, ...]]]


def drawn(timeline: Timeline, width: int | None) -> list[str]:
    return list(render_timeline(timeline, timeline.steps, width=width, styled=lambda text, _: text))


def test_bars_lie_against_time_in_the_lanes_of_workers() -> None:
    seconds = {"flour": 1.0, "icing": 2.0, "cake": 1.0}
    upstream = {"flour": (), "icing": (), "cake": ("flour", "icing")}
    timeline = timeline_of(played(seconds, upstream, 2), 0.0)
    assert drawn(timeline, 60) == [
        "STEP   STATUS   TOOK   0 s             1.5 s           3.0 s",
        "worker w0: 2 steps, 67 % busy",
        "flour  success  1.0 s  ▒▒▒▒▒▒▒▒▒▒▒▒",
        "cake   success  1.0 s                          █████████████",
        "worker w1: 1 step, 67 % busy",
        "icing  success  2.0 s  █████████████████████████",
        "█ critical path  ▒ other steps  · ready, and waiting",
    ]
    assert workers_in_words(timeline) == "2 (multiprocess): 67 % busy, 2.0 s idle while no step was ready"
    assert critical_path_in_words(timeline, 80) == "3.0 s of 3.0 s: icing > cake"


def test_attempts_waits_and_what_never_ran_are_drawn() -> None:
    error = ErrorInfo(type="ValueError", message="no")
    events = [
        RunStarted(run_id="r", timestamp=0.0, steps=4),
        StepStarted(run_id="r", timestamp=1.0, step="a"),
        StepUpForRetry(run_id="r", timestamp=2.0, step="a", error=error, duration_s=1.0, wait_s=1.0),
        StepStarted(run_id="r", timestamp=4.0, step="a", attempt=1),
        StepSucceeded(run_id="r", timestamp=6.0, step="a", duration_s=2.0, cpu_s=1.5, peak_rss=84 << 20),
        StepStarted(run_id="r", timestamp=6.0, step="b", upstream=("a",)),
        StepFailed(run_id="r", timestamp=7.0, step="b", error=error, duration_s=1.0),
        StepSkipped(run_id="r", timestamp=7.0, step="c", because=("b",), reason="upstream failed"),
        StepStarted(run_id="r", timestamp=7.0, step="d"),
    ]
    assert drawn(timeline_of(events, 10.0), None) == [
        "STEP  STATUS   TOOK   TRIES  CPU    MEMORY  0 s               5.0 s           10.0 s",
        "a     success  3.0 s  2      1.5 s  84 MB   ····███×    ····████████",
        "b     failure  1.0 s  1                                             ███×",
        "d     running  3.0 s  1                     ····························▒▒▒▒▒▒▒▒▒▒▒▸",
        "c     skipped                               (upstream failed: b)",
        "█ critical path  ▒ other steps  · ready, and waiting  × failed or stopped  ▸ no end seen yet",
    ]


@given(graphs(), st.integers(1, 4), st.integers(50, 200))
def test_nothing_is_wider_than_the_terminal(graph: Graph, workers: int, width: int) -> None:
    seconds, upstream = graph
    if not seconds:
        return
    long = {step: f"{step}_with_a_long_name_of_味噌" for step in seconds}
    renamed = {long[step]: took for step, took in seconds.items()}
    after = {long[step]: tuple(long[one] for one in names) for step, names in upstream.items()}
    timeline = timeline_of(played(renamed, after, workers), 0.0)
    lines = drawn(timeline, width)[:-1]  # the legend needs 52
    assert max(map(display_width, [*lines, critical_path_in_words(timeline, width)])) <= width


def test_a_terminal_too_narrow_for_everything_keeps_names_states_and_bars() -> None:
    events = [
        RunStarted(run_id="r", timestamp=0.0, steps=1),
        StepStarted(run_id="r", timestamp=0.0, step="a_step_with_a_name"),
        StepSucceeded(
            run_id="r", timestamp=1.0, step="a_step_with_a_name", duration_s=1.0, cpu_s=0.5, peak_rss=1 << 20
        ),
    ]
    header, row, _ = drawn(timeline_of(events, 1.0), 40)
    assert header.split() == ["STEP", "STATUS", "0", "s", "1.0", "s"]
    assert row == "a_step_with_…  success  ████████████████"


@pytest.mark.parametrize("width", [80, None])
def test_a_long_critical_path_is_cut_in_the_middle(width: int | None) -> None:
    names = [f"step_{number}" for number in range(100)]
    upstream = {step: tuple(names[place - 1 : place]) if place else () for place, step in enumerate(names)}
    text = critical_path_in_words(timeline_of(played(dict.fromkeys(names, 1.0), upstream, 1), 0.0), width)
    assert text.startswith("1m 40s of 1m 40s: step_0 > ")
    assert text.endswith(" > step_99")
    assert " more) > " in text
    assert width is None or len(text) <= width


def test_ten_thousand_steps_are_quick() -> None:
    names = [f"step_{number}" for number in range(10_000)]
    upstream = {step: tuple(names[max(0, place - 2) : place]) for place, step in enumerate(names)}
    events = [
        event
        for place, step in enumerate(names)
        for event in (
            StepStarted(run_id="r", timestamp=float(place), step=step, upstream=upstream[step]),
            StepSucceeded(run_id="r", timestamp=place + 1.0, step=step, duration_s=1.0),
        )
    ]
    began = time.process_time()
    timeline = timeline_of([RunStarted(run_id="r", timestamp=0.0, steps=10_000), *events], 10_000.0)
    assert len(timeline.lead(20)) == 20
    assert len(drawn(timeline, 80)) == 10_002
    assert time.process_time() - began < 3
