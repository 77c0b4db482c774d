"""The default IO manager: one pickle per asset."""

import os
import pickle
import threading
from pathlib import Path
from typing import Any, Self

from orchestrator.definitions.io import IOManager
from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.errors import ExecutionError

#: A key part may end in this too; such a folder gets another name, so that key `a` and key `a.pickle/b` do not meet.
_SUFFIX = ".pickle"
#: Values that belong to no asset lie in this folder; no part of an asset key starts with a dot.
_RUNS = ".runs"


class FilesystemIOManager(IOManager):
    """Keeps the value of asset `a/b` in the file `a/b.pickle` below a folder, other values by run, step and output.

    A value is written under a temporary name and renamed, so a file is always whole. Any number of threads and
    processes may write at once; the last one wins.

    Args:
        base_dir: the folder; made when the first value is written. Left out, values go below orch's home.
    """

    def __init__(self, base_dir: str | os.PathLike[str] | None = None) -> None:
        self._base = None if base_dir is None else os.fspath(base_dir)
        self.value_home = "home" if base_dir is None else "elsewhere"

    def within(self, storage: str) -> Self:
        """This IO manager, or, if it was made without a folder, one that uses `storage`."""
        return self if self._base is not None else type(self)(storage)

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Store a value.

        Raises:
            ExecutionError: the value cannot be pickled, or the disk does not take it.
        """
        path = self.path_of(parts_of(context))
        folder = os.path.dirname(path)
        # threads of one process differ by their id, processes on several machines by host and process id
        temporary = os.path.join(folder, f".tmp-{os.uname().nodename[:64]}-{os.getpid()}-{threading.get_ident()}")
        try:
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
        except OSError as error:
            raise ExecutionError(f"cannot store `{name_of(context)}` in {path}: {error.strerror or error}") from error
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as error:
            raise ExecutionError(
                f"the value of `{name_of(context)}` cannot be pickled: {error}",
                hint="return plain data, or give the asset an IO manager that can store it (io_manager_key=)",
            ) from error
        context.add_output_metadata({"path": Path(path)})

    def load_input(self, context: InputContext) -> Any:
        """Load a value.

        Raises:
            ExecutionError: nothing is stored, or what is stored cannot be read.
        """
        path = self.path_of(parts_of(context))
        key = name_of(context)
        try:
            with open(path, "rb") as file:
                return pickle.load(file)  # noqa: S301  written by this class
        except FileNotFoundError:
            raise ExecutionError(
                f"nothing is stored for `{key}` in {path}",
                hint=f"materialize `{key}` first; or, if it stores no value, wait for it with deps=[{key!r}]"
                if context.has_asset_key
                else "run the step again",
            ) from None
        except OSError as error:
            raise ExecutionError(f"cannot read `{key}` from {path}: {error.strerror or error}") from error
        except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError) as error:
            raise ExecutionError(
                f"the value of `{key}` in {path} cannot be read back: {error}",
                hint="make it again; a class it needs may have moved",
            ) from error

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
        if self._base is None:
            raise ExecutionError("this FilesystemIOManager has no folder", hint="FilesystemIOManager(base_dir=...)")
        folders = [part + "_" if part.endswith((_SUFFIX, _SUFFIX + "_")) else part for part in parts[:-1]]
        return os.path.join(self._base, *folders, parts[-1] + _SUFFIX)


def parts_of(context: InputContext | OutputContext) -> list[str]:
    """Where a value belongs: parts of a path that no other value has."""
    return context.asset_key.path if context.has_asset_key else [_RUNS, *context.get_identifier()]


def name_of(context: InputContext | OutputContext) -> str:
    """The value's name in a message: the asset, or the step and its output."""
    return context.asset_key.to_user_string() if context.has_asset_key else ".".join(context.get_identifier()[1:])


#: The default IO manager, by Dagster's name.
fs_io_manager = FilesystemIOManager()
