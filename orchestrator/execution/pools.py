"""The coordinator's part in concurrency pools: it asks the store for slots, and gives them back.

Nothing is asked for steps without a pool, or whose pool has no limit.
"""

import threading
import time
from collections.abc import Mapping
from contextlib import suppress

from orchestrator.errors import StoreError
from orchestrator.execution.liveness import is_alive, is_here
from orchestrator.planning.plan import RunPlan, Step
from orchestrator.runs.events import LogWritten
from orchestrator.runs.pools import LEASE, PoolPlace, PoolStore
from orchestrator.runs.records import Coordinator

#: The limit of pools that have none of their own.
ANY_POOL = "*"
#: How long to wait before a full pool is asked again, in seconds: at first, and at most.
_SOON, _LATEST = 0.05, 0.5
_SIGN_OF_LIFE = LEASE / 4


def limits_of(plan: RunPlan, limits: Mapping[str, int]) -> dict[str, int]:
    """The limits of the pools that steps of a plan are in; empty if there are none."""
    if not limits:
        return {}
    pools = {step.demands.pool for step in plan.steps if step.demands is not None and step.demands.pool}
    found = {pool: limits.get(pool, limits.get(ANY_POOL)) for pool in pools}
    return {pool: limit for pool, limit in found.items() if limit is not None}


def is_gone(place: PoolPlace) -> bool:
    """Whether the process that has a place is dead, as far as can be known here."""
    if is_here(place.host):
        return not is_alive(place.pid, place.process_token)
    return time.time() - place.seen > LEASE


class Pools:
    """The slots of one run. Used from one thread.

    Args:
        store: keeps the slots of all runs.
        limits: of the pools that its steps are in.
        run_id: the run.
        coordinator: this process.
    """

    def __init__(self, store: PoolStore, limits: Mapping[str, int], run_id: str, coordinator: Coordinator) -> None:
        self.limits = limits
        self._store = store
        self._run_id = run_id
        self._coordinator = coordinator
        #: By step that waits, since when.
        self._since: dict[str, float] = {}
        #: By step that holds a slot, its pool.
        self._held: dict[str, str] = {}
        #: When a pool is to be asked again, and how long it was left alone before that.
        self._due: dict[str, float] = {}
        self._pause: dict[str, float] = {}
        #: Steps whose wait was told of, and pools of which it was said that others hold them.
        self._told: set[str] = set()
        self._told_pools: set[str] = set()
        self._closing = threading.Event()
        self._alive: threading.Thread | None = None

    @property
    def due(self) -> float | None:
        """When a pool is to be asked again, by the monotonic clock; None if nobody waits."""
        return min(self._due.values(), default=None)

    def take_due(self) -> list[str]:
        """The pools that are to be asked again now."""
        now = time.monotonic()
        due = [pool for pool, at in self._due.items() if at <= now]
        for pool in due:
            del self._due[pool]
        return due

    def claim(self, step: Step) -> bool:
        """Ask for a slot for a step; one that needs none has it.

        Raises:
            StoreError: the store failed.
        """
        pool = "" if step.demands is None else step.demands.pool
        if pool not in self.limits:
            return True
        self._show_life()
        now = time.time()
        place = PoolPlace(
            pool=pool,
            run_id=self._run_id,
            step=step.key,
            since=self._since.setdefault(step.key, now),
            seen=now,
            **self._coordinator._asdict(),
        )
        if self._store.claim(place, self.limits[pool], is_gone):
            del self._since[step.key]
            self._held[step.key] = pool
            self._ask_soon(pool)  # there may be more
            return True
        pause = self._pause.get(pool, _SOON)
        self._pause[pool] = min(pause * 1.5, _LATEST)
        self._due[pool] = time.monotonic() + pause
        return False

    def note_on(self, step: Step) -> LogWritten | None:
        """Say what a step waits for; None if that was said before."""
        assert step.demands is not None
        if step.key in self._told:
            return None
        pool = step.demands.pool
        count = self.limits[pool]
        slots = "the only slot" if count == 1 else f"one of the {count} slots"
        # what other runs hold may be long in coming, and is worth a word to the person, once
        others = pool not in self._told_pools and sum(one == pool for one in self._held.values()) < count
        self._told.add(step.key)
        if others:
            self._told_pools.add(pool)
        return LogWritten(
            run_id=self._run_id,
            timestamp=time.time(),
            step=step.key,
            level="warning" if others else "info",
            message=f"waits for {slots} of pool `{pool}`" + (", which other runs hold" if others else ""),
        )

    def release(self, key: str) -> None:
        """Give back the slot of a step that ended, if it has one.

        Raises:
            StoreError: the store failed.
        """
        pool = self._held.pop(key, None)
        if pool is not None:
            self._store.release(self._run_id, (key,))
            self._ask_soon(pool)

    def close(self) -> None:
        """Give everything back. What the store does not take back, it frees when this process is gone."""
        self._closing.set()
        if self._alive is None:
            return
        self._alive.join()
        with suppress(StoreError):
            self._store.release(self._run_id)

    def _ask_soon(self, pool: str) -> None:
        self._due[pool] = time.monotonic()
        self._pause.pop(pool, None)

    def _show_life(self) -> None:
        if self._alive is None:
            self._alive = threading.Thread(target=self._renew_forever, name="orch-pool-lease", daemon=True)
            self._alive.start()

    def _renew_forever(self) -> None:
        while not self._closing.wait(_SIGN_OF_LIFE):
            with suppress(StoreError):  # the run itself will hear of it
                self._store.renew(self._run_id, time.time())
