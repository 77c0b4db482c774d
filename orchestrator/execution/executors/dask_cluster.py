"""A Dask cluster: one that is there, or one that lives as long as the run."""

import logging
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import ConfigError, ExecutionError
from orchestrator.execution.executors.settings import CLUSTERS, processors

_OPTIONS = ("listen", "wait_for_workers_s")
#: How long a run goes on without any Dask worker, in seconds, if nothing else is said.
_WAIT_FOR_WORKERS = 60.0
#: How long the scheduler may take to answer, in seconds.
_PATIENCE = 10
_HERE = ("", "localhost", "127.0.0.1", "::1")


class DaskCluster:
    """A cluster, and the client that speaks to its scheduler. Connects, or starts one, at once.

    Args:
        config: as in `dask_executor.configured({"cluster": config})`: `{"existing": {"address": "tcp://..."}}`, or
            `{"local": {...}}` with what `distributed.LocalCluster` takes; a local one if it is empty. Besides, `listen`:
            `{"host": ..., "port": ...}`, where Dask workers reach this process, and `wait_for_workers_s`.
        max_workers: how many steps a local cluster runs at once; 0: as many as there are processors.

    Raises:
        ConfigError: the config says what it must not.
        ExecutionError: Dask is not installed, or there is no such cluster.
    """

    def __init__(self, config: Mapping[str, Any], max_workers: int = 0) -> None:
        kind, options = _kind_of(config)
        self._listen = dict(config.get("listen") or {})
        #: How long to go on without any Dask worker, in seconds.
        self.patience = float(config.get("wait_for_workers_s", _WAIT_FOR_WORKERS))
        try:
            import distributed
        except ImportError:
            raise ExecutionError("Dask is not installed", hint="pip install orchestrator[dask]") from None
        #: It reports on stderr, at length, what the events of the run say better.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        self._local: Any = None
        if kind == "local":
            self._local = _start_local(distributed, options, max_workers)
            options = {"address": self._local}
        self.address = str(getattr(self._local, "scheduler_address", None) or options.get("address", ""))
        try:
            client: Any = distributed.Client
            self._client: Any = client(**{"set_as_default": False, "name": "orch", "timeout": _PATIENCE, **options})
        except (OSError, TimeoutError, ValueError, TypeError) as error:
            raise ExecutionError(
                f"there is no Dask scheduler at {self.address or options}: {str(error) or type(error).__name__}",
                hint="`dask scheduler` starts one; its address is tcp://HOST:8786",
            ) from None
        self.address = str(self._client.scheduler.address)

    @property
    def is_connected(self) -> bool:
        """Whether the scheduler is there, as far as is known without asking it."""
        return bool(self._client.status == "running")

    def threads(self) -> int:
        """How many tasks the cluster runs at once, as it is now."""
        return sum(self._threads_by_worker().values())

    def _threads_by_worker(self) -> dict[str, int]:
        found: dict[str, int] = self._client.sync(self._client.scheduler.ncores, callback_timeout=_PATIENCE)
        return found

    def has_resources(self, needed: Mapping[str, float]) -> bool:
        """Whether some Dask worker has all of these resources, as the cluster is now."""
        workers = self._client.scheduler_info()["workers"].values()
        return any(all(one["resources"].get(name, 0) >= much for name, much in needed.items()) for one in workers)

    def listens_at(self) -> tuple[str, int]:
        """The address and port of this machine at which Dask workers reach it; port 0 for any."""
        port = int(self._listen.get("port", 0))
        if self._listen.get("host"):
            return str(self._listen["host"]), port
        hosts = [_host(self.address), *map(_host, self._threads_by_worker())]
        elsewhere = next((host for host in hosts if host not in _HERE), None)
        return "127.0.0.1" if elsewhere is None else _own_address(elsewhere), port

    def encryption(self) -> ssl.SSLContext | None:
        """What encrypts connections from Dask workers to this process, if those of Dask are encrypted."""
        if not self.address.startswith("tls:"):
            return None
        context: ssl.SSLContext | None = self._client.security.get_listen_args("client")["ssl_context"]
        return context

    def submit(
        self,
        function: Callable[..., None],
        *arguments: Any,
        key: str,
        priority: int,
        resources: Mapping[str, float] | None,
        on_end: Callable[[Any], None],
    ) -> Any:
        """Hand a task to the scheduler; returns its future."""
        future = self._client.submit(
            function, *arguments, key=key, priority=priority, resources=resources, retries=0, pure=False
        )
        future.add_done_callback(on_end)
        return future

    def close(self) -> None:
        """Leave the cluster, and end it if it was started here."""
        with suppress(TimeoutError, OSError):
            self._client.close(timeout=2)
        if self._local is not None:
            with suppress(TimeoutError, OSError):
                self._local.close(timeout=5)


def _kind_of(config: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    for name in config:
        if name not in CLUSTERS + _OPTIONS:
            raise ConfigError(
                f"the config of executor `dask` names a cluster `{name}`",
                hint=did_you_mean(name, CLUSTERS + _OPTIONS)
                or 'start it yourself and say {"cluster": {"existing": {"address": "tcp://HOST:8786"}}}',
            )
    kinds = [kind for kind in CLUSTERS if kind in config]
    if len(kinds) > 1:
        raise ConfigError("the config of executor `dask` names two clusters", hint="either `existing` or `local`")
    if not kinds:
        return "local", {}
    options = config[kinds[0]]
    if options is not None and not isinstance(options, Mapping):
        raise ConfigError(f"the config of executor `dask` has {kinds[0]}: {options!r:.60}", hint="a mapping")
    options = dict(options or {})
    if kinds[0] == "existing" and not options:
        raise ConfigError(
            "the config of executor `dask` does not say where the cluster is", hint='{"address": "tcp://HOST:8786"}'
        )
    return kinds[0], options


def _start_local(distributed: Any, options: Mapping[str, Any], max_workers: int) -> Any:
    threads = {} if options.keys() & {"n_workers", "threads_per_worker"} else {"n_workers": 1}
    if threads:
        threads["threads_per_worker"] = max_workers or processors()
    in_this_process = options.get("processes") is False and "protocol" not in options
    host = {} if in_this_process else {"host": "127.0.0.1"}
    defaults = {**host, "dashboard_address": "127.0.0.1:0", "silence_logs": logging.CRITICAL, "memory_limit": 0}
    try:
        with _deaf_children():
            return distributed.LocalCluster(**{**defaults, **threads, **options})
    except (OSError, TimeoutError, RuntimeError, TypeError, ValueError) as error:
        why: BaseException = error
        while why.__cause__ is not None:  # it says only in the end what it is
            why = why.__cause__
        raise ExecutionError(f"a local Dask cluster cannot be started: {why}") from None


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let processes that are started meanwhile ignore Ctrl-C in the terminal: it is for the coordinator alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


def _host(address: str) -> str:
    """The host of `tcp://host:port`; empty for what is in this process."""
    scheme, _, place = address.rpartition("://")
    return "" if scheme == "inproc" else place.rpartition(":")[0].strip("[]")


def _own_address(other: str) -> str:
    """The address of this machine that another one knows it by."""
    family = socket.AF_INET6 if ":" in other else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as end:
        try:
            end.connect((other, 80))
        except OSError as error:
            raise ExecutionError(f"the Dask workers at {other} cannot be reached: {error.strerror}") from None
        return str(end.getsockname()[0])
