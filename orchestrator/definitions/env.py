"""Environment variables as values: read when a run needs them, shown by name, and never written down.

Everything read here is remembered by `secrets`, so that messages, logs and metadata can be cleaned of it.
"""

import os
import re
from collections.abc import Mapping
from typing import Any, Final, Self

#: Values shorter than this cannot be secrets; replacing them would make every message unreadable.
_SHORTEST = 3
#: Values shorter than this are replaced only where they stand as a word of their own.
_LONG = 8


class Secrets:
    """The values of environment variables that config asked for, and how to hide them."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None

    def add(self, name: str, value: str) -> None:
        """Remember the value of a variable."""
        if len(value) < _SHORTEST or self._names.get(value) == name:
            return
        self._names[value] = name
        longest_first = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile("|".join(_as_pattern(one) for one in longest_first))

    @property
    def known(self) -> bool:
        """Whether anything is remembered."""
        return self._pattern is not None

    @property
    def names(self) -> list[str]:
        """The variables whose values are remembered."""
        return sorted(set(self._names.values()))

    def redact(self, text: str) -> str:
        """The text with every remembered value replaced by `<NAME>`; costs nothing while none is remembered."""
        if self._pattern is None:
            return text
        return self._pattern.sub(self._shown, text)

    def mask(self, data: bytes) -> bytes:
        """Text in UTF-8 with every remembered value replaced by as many asterisks."""
        if self._pattern is None:
            return data
        text = data.decode(errors="surrogateescape")
        masked = self._pattern.sub(lambda match: "*" * len(match.group().encode(errors="surrogateescape")), text)
        return masked.encode(errors="surrogateescape")

    def clear(self) -> None:
        """Forget everything."""
        self._names.clear()
        self._pattern = None

    def _shown(self, match: re.Match[str]) -> str:
        return f"<{self._names[match.group()]}>"


def _as_pattern(value: str) -> str:
    pattern = re.escape(value)
    return pattern if len(value) >= _LONG else rf"(?<!\w){pattern}(?!\w)"


#: What this process has read from its environment for config.
secrets: Final = Secrets()


def read_variable(name: str, env: Mapping[str, str] | None = None) -> str | None:
    """The value of an environment variable, which is then a secret; None if it is not set."""
    value = (os.environ if env is None else env).get(name)
    if value is not None:
        secrets.add(name, value)
    return value


class EnvVar(str):
    """The value of an environment variable, read when a run needs it: `Client(token=EnvVar("TOKEN"))`.

    It may stand wherever config or a resource takes text. Until the run it is only the variable's name.
    """

    __slots__ = ()

    @classmethod
    def int(cls, name: str) -> "IntEnvVar":
        """An environment variable that holds a whole number."""
        return IntEnvVar.create(name)

    @property
    def env_var_name(self) -> str:
        """The name of the variable."""
        return str.__str__(self)

    def get_value(self, default: str | None = None) -> str | None:
        """The value the variable has now, else the default."""
        value = read_variable(self.env_var_name)
        return default if value is None else value

    def __str__(self) -> str:
        raise _not_read(self.env_var_name)

    def __format__(self, spec: str) -> str:
        raise _not_read(self.env_var_name)

    def __repr__(self) -> str:
        return f"EnvVar({str.__str__(self)!r})"


class IntEnvVar(int):
    """An environment variable that holds a whole number; made by `EnvVar.int`."""

    name: str

    @classmethod
    def create(cls, name: str) -> Self:
        """The variable with this name."""
        made = cls(0)
        made.name = name
        return made

    @property
    def env_var_name(self) -> str:
        """The name of the variable."""
        return self.name

    def get_value(self, default: Any = None) -> Any:
        """The number the variable holds now, else the default."""
        value = read_variable(self.name)
        return default if value is None else int(value)

    def __int__(self) -> int:
        raise _not_read(self.name)

    def __str__(self) -> str:
        raise _not_read(self.name)

    def __format__(self, spec: str) -> str:
        raise _not_read(self.name)

    def __repr__(self) -> str:
        return f"EnvVar.int({self.name!r})"


def _not_read(name: str) -> RuntimeError:
    return RuntimeError(
        f'EnvVar("{name}") is read when a run needs it, and is not its value before: give it to config or a resource, or '
        "call its get_value()"
    )
