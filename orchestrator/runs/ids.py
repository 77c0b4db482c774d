"""Run ids: short, and sorted by the time they were made."""

import os
import threading
import time

#: Crockford's base 32 in lower case: no i, l, o or u to misread, and sorted as the numbers are.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS = 32

_lock = threading.Lock()
_last = 0


def new_run_id(now: float | None = None) -> str:
    """An id of 16 characters: 48 bits of milliseconds since 1970, then 32 random bits.

    Ids made in one process rise strictly, also within a millisecond.

    Args:
        now: seconds since 1970; the clock's time if left out.
    """
    global _last  # noqa: PLW0603  ids must rise over the whole process
    millis = int((time.time() if now is None else now) * 1000)
    number = (millis << _RANDOM_BITS) | int.from_bytes(os.urandom(_RANDOM_BITS // 8))
    with _lock:
        _last = number = max(number, _last + 1)
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(75, -5, -5))
