"""Times and durations as people and programs read them."""

import time

from orchestrator.errors import UsageError


def iso(timestamp: float) -> str:
    """ISO 8601 in UTC, to the microsecond."""
    seconds, micros = divmod(round(timestamp * 1_000_000), 1_000_000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{micros:06d}Z"


_in_utc = False


def show_utc() -> None:
    """Write the times that people read in UTC from here on."""
    global _in_utc  # noqa: PLW0603  a process is one command
    _in_utc = True


def local(timestamp: float) -> str:
    """Local date and time, to the second; with a `Z` if UTC was asked for."""
    if _in_utc:
        return time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime(timestamp))
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(timestamp))


def ago(timestamp: float, now: float | None = None) -> str:
    """How long ago, in one unit."""
    seconds = max(0.0, (time.time() if now is None else now) - timestamp)
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds // size:.0f}{unit} ago"
    return f"{seconds:.0f}s ago"


def duration(seconds: float) -> str:
    """A duration: `12 ms`, `3.4 s`, `1m 05s`, `2h 03m`."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}m {rest:02d}s"
    return f"{minutes // 60}h {minutes % 60:02d}m"


def seconds_of(text: str) -> float:
    """How long a text such as `30d`, `12h` or `90m` says.

    Raises:
        UsageError: it says no duration.
    """
    sizes = {"w": 7 * 86400.0, "d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0}
    number, unit = text[:-1], text[-1:]
    if unit not in sizes or not number.isascii() or not number.isdigit():
        raise UsageError(f"`{text}` is no duration", hint="30d, 12h, 90m, 2w")
    return int(number) * sizes[unit]


def size(count: int) -> str:
    """Bytes as people read them: `512 B`, `3.4 MB`."""
    if count < 1000:
        return f"{count} B"
    units = ("kB", "MB", "GB", "TB")
    power = next((power for power in range(1, len(units)) if count < 1000 ** (power + 1)), len(units))
    return f"{count / 1000**power:.1f} {units[power - 1]}"
