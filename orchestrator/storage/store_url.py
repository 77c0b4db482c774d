"""The address of a store: what it may be, what of it may be shown."""

import re
from collections.abc import Mapping

from orchestrator.errors import SettingsError

#: What stands for the file in the home, where another address is set and is not wanted.
SQLITE = "sqlite"
_SCHEMES = ("postgresql://", "postgres://")
_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_SECRET = re.compile(r"([?&](?:password|sslpassword)=)[^&]*", re.IGNORECASE)


def is_postgres(address: str | None) -> bool:
    """Whether an address is one of PostgreSQL; the file in the home is the only other.

    Raises:
        SettingsError: it is neither.
    """
    if address in (None, "", SQLITE):
        return False
    if not str(address).startswith((*_SCHEMES, "${")):
        # the address is not shown: it may be one with a password, and a letter missing in front
        raise SettingsError(
            "the store must be an address of PostgreSQL",
            hint='store = "postgresql://user:${PASSWORD}@host/database", or "sqlite" for the file in the home',
        )
    return True


def expanded(address: str, environment: Mapping[str, str]) -> str:
    """The address with the values of the variables of the environment that it names as `${NAME}`.

    Raises:
        SettingsError: one is not set, or the result is no address of PostgreSQL.
    """

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in environment:
            raise SettingsError(f"the store's address names `{name}`, which the environment does not set")
        return environment[name]

    whole = _VARIABLE.sub(value, address)
    if not whole.startswith(_SCHEMES):
        raise SettingsError(
            "the store must be an address of PostgreSQL", hint="postgresql://user:${PASSWORD}@host/database"
        )
    if whole.partition("://")[2].partition("?")[0].count("@") > 1:
        raise SettingsError(
            "the store's address has several `@`",
            hint="write `@`, `:`, `/` and `?` of a password as %40, %3A, %2F, %3F",
        )
    return whole


def shown(address: str) -> str:
    """The address without its passwords."""
    scheme, _, rest = address.partition("://")
    # up to the last `@`, whatever is before it: a password that should have been escaped is no less secret
    credentials, at, place = rest.rpartition("@")
    return _SECRET.sub(r"\g<1>***", f"{scheme}://{credentials.partition(':')[0]}{at}{place}")
