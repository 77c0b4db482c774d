"""Paths into a config, part by part."""

from msgspec import Struct


class ConfigStackEntry(Struct, frozen=True):
    """One part of a path into a config."""

    part: str

    @property
    def field_name(self) -> str:
        """The name of a field."""
        return self._told(is_place=False)

    @property
    def list_index(self) -> int:
        """The place in a list."""
        return int(self._told(is_place=True).strip("[]"))

    def _told(self, *, is_place: bool) -> str:
        if self.part.startswith("[") is not is_place:
            raise AttributeError(f"`{self.part}` is {'no place in a list' if is_place else 'no name of a field'}")
        return self.part


class ConfigStack(Struct, frozen=True):
    """A path into a config."""

    entries: tuple[ConfigStackEntry, ...]

    @property
    def levels(self) -> list[str]:
        """The names and places, as text."""
        return [entry.part for entry in self.entries]
