"""The timeline of a run as text: a row per step, bars against time, what was critical, how busy the workers were."""

from collections.abc import Callable, Iterator, Sequence

from orchestrator.reports.timeline import Timeline, TimelineStep
from orchestrator.runs.records import StepStatus

from .tables import cut, display_width, padded
from .times import duration
from .wording import counted, size

_GAP = "  "
#: Columns of the bars where there is no terminal whose width they must fit.
_BARS = 40
#: Columns that the bars get at least, and the steps' names.
_LEAST_BARS, _LEAST_NAMES = 16, 12

_CRITICAL, _OTHER, _WAITED, _FAILED, _RUNNING = "█", "▒", "·", "×", "▸"
_STYLES = {StepStatus.FAILURE: "red", StepStatus.RUNNING: "green"}


class _Columns:
    """The columns of a timeline: those that have something to say, in the width that there is."""

    def __init__(self, timeline: Timeline, steps: Sequence[TimelineStep], width: int | None) -> None:
        said: list[tuple[str, Callable[[TimelineStep], str]]] = [("STATUS", lambda step: step.status)]
        said += [("TOOK", lambda step: duration(step.duration_s) if step.attempts else "")]
        if any(len(step.attempts) > 1 for step in steps):
            said.append(("TRIES", lambda step: str(len(step.attempts) or "")))
        if any(step.cpu_s is not None for step in steps):
            said.append(("CPU", lambda step: "" if step.cpu_s is None else duration(step.cpu_s)))
        if any(step.peak_rss is not None for step in steps):
            said.append(("MEMORY", lambda step: "" if step.peak_rss is None else size(step.peak_rss)))
        self._timeline = timeline
        self._said = [
            (header, text, max(len(header), *(display_width(text(step)) for step in steps))) for header, text in said
        ]
        self._names = max(4, *(display_width(step.step) for step in steps))
        self._bars = _BARS
        if width is not None:
            self._fit(width)

    def _fit(self, width: int) -> None:
        while True:
            left = width - sum(len(_GAP) + size for _, _, size in self._said) - len(_GAP)
            if left >= _LEAST_NAMES + _LEAST_BARS or len(self._said) <= 1:
                break
            self._said.pop()
        self._names = min(self._names, max(_LEAST_NAMES, left - max(_LEAST_BARS, left // 2)))
        self._bars = max(_LEAST_BARS, left - self._names)

    def header(self) -> str:
        """The names of the columns; above the bars, the time that they stand for."""
        end = duration(self._timeline.span_s)
        middle = duration(self._timeline.span_s / 2)
        scale = "0 s"
        if self._bars >= len(scale) + len(middle) + len(end) + 8:
            scale = padded(scale, self._bars // 2 - len(middle) // 2) + middle
        scale += end.rjust(self._bars - len(scale))
        return self._joined("STEP", [header for header, _, _ in self._said], scale)

    def row(self, step: TimelineStep) -> str:
        """A step."""
        bar = self._bar(step) if step.attempts else cut(step.detail, self._bars)
        return self._joined(step.step, [text(step) for _, text, _ in self._said], bar)

    def _joined(self, name: str, texts: Sequence[str], bar: str) -> str:
        cells = [padded(name, self._names)]
        cells += [padded(text, size) for text, (_, _, size) in zip(texts, self._said, strict=True)]
        return _GAP.join([*cells, bar]).rstrip()

    def _bar(self, step: TimelineStep) -> str:
        cells = [" "] * self._bars
        for since, until in step.waits:
            self._fill(cells, since, until, _WAITED)
        for one in step.attempts:
            last = self._fill(cells, one.started, one.ended, _CRITICAL if step.critical else _OTHER)
            if one.status in (StepStatus.FAILURE, StepStatus.CANCELED):
                cells[last] = _FAILED
            elif one.status is StepStatus.RUNNING:
                cells[last] = _RUNNING
        return "".join(cells)

    def _fill(self, cells: list[str], since: float, until: float, sign: str) -> int:
        """Draw a period, at least one cell long; returns the last cell."""
        scale = self._bars / (self._timeline.span_s or 1.0)
        first = min(self._bars - 1, max(0, int((since - self._timeline.started) * scale)))
        end = min(self._bars, max(first + 1, round((until - self._timeline.started) * scale)))
        cells[first:end] = sign * (end - first)
        return end - 1


def render_timeline(
    timeline: Timeline, steps: Sequence[TimelineStep], *, width: int | None, styled: Callable[[str, str], str]
) -> Iterator[str]:
    """The lines of a timeline: steps that ran, by worker if there were several, then those that did not.

    Args:
        timeline: of the run.
        steps: those to show, in order.
        width: columns that are to be had; None for as many as are needed.
        styled: puts a text in a style.
    """
    columns = _Columns(timeline, steps, width)
    yield styled(columns.header(), "bold")
    ran = [step for step in steps if step.attempts]
    if len(timeline.lanes) > 1:
        by_worker: dict[str, list[TimelineStep]] = {}
        for step in ran:
            by_worker.setdefault(step.worker, []).append(step)
        for lane in timeline.lanes:
            if lane.worker in by_worker:
                busy = f"{_percent(lane.busy_s, timeline.span_s)} busy" if timeline.span_s else ""
                text = f"worker {lane.worker or 'orch itself'}: {counted(len(lane.steps), 'step')}, {busy}"
                yield styled(text if width is None else cut(text, width), "bold")
                yield from (_colored(step, columns.row(step), styled) for step in by_worker[lane.worker])
    else:
        yield from (_colored(step, columns.row(step), styled) for step in ran)
    never = [step for step in steps if not step.attempts]
    if never and len(timeline.lanes) > 1:
        yield styled("not run", "bold")
    yield from (_colored(step, columns.row(step), styled) for step in never)
    signs = [f"{_CRITICAL} critical path", f"{_OTHER} other steps", f"{_WAITED} ready, and waiting"]
    ends = {one.status for step in ran for one in step.attempts}
    if ends & {StepStatus.FAILURE, StepStatus.CANCELED}:
        signs.append(f"{_FAILED} failed or stopped")
    if StepStatus.RUNNING in ends:
        signs.append(f"{_RUNNING} no end seen yet")
    yield styled(_GAP.join(signs), "dim")


def _colored(step: TimelineStep, row: str, styled: Callable[[str, str], str]) -> str:
    style = _STYLES.get(step.status, "yellow" if step.critical else "dim" if not step.attempts else "")
    return styled(row, style) if style else row


def workers_in_words(timeline: Timeline) -> str:
    """How many workers there were, and where their time went."""
    workers = f"{timeline.max_workers} ({timeline.executor})"
    if timeline.efficiency is None:
        return workers
    lost = [
        f"{duration(lost)} idle while {why}"
        for lost, why in ((timeline.waiting_s, "no step was ready"), (timeline.overhead_s, "one was"))
        if lost > 0
    ]
    return ", ".join([f"{workers}: {_percent(timeline.efficiency, 1)} busy", *lost])


def critical_path_in_words(timeline: Timeline, width: int | None) -> str:
    """How long the critical path is, and as many of its steps as there is room for: the beginning and the end."""
    path = timeline.critical_path
    took = f"{duration(timeline.critical_path_s)} of {duration(timeline.span_s)}: "
    text = took + " > ".join(path)
    for shown in range(min(len(path), 9), 1, -1):
        if (width is None and len(path) < 10) or (width is not None and display_width(text) <= width):
            break
        first = shown // 2
        between = f"({len(path) - shown} more)"
        text = took + " > ".join([*path[:first], between, *path[len(path) - shown + first :]])
    return text if width is None else cut(text, width)


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f} %"
