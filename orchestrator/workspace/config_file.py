"""Run config as a person gives it: files, JSON text and single settings, merged, with the line of everything."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from orchestrator.errors import ConfigError, SourceRef, UsageError

KeyPath = tuple[str, ...]


class GivenConfig:
    """A run config, and where each part of it is written."""

    def __init__(self) -> None:
        self.raw: dict[str, Any] = {}
        self._places: dict[KeyPath, SourceRef] = {}

    def merge(self, raw: Mapping[str, Any], places: Mapping[KeyPath, SourceRef] | None = None) -> None:
        """Add more; what was there and is given again is replaced, mappings are merged."""
        self._merge_into(self.raw, raw, ())
        self._places.update(places or {})

    def on_top_of(self, raw: Mapping[str, Any]) -> "GivenConfig":
        """The same, merged into a config that was given before."""
        made = GivenConfig()
        made.merge(raw)
        made.merge(self.raw, self._places)
        return made

    def located(self, error: ConfigError) -> ConfigError:
        """The same error with the file and line of every problem that stands in a file."""
        problems = tuple(
            msgspec.structs.replace(problem, source=self._place_of(problem.path)) for problem in error.problems
        )
        return ConfigError(error.message, hint=error.hint, sources=error.sources, problems=problems)

    def _place_of(self, path: KeyPath) -> SourceRef | None:
        """The line of a path, or of what it should stand in."""
        for length in range(len(path), 0, -1):
            place = self._places.get(path[:length])
            if place is not None:
                return place
        return None

    def _merge_into(self, into: dict[str, Any], raw: Mapping[str, Any], path: KeyPath) -> None:
        for key, value in raw.items():
            here = (*path, str(key))
            known = into.get(key)
            if isinstance(known, dict) and isinstance(value, Mapping):
                self._merge_into(known, value, here)
            else:
                self._forget(here)
                into[key] = value

    def _forget(self, path: KeyPath) -> None:
        for place in [one for one in self._places if one[: len(path)] == path]:
            del self._places[place]


def read_given_config(
    files: Sequence[Path] = (), json_text: str | None = None, settings: Sequence[str] = ()
) -> GivenConfig:
    """Merge everything that gives run config on a command line; later wins over earlier.

    Args:
        files: YAML or JSON files.
        json_text: a JSON object.
        settings: `ops.load.config.limit=3`; the value is YAML.

    Raises:
        ConfigError: a file or text cannot be read; with the line.
        UsageError: a setting is none.
    """
    given = GivenConfig()
    for file in files:
        given.merge(*_read_file(file))
    if json_text is not None:
        given.merge(_read_json(json_text))
    for setting in settings:
        given.merge(_read_setting(setting))
    return given


def _read_file(path: Path) -> tuple[Mapping[str, Any], Mapping[KeyPath, SourceRef]]:
    import yaml

    try:
        text = path.read_text()
    except FileNotFoundError:
        raise ConfigError(f"there is no config file {path}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {error}") from None
    file = str(path.absolute())
    if path.suffix == ".json":
        text = text.replace("\t", " ")  # indentation that JSON allows and YAML does not; in strings JSON has \t
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        places: dict[KeyPath, SourceRef] = {}
        if node is not None:
            _note_places(node, file, (), places)
        raw = None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        source = SourceRef(file, 1 if mark is None else mark.line + 1)
        raise ConfigError(f"{path.name} is not valid YAML: {error.problem or error}", sources=(source,)) from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path.name} is not valid YAML: {error}", sources=(SourceRef(file, 1),)) from None
    finally:
        loader.dispose()
    if raw is None:
        return {}, {}
    if not isinstance(raw, dict):
        raise ConfigError(
            f"{path.name} holds a {type(raw).__name__}, not a mapping",
            hint="start with ops: or resources:",
            sources=(SourceRef(file, 1),),
        )
    return raw, places


def _note_places(node: Any, file: str, path: KeyPath, places: dict[KeyPath, SourceRef], depth: int = 0) -> None:
    """Note the line of every key and item below a node; refuse a key given twice."""
    source = SourceRef(file, node.start_mark.line + 1)
    if depth > 50:
        raise ConfigError("config is nested too deeply", sources=(source,))
    if node.id == "sequence":
        for index, item in enumerate(node.value):
            here = (*path, f"[{index}]")
            places[here] = SourceRef(file, item.start_mark.line + 1)
            _note_places(item, file, here, places, depth + 1)
    if node.id != "mapping":
        return
    own: dict[str, SourceRef] = {}
    for key_node, value_node in node.value:
        place = SourceRef(file, key_node.start_mark.line + 1)
        key = str(key_node.value)
        if key in own and key != "<<":
            raise ConfigError(f"`{key}` is given twice", sources=(own[key], place))
        own[key] = places[*path, key] = place
        _note_places(value_node, file, (*path, key), places, depth + 1)


def _read_json(text: str) -> Mapping[str, Any]:
    try:
        raw = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise ConfigError(f"--config-json is not valid JSON: {error}") from None
    if not isinstance(raw, dict):
        raise ConfigError(f"--config-json holds a {type(raw).__name__}, not an object")
    return raw


def _read_setting(text: str) -> Mapping[str, Any]:
    import yaml

    path, equals, value = text.partition("=")
    names = [name.strip() for name in path.split(".")]
    if not equals or not all(names):
        raise UsageError(f"--set takes PATH=VALUE, got `{text}`", hint="--set ops.load.config.limit=3")
    try:
        raw = yaml.safe_load(value)
    except yaml.YAMLError:
        raise UsageError(f"the value of --set {path} is not valid YAML: `{value}`", hint="quote it") from None
    for name in reversed(names):
        raw = {name: raw}
    return raw  # type: ignore[no-any-return]
