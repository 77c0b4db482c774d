"""The file manager: a resource that keeps bytes in files and hands out handles to them."""

import contextlib
import io
import shutil
import tempfile
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from orchestrator.definitions.config_scalars import StringSource
from orchestrator.definitions.config_types import Field
from orchestrator.definitions.resource_definitions import InitResourceContext, ResourceDefinition
from orchestrator.errors import DefinitionError


class FileHandle(ABC):
    """A file that a file manager keeps."""

    @property
    @abstractmethod
    def path_desc(self) -> str:
        """Where it is, for people."""


class LocalFileHandle(FileHandle):
    """A file on this machine.

    Args:
        path: its path.
    """

    def __init__(self, path: str) -> None:
        if not isinstance(path, str):
            raise DefinitionError(f"a LocalFileHandle takes a path, got {path!r:.80}")
        self._path = path

    @property
    def path(self) -> str:
        """Its path."""
        return self._path

    @property
    def path_desc(self) -> str:
        """Where it is, for people."""
        return self._path


class LocalFileManager:
    """Keeps files in a folder of this machine.

    Args:
        base_dir: the folder, which is made when it is needed.
    """

    def __init__(self, base_dir: str) -> None:
        self.base_dir = base_dir
        self._copies: list[str] = []

    @contextlib.contextmanager
    def read(self, file_handle: LocalFileHandle, mode: str = "rb") -> Iterator[IO[Any]]:
        """A file, opened for reading."""
        _check(file_handle)
        encoding = None if "b" in mode else "utf8"
        with Path(file_handle.path).open(mode, encoding=encoding) as stream:
            yield stream

    def read_data(self, file_handle: LocalFileHandle) -> bytes:
        """The bytes of a file."""
        _check(file_handle)
        return Path(file_handle.path).read_bytes()

    def write_data(self, data: bytes, ext: str | None = None, key: str | None = None) -> LocalFileHandle:
        """Keep bytes in a new file.

        Args:
            data: the bytes.
            ext: the suffix of the file, without the dot.
            key: the name of the file; one that is not taken if left out.
        """
        if not isinstance(data, bytes):
            raise DefinitionError(f"write_data takes bytes, got {type(data).__name__}")
        return self.write(io.BytesIO(data), "wb", ext, key)

    def write(
        self, file_obj: IO[Any], mode: str = "wb", ext: str | None = None, key: str | None = None
    ) -> LocalFileHandle:
        """Keep what a stream holds in a new file. See `write_data`."""
        folder = Path(self.base_dir)
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / ((key or str(uuid.uuid4())) + (f".{ext}" if ext else ""))
        with target.open(mode, encoding=None if "b" in mode else "utf8") as stream:
            shutil.copyfileobj(file_obj, stream)
        return LocalFileHandle(str(target.absolute()))

    def copy_handle_to_local_temp(self, file_handle: LocalFileHandle) -> str:
        """The path of a temporary copy of a file."""
        _check(file_handle)
        with tempfile.NamedTemporaryFile("wb+", delete=False) as copy:
            copy.write(self.read_data(file_handle))
        self._copies.append(copy.name)
        return copy.name

    def delete_local_temp(self) -> None:
        """Remove the temporary copies."""
        for path in self._copies:
            Path(path).unlink(missing_ok=True)
        self._copies.clear()


def _check(handle: object) -> None:
    if not isinstance(handle, LocalFileHandle):
        raise DefinitionError(f"expected a LocalFileHandle, got {handle!r:.80}")


def _local(context: InitResourceContext) -> LocalFileManager:
    given = (context.resource_config or {}).get("base_dir")
    root = "." if context.instance is None else context.instance.storage_directory()
    return LocalFileManager(given or str(Path(root) / "file_manager"))


local_file_manager = ResourceDefinition(
    _local,
    {"base_dir": Field(StringSource, is_required=False, description="a folder")},
    description="keeps bytes in files of this machine",
)
