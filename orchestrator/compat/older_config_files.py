"""Run config from YAML: files, texts, and files of packages."""

import glob
import importlib.resources
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestrator.errors import DefinitionError, InvariantError


def config_from_files(config_files: Sequence[str]) -> Mapping[str, Any]:
    """The config in files, later ones over earlier ones.

    Args:
        config_files: paths, or patterns of paths.

    Raises:
        InvariantError: a path matches no file, or a file holds no YAML.
    """
    texts: list[str] = []
    for pattern in config_files:
        found = sorted(glob.glob(pattern))  # noqa: PTH207  patterns may be absolute
        if not found:
            raise InvariantError(f"`{pattern}` matches no file")
        texts += [Path(path).read_text() for path in found]
    return config_from_yaml_strings(texts)


def config_from_yaml_strings(yaml_strings: Iterable[str]) -> Mapping[str, Any]:
    """The config in texts, later ones over earlier ones.

    Raises:
        InvariantError: a text is no YAML.
        DefinitionError: a text holds something else than a mapping.
    """
    import yaml

    merged: dict[str, Any] = {}
    for text in yaml_strings:
        try:
            given = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise InvariantError(f"not valid YAML: {error}") from error
        if given is None:
            continue
        if not isinstance(given, dict):
            raise DefinitionError(f"run config must be a mapping, got {given!r:.80}")
        merged = _merged(merged, given)
    return merged


def config_from_pkg_resources(pkg_resource_defs: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """The config in files of packages, later ones over earlier ones.

    Args:
        pkg_resource_defs: pairs of a package's name and a path in it.

    Raises:
        InvariantError: there is no such file, or it holds no YAML.
    """
    texts: list[str] = []
    for package, path in pkg_resource_defs:
        try:
            texts.append(importlib.resources.files(package).joinpath(path).read_text())
        except (ModuleNotFoundError, FileNotFoundError) as error:
            raise InvariantError(f"there is no `{path}` in package `{package}`") from error
    return config_from_yaml_strings(texts)


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings are merged, anything else is replaced."""
    result = dict(base)
    for name, value in over.items():
        old = result.get(name)
        result[name] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result
