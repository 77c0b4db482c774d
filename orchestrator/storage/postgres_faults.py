"""What went wrong with a PostgreSQL server, in words that say what to do and never hold a password."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import psycopg
from psycopg.conninfo import conninfo_to_dict

from orchestrator.errors import StoreError
from orchestrator.storage.store_url import shown

_CHECK = "see whether the server runs and lets you in: store of [tool.orch], or ORCH_STORE"


def passwords_of(address: str) -> tuple[str, ...]:
    """The secret parts of an address.

    Raises:
        StoreError: it cannot be read.
    """
    try:
        parts = conninfo_to_dict(address)
    except psycopg.Error:
        # what libpq says quotes a part of the address, which may be one of a password
        raise StoreError(
            f"the address of the store {shown(address)} cannot be read",
            hint="postgresql://user:password@host/database; `@`, `:`, `/`, `?`, `%` of a password: %40, %3A, %2F, %3F, %25",
        ) from None
    return tuple(str(parts[name]) for name in ("password", "sslpassword") if parts.get(name))


@contextmanager
def postgres_faults(address: str) -> Iterator[None]:
    """Turn what psycopg and the JSON decoder raise into errors a person can act on.

    Raises:
        StoreError: the block raised.
    """
    try:
        yield
    except (psycopg.Error, UnicodeEncodeError) as error:
        what = "cannot be reached" if isinstance(error, psycopg.OperationalError) else "refused"
        reason = _reason(error, address)
        raise StoreError(f"the store {shown(address)} {what}: {reason}", hint=_CHECK) from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreError(
            f"the store {shown(address)} holds a record that cannot be read: {error}",
            hint="a newer orch may have written it: upgrade orch",
        ) from error


def newer_store(address: str, version: int, known: int) -> StoreError:
    """The tables were made by an orch that is newer than this one."""
    return StoreError(
        f"the store {shown(address)} was written by a newer orch (format {version}; this one knows up to {known})",
        hint="upgrade orch, or choose another store",
    )


def unknown_outcome(address: str) -> StoreError:
    """The connection was lost while a transaction ended."""
    return StoreError(
        f"the connection to the store {shown(address)} was lost while events were recorded: they may be recorded or not",
        hint="`orch runs list` shows the run; `orch retry` goes on from what is recorded",
    )


def _reason(error: Exception, address: str) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = " ".join(lines[:2]) or type(error).__name__
    for secret in passwords_of(address):
        text = text.replace(secret, "***")
    return text
