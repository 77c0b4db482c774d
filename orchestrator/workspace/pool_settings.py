"""The limits of concurrency pools, as settings give them."""

from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.errors import SettingsError, SourceRef
from orchestrator.workspace.yaml_file import YamlMapping, YamlValue

_HINT = 'pools = {db = 2}; "*" stands for every pool that is not named'


def pools_of_toml(given: Any, source: SourceRef) -> Mapping[str, int]:
    """What `[tool.orch.pools]` says.

    Raises:
        SettingsError: it is no table of numbers from 1.
    """
    if not isinstance(given, dict):
        raise SettingsError("`pools` of [tool.orch] must be a table of limits", hint=_HINT, sources=(source,))
    return dict(_limits((name, limit, source) for name, limit in given.items()))


def pools_of_yaml(given: YamlValue) -> Mapping[str, int]:
    """What `pools` of a workspace.yaml says.

    Raises:
        SettingsError: it is no mapping to numbers from 1.
    """
    if not isinstance(given.value, YamlMapping):
        raise SettingsError("`pools` must be a mapping to limits", hint="pools: {db: 2}", sources=(given.source,))
    return dict(_limits((name, _number(one), one.source) for name, one in given.value.items()))


def _number(one: YamlValue) -> Any:
    text = getattr(one.value, "text", None)
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else one.value


def _limits(given: Iterator[tuple[str, Any, SourceRef]]) -> Iterator[tuple[str, int]]:
    for name, limit, source in given:
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
            shown = getattr(limit, "text", limit)
            raise SettingsError(
                f"the limit of pool `{name}` is {shown!r:.60}", hint="a whole number from 1", sources=(source,)
            )
        yield name, limit
