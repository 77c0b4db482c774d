"""YAML with the line of everything in it."""

from pathlib import Path
from typing import Any

from orchestrator.errors import SettingsError, SourceRef


class YamlValue:
    """A value and where it stands: a string, None, a list of `YamlValue`, a `YamlMapping`, or another scalar."""

    __slots__ = ("key_source", "source", "value")

    def __init__(self, value: Any, source: SourceRef) -> None:
        self.value = value
        self.source = source
        #: Where the key stands, for a value of a mapping.
        self.key_source: SourceRef | None = None


class YamlMapping(dict[str, YamlValue]):
    """A mapping of names to values."""


def read_yaml(path: Path) -> YamlValue:
    """Read a YAML file.

    Raises:
        SettingsError: the file cannot be read, or is not YAML; with the line.
    """
    import yaml

    try:
        text = path.read_text()
    except FileNotFoundError:
        raise SettingsError(f"there is no file {path}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot read {path}: {error}") from None
    file = str(path.absolute())
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise SettingsError(
            f"{path.name} is not valid YAML: {error.problem or error}", sources=(SourceRef(file, line),)
        ) from None
    except yaml.YAMLError as error:
        raise SettingsError(f"{path.name} is not valid YAML: {error}", sources=(SourceRef(file, 1),)) from None
    return _value(node, file, yaml) if node is not None else YamlValue(None, SourceRef(file, 1))


def _value(node: Any, file: str, yaml: Any, depth: int = 0) -> YamlValue:
    source = SourceRef(file, node.start_mark.line + 1)
    if depth > 20:
        raise SettingsError("nested too deeply", sources=(source,))
    if isinstance(node, yaml.MappingNode):
        found = YamlMapping()
        for key_node, value_node in node.value:
            key_source = SourceRef(file, key_node.start_mark.line + 1)
            key = str(key_node.value)
            if key in found:
                raise SettingsError(f"`{key}` is given twice", sources=(found[key].source, key_source))
            found[key] = _value(value_node, file, yaml, depth + 1)
            found[key].key_source = key_source
        return YamlValue(found, source)
    if isinstance(node, yaml.SequenceNode):
        return YamlValue([_value(item, file, yaml, depth + 1) for item in node.value], source)
    if node.tag == "tag:yaml.org,2002:null":
        return YamlValue(None, source)
    return YamlValue(node.value if node.tag == "tag:yaml.org,2002:str" else _Scalar(node.value), source)


class _Scalar:
    """A number, date or truth value: settings hold none of them."""

    def __init__(self, text: str) -> None:
        self.text = text
