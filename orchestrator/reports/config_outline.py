"""What config may say, as a person reads it where a definition is shown: names, types, defaults, descriptions."""

from collections.abc import Iterator

from orchestrator.definitions.config_schema import ConfigField

_INDENT = "  "


def part_of(field: ConfigField, *path: str) -> ConfigField | None:
    """The field at a path; None if there is none."""
    found: ConfigField | None = field
    for name in path:
        found = None if found is None else next((one for one in found.children if one.name == name), None)
    return found


def config_outline(node: ConfigField) -> list[str]:
    """What may be said to an op or graph: a line for each field, what is inside of one below it.

    Args:
        node: the section of the run config for it.
    """
    if [child.name for child in node.children] == ["config"]:
        config = node.children[0]
        return list(_lines(config.children)) if _has_fields(config) else [_said(config)]
    return list(_lines(node.children))


def config_in_short(node: ConfigField) -> str:
    """The names of what the config of an op may say, those first that must be given; empty if it takes none."""
    config = part_of(node, "config")
    if config is None:
        return ""
    if not _has_fields(config):
        return _said(config)
    wanted = sorted(config.children, key=lambda one: not one.required)
    return ", ".join(f"{one.name} ({one.type})" if one.required else f"[{one.name}]" for one in wanted)


def _lines(fields: tuple[ConfigField, ...]) -> Iterator[str]:
    for field in fields:
        if _has_fields(field):
            note = "  one of these" if field.kind == "choice" else ""
            yield f"{field.name}:{note}{_described(field)}"
            yield from (_INDENT + line for line in _lines(field.children))
        else:
            yield f"{field.name}: {_said(field)}"


def _has_fields(field: ConfigField) -> bool:
    return field.kind in ("fields", "choice") and bool(field.children)


def _said(field: ConfigField) -> str:
    kind = " | ".join(field.choices) or field.type
    if field.required:
        kind += ", required"
    elif field.default is not None:
        kind += f" = {field.default}"
    return kind + _described(field)


def _described(field: ConfigField) -> str:
    lines = (field.description or "").strip().splitlines()
    return f"  # {lines[0]}" if lines else ""
