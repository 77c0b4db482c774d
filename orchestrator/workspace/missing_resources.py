"""Resources that definitions need and nobody provides: all of them in one error."""

from collections.abc import Collection, Mapping
from typing import Any

from orchestrator.definitions.ins_and_outs import DEFAULT_IO_MANAGER_KEY
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.resources import known_resources
from orchestrator.errors import MissingResourceError, SourceRef

#: How many definitions that need a resource are told.
_TOLD = 8


class MissingResources:
    """What was found missing, and who needs it."""

    def __init__(self) -> None:
        self._needed_by: dict[str, dict[str, SourceRef]] = {}
        self._known: Collection[str] = ()

    def look(self, needed: Collection[str], resources: Mapping[str, Any], who: str, source: SourceRef) -> None:
        """Take note of what is missing of what one definition needs."""
        for key in sorted(key for key in needed if key not in resources and key != DEFAULT_IO_MANAGER_KEY):
            self._needed_by.setdefault(key, {}).setdefault(who, source)
            self._known = self._known or resources.keys() | {DEFAULT_IO_MANAGER_KEY}

    def refuse(self) -> None:
        """Refuse what was found.

        Raises:
            MissingResourceError: names every resource, who needs it, and where that is.
        """
        if not self._needed_by:
            return
        keys = list(self._needed_by)
        needs = [f"{_who(by)} the resource `{key}`, which nobody provides" for key, by in self._needed_by.items()]
        known = f"there is: {known_resources(self._known)}"
        if len(keys) == 1:
            message = f"{needs[0]}; {known}"
            hint = did_you_mean(keys[0], self._known)
        else:
            message = "\n".join([f"{len(keys)} resources are missing:", *(f"- {one}" for one in needs), known])
            near = {key: did_you_mean(key, self._known) for key in keys}
            hint = "; ".join(f"`{key}`: {one}" for key, one in near.items() if one)
        given = ", ".join(f'"{key}": ...' for key in keys[:_TOLD])
        places = [source for by in self._needed_by.values() for source in list(by.values())[:_TOLD]]
        raise MissingResourceError(
            message, hint=hint or f"Definitions(resources={{{given}}})", sources=tuple(dict.fromkeys(places))
        )


def _who(by: Mapping[str, SourceRef]) -> str:
    names = list(by)
    if len(names) > _TOLD:
        return f"{', '.join(names[:_TOLD])} and {len(names) - _TOLD} more need"
    return f"{', '.join(names[:-1])} and {names[-1]} need" if len(names) > 1 else f"{names[0]} needs"
