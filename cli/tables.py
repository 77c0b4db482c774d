"""Plain tables: aligned by what a terminal shows, cut to its width, without a library that costs more than the command."""

import unicodedata
from collections.abc import Callable, Sequence

_GAP = "  "
#: A column is left out before it is cut to less than this.
_LEAST = 12


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
    lines = [_GAP.join(padded(cell, size) for cell, size in zip(row, widths, strict=True) if size) for row in cells]
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


def padded(text: str, width: int) -> str:
    """A text in so many columns, cut or followed by spaces."""
    text = cut(text, width)
    return text + " " * (width - display_width(text))


def _fitted(widths: list[int], width: int) -> list[int]:
    """As many columns as fit, from the left; what is to spare goes to them in the same order.

    The first column, which holds what one copies, is the last to be cut. A column that is left out gets 0.
    """
    first = min(widths[0], width * 2 // 3)
    for count in range(len(widths), 1, -1):
        fitted = [first, *(min(size, _LEAST) for size in widths[1:count])]
        spare = width - sum(fitted) - len(_GAP) * (count - 1)
        if spare < 0:
            continue
        for column in range(count):
            more = min(widths[column] - fitted[column], spare)
            fitted[column] += more
            spare -= more
        return fitted + [0] * (len(widths) - count)
    return [min(widths[0], max(1, width))] + [0] * (len(widths) - 1)
