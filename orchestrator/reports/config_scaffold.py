"""Run config to start from: every field with its type, default and description, as YAML."""

from collections.abc import Iterator

from orchestrator.definitions.config_schema import ConfigField

_PLACEHOLDERS = {"int": "0", "float": "0.0", "bool": "false", "text": '"..."'}
_EMPTY = {"list": "[]", "map": "{}", "any": "null"}


def render_scaffold(field: ConfigField) -> str:
    """A config as commented YAML.

    What must be given stands with a value to replace; what may be left out is commented out, with its default.

    Args:
        field: everything the config may say, with a child for each section.
    """
    lines = [line for child in field.children for line in _lines(child, commented=False)]
    if not lines:
        return "# there is nothing to configure\n{}\n"
    if not field.required:
        lines.append("{}")  # without it, the file would hold nothing but comments
    return "\n".join(lines) + "\n"


def _lines(field: ConfigField, *, commented: bool) -> Iterator[str]:
    hidden = not commented and not field.required
    lines = _uncommented(field, commented=commented or hidden)
    return (f"# {line}" for line in lines) if hidden else lines


def _uncommented(field: ConfigField, *, commented: bool) -> Iterator[str]:
    for line in (field.description or "").splitlines():
        yield f"# {line}".rstrip()
    note = _note(field)
    if field.kind not in ("fields", "choice") or not field.children:
        yield f"{field.name}: {_value(field)}{note}"
        return
    yield f"{field.name}:{note}"
    for index, child in enumerate(field.children):
        # of several choices, all but the first are commented out
        other = field.kind == "choice" and index > 0 and not commented
        chosen = field.kind == "choice" and index == 0 and not commented
        lines = (
            _uncommented(child, commented=commented or other) if chosen or other else _lines(child, commented=commented)
        )
        for line in lines:
            yield f"  # {line}" if other else f"  {line}"


def _note(field: ConfigField) -> str:
    if field.kind == "fields":
        return ""
    if field.kind == "choice":
        return "  # one of these"
    return f"  # {field.type}, required" if field.required else f"  # {field.type}"


def _value(field: ConfigField) -> str:
    if field.default is not None:
        return field.default
    if field.choices:
        return field.choices[0]
    first = field.type.split(",")[0].removesuffix(" or null")
    return _EMPTY.get(field.kind) or _PLACEHOLDERS.get(first) or ("{}" if field.kind == "fields" else '"..."')
