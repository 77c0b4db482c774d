"""What a docstring says about parameters and about the result: the styles of Google, numpy and Sphinx."""

import re
from collections.abc import Mapping
from typing import Any

_HEADINGS = {"args": "in", "arguments": "in", "parameters": "in", "params": "in", "returns": "out", "yields": "out"}
_GOOGLE_HEADING = re.compile(r"(\w+):\s*$")
_NAMED = re.compile(r"(\*{0,2}\w+)\s*(?:\([^)]*\))?\s*:\s*(.*)$")
_TYPED_RESULT = re.compile(r"([\w.\[\], |]+):\s+(.*)$")
_SPHINX = re.compile(
    r":(?:param|parameter|arg|argument)(?:\s+[^:]+?)?\s+(\w+)\s*:\s*(.*)$|:(returns?|yields?)\s*:\s*(.*)$"
)
_SPOKEN_OF = re.compile(
    r"^\s*(?:(?:Args|Arguments|Params|Parameters|Returns|Yields)\b|:(?:param|return|arg|yield))", re.MULTILINE
)

Found = tuple[dict[str, str], str | None]


def read_docstring(text: str | None) -> Found:
    """What the docstring of a function says about each parameter, and about what it returns.

    Args:
        text: the docstring, unindented.
    """
    if not text or not _SPOKEN_OF.search(text):
        return {}, None
    inputs: dict[str, str] = {}
    result: str | None = None
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if (sphinx := _SPHINX.match(line)) is not None:
            rest = _joined([sphinx[2] or sphinx[4] or "", *_indented(lines[number + 1 :])])
            if sphinx[1]:
                inputs[sphinx[1]] = rest
            else:
                result = rest
            continue
        underlined = number + 1 < len(lines) and set(lines[number + 1].strip()) == {"-"}
        google = None if underlined else _GOOGLE_HEADING.match(line)
        kind = _HEADINGS.get((google[1] if google else line if underlined else "").strip().lower())
        if kind is None:
            continue
        entries = _numpy(lines[number + 2 :]) if underlined else _google(lines[number + 1 :])
        if kind == "in":
            inputs |= {name: said for name, said in entries if name}
        elif entries:
            result = entries[0][1]
    return inputs, result


def describe(
    inputs: Mapping[str, Any], outputs: Mapping[str, Any], text: str | None
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Give inputs without a description, and an only output, the one of the docstring. They are new objects and changed."""
    said, result = read_docstring(text)
    for name in said.keys() & inputs.keys():
        inputs[name].description = inputs[name].description or said[name] or None
    if result and len(outputs) == 1:
        (output,) = outputs.values()
        output.description = output.description or result
    return inputs, outputs


def _indented(lines: list[str]) -> list[str]:
    found = []
    for line in lines:
        if line.strip() and not line.startswith(" "):
            break
        found.append(line)
    return found


def _google(lines: list[str]) -> list[tuple[str, str]]:
    block = _indented(lines)
    depth = min((len(line) - len(line.lstrip()) for line in block if line.strip()), default=0)
    entries: list[tuple[str, list[str]]] = []
    for line in (line[depth:] for line in block):
        if line.startswith(" ") or not line.strip():
            if entries:
                entries[-1][1].append(line)
            continue
        match = _NAMED.match(line) or _TYPED_RESULT.match(line)
        entries.append((match[1].lstrip("*"), [match[2]]) if match else ("", [line]))
    return [(name, _joined(said)) for name, said in entries]


def _numpy(lines: list[str]) -> list[tuple[str, str]]:
    entries: list[tuple[str, list[str]]] = []
    for number, line in enumerate(lines):
        if number + 1 < len(lines) and lines[number + 1].strip() and set(lines[number + 1].strip()) == {"-"}:
            break
        if line.strip() and not line.startswith(" "):
            entries.append((line.partition(":")[0].strip(), []))
        elif entries:
            entries[-1][1].append(line)
    return [(name, _joined(said)) for name, said in entries]


def _joined(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines).strip()
