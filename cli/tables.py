"""Plain tables: aligned by what a terminal shows, cut to its width, without a library that costs more than the command."""

import unicodedata
from collections.abc import Callable, Sequence

_GAP = "  "


def render_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int | None = None,
    bold: Callable[[str], str] = str,
) -> str:
    """Rows below headers, in columns.

    Args:
        headers: names of the columns, the most important first.
        rows: cells; each row as long as the headers.
        width: columns that are to be had; None for as many as are needed.
        bold: makes a text bold.
    """
    cells = [[*headers], *([cell.replace("\n", " ") for cell in row] for row in rows)]
    widths = [max(display_width(row[column]) for row in cells) for column in range(len(headers))]
    if width is not None:
        widths = _fitted(widths, width)
    lines = [_GAP.join(_padded(cell, size) for cell, size in zip(row, widths, strict=True) if size) for row in cells]
    lines = [line.rstrip() for line in lines]
    return "\n".join([bold(lines[0]), *lines[1:]])


def display_width(text: str) -> int:
    """How many columns a terminal needs for a text."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """As much of a text as fits, with a sign where it was cut."""
    if display_width(text) <= width:
        return text
    used, kept = 1, []
    for character in text:
        used += _character_width(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _padded(text: str, width: int) -> str:
    text = cut(text, width)
    return text + " " * (width - display_width(text))


def _fitted(widths: list[int], width: int) -> list[int]:
    """Narrow the widest columns until all fit; if that is not enough, drop columns from the right."""
    minimum = 8
    fitted = list(widths)
    while (over := sum(fitted) + len(_GAP) * (sum(1 for size in fitted if size) - 1) - width) > 0:
        widest = max(range(len(fitted)), key=lambda column: fitted[column])
        if fitted[widest] > minimum:
            others = [size for column, size in enumerate(fitted) if column != widest]
            target = max(minimum, fitted[widest] - over, *(size for size in others if size < fitted[widest]), 0)
            fitted[widest] = max(minimum, min(target, fitted[widest] - 1))
            continue
        last = max(column for column, size in enumerate(fitted) if size)
        if last == 0:
            fitted[0] = max(1, width)
            break
        fitted[last] = 0
    return fitted
