"""The default IO manager: one pickle per value."""

import os
import pickle
from typing import TYPE_CHECKING, Any, Self

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.env import EnvVar
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.definitions.metadata import MetadataValue
from orchestrator.definitions.upward import fetch
from orchestrator.errors import ExecutionError, InvariantError
from orchestrator.io_managers.places import beside, name_of, nothing_stored, parts_of, read, temporary_name
from orchestrator.io_managers.upath import UPathIOManager

if TYPE_CHECKING:
    from upath import UPath

_SUFFIX = ".pickle"
_CANNOT_PICKLE = (pickle.PicklingError, TypeError, AttributeError, RecursionError)
_CANNOT_UNPICKLE = (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError)


class FilesystemIOManager(IOManager):
    """Keeps the value of asset `a/b` in the file `a/b.pickle` below a folder, other values by run, step and output.

    A value is written under a temporary name and renamed, so a file is always whole. Any number of threads and
    processes may write at once; the last one wins.

    Args:
        base_dir: the folder; made when the first value is written. Or a URL that fsspec reads, such as
            `s3://bucket/folder`. An `EnvVar` is read when a run needs it. Left out, values go below orch's home.
    """

    def __init__(self, base_dir: str | os.PathLike[str] | None = None) -> None:
        self.base_dir = None if base_dir is None else os.fspath(base_dir)
        self.value_home = "home" if base_dir is None else "elsewhere"
        late = isinstance(self.base_dir, EnvVar)
        self._elsewhere = (
            _RemotePickles(self.base_dir) if self.base_dir and not late and "://" in self.base_dir else None
        )

    @classmethod
    def configure_at_launch(cls) -> Any:
        """The same as a resource whose `base_dir` run config gives."""
        return fetch("io_managers.named", "fs_io_manager")

    def within(self, storage: str) -> Self:
        """This IO manager, or, if it was made without a folder, one that uses `storage`."""
        if self.base_dir is None:
            return type(self)(storage)
        return type(self)(read(self.base_dir)) if isinstance(self.base_dir, EnvVar) else self

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Store a value.

        Raises:
            InvariantError: the value cannot be pickled.
            ExecutionError: the disk does not take it.
        """
        if self._elsewhere is not None:
            self._elsewhere.handle_output(context, obj)
            return
        path = self.path_of(parts_of(context))
        try:
            _write(path, obj)
        except OSError as error:
            raise ExecutionError(f"cannot store `{name_of(context)}` in {path}: {error.strerror or error}") from error
        except _CANNOT_PICKLE as error:
            raise _cannot_pickle(context, error) from error
        if obj is not None:
            context.add_output_metadata({"path": MetadataValue.path(path)})

    def load_input(self, context: InputContext) -> Any:
        """Load a value.

        Raises:
            StoredValueError: nothing is stored.
            ExecutionError: what is stored cannot be read.
        """
        if self._elsewhere is not None:
            return self._elsewhere.load_input(context)
        path = self.path_of(parts_of(context))
        try:
            with open(path, "rb") as file:
                return pickle.load(file)  # noqa: S301  written by this class
        except FileNotFoundError:
            raise nothing_stored(context, path) from None
        except OSError as error:
            raise ExecutionError(f"cannot read `{name_of(context)}` from {path}: {error.strerror or error}") from error
        except _CANNOT_UNPICKLE as error:
            raise _cannot_unpickle(context, path, error) from error

    def remove(self, parts: list[str]) -> bool:
        """Remove the value with these parts, of a key or of an identifier; False if there is none.

        Raises:
            ExecutionError: the disk does not let go of it.
        """
        path = self.path_of(parts)
        try:
            os.unlink(path)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise ExecutionError(f"cannot remove {path}: {error.strerror or error}") from error
        return True

    def path_of(self, parts: list[str]) -> str:
        """The file of the value with these parts.

        Raises:
            ExecutionError: the IO manager has no folder (it was never part of a run).
        """
        if self.base_dir is None:
            raise ExecutionError("this FilesystemIOManager has no folder", hint="FilesystemIOManager(base_dir=...)")
        suffix = _suffix()
        return os.path.join(read(self.base_dir), *beside(parts, suffix)) + suffix


class _RemotePickles(UPathIOManager):
    """The same on a file system that is not this machine's."""

    def __init__(self, base_path: str) -> None:
        self.extension = _suffix() or None
        super().__init__(base_path)

    def dump_to_path(self, context: OutputContext, obj: Any, path: "UPath") -> None:
        try:
            pickled = pickle.dumps(obj, protocol=pickle.HIGHEST_PROTOCOL)
        except _CANNOT_PICKLE as error:
            raise _cannot_pickle(context, error) from error
        path.write_bytes(pickled)

    def load_from_path(self, context: InputContext, path: "UPath") -> Any:
        pickled = path.read_bytes()
        try:
            return pickle.loads(pickled)  # noqa: S301  written by this class
        except _CANNOT_UNPICKLE as error:
            raise _cannot_unpickle(context, str(path), error) from error


def _suffix() -> str:
    return "" if spoken().bare_file_names else _SUFFIX


def _write(path: str, obj: Any) -> None:
    folder = os.path.dirname(path)
    temporary = os.path.join(folder, temporary_name())
    try:
        file = open(temporary, "wb")  # noqa: SIM115  closed below, also on errors
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        file = open(temporary, "wb")  # noqa: SIM115
    try:
        with file:
            pickle.dump(obj, file, protocol=pickle.HIGHEST_PROTOCOL)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _cannot_pickle(context: OutputContext, error: Exception) -> InvariantError:
    return InvariantError(
        f"the value of `{name_of(context)}` cannot be pickled: {error}",
        hint="return plain data, or give it an IO manager that can store it (io_manager_key=)",
    )


def _cannot_unpickle(context: InputContext, place: str, error: Exception) -> ExecutionError:
    return ExecutionError(
        f"the value of `{name_of(context)}` in {place} cannot be read back: {error}",
        hint="make it again; a class it needs may have moved",
    )
