"""The chain of steps that decides how long a run takes, however many workers there are."""

from collections.abc import Iterable, Mapping


def critical_path(seconds: Mapping[str, float], upstream: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The chain of steps that takes longest, in order; nothing if there are no steps.

    Args:
        seconds: how long each step takes, every step after those that it waits for.
        upstream: the steps that each waits for; those without a time are passed over.
    """
    until: dict[str, float] = {}
    before: dict[str, str | None] = {}
    for step, took in seconds.items():
        last = max((one for one in upstream.get(step, ()) if one in until), key=until.__getitem__, default=None)
        before[step] = last
        until[step] = took + (0.0 if last is None else until[last])
    chain: list[str] = []
    at = max(until, key=until.__getitem__, default=None)
    while at is not None:
        chain.append(at)
        at = before[at]
    return tuple(reversed(chain))
