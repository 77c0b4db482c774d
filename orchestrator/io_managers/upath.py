"""IO managers that keep each value in a file of its own, on any file system fsspec knows."""

import copy
import os
from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from orchestrator.definitions.env import EnvVar
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.definitions.metadata import MetadataValue
from orchestrator.errors import DefinitionError, ExecutionError
from orchestrator.io_managers.places import beside, nothing_stored, parts_of, read, written_whole

if TYPE_CHECKING:
    from upath import UPath


class UPathIOManager(IOManager):
    """Keeps the value of asset `a/b` in the file `a/b` plus `extension` below a base path. To be subclassed.

    A subclass says how a value is written to a path and read from it. On a local file system the path given to
    `dump_to_path` is a temporary one, renamed when the method is done, so a file is always whole.

    Args:
        base_path: a folder, as text, `Path` or `UPath`, or a URL such as `s3://bucket/folder` (then `pip install
            orchestrator[fsspec]` and the package of that file system are needed). An `EnvVar` is read when a run needs it.
            Left out, values go below orch's home.

    Raises:
        DefinitionError: `extension` does not start with a dot.
    """

    #: Put after the last part of every path, with its dot.
    extension: str | None = None

    def __init__(self, base_path: "UPath | Path | str | os.PathLike[str] | None" = None) -> None:
        if self.extension is not None and not self.extension.startswith("."):
            raise DefinitionError(f"extension {self.extension!r} of {type(self).__name__} must start with a dot")
        is_known = base_path is not None and not isinstance(base_path, EnvVar)
        self._base_path: Any = as_path(base_path) if is_known else base_path  # type: ignore[arg-type]  # it is not None
        self.value_home = "home" if base_path is None else "elsewhere"

    def within(self, storage: str) -> Self:
        """This IO manager, or, if it was made without a base path, one that uses `storage`."""
        if self._base_path is not None and not isinstance(self._base_path, EnvVar):
            return self
        placed = copy.copy(self)
        base = Path(storage) if self._base_path is None else as_path(read(self._base_path))
        placed._base_path = base  # noqa: SLF001  of the same class
        return placed

    @abstractmethod
    def dump_to_path(self, context: OutputContext, obj: Any, path: "UPath") -> None:
        """Write a value to a path; its folder exists."""

    @abstractmethod
    def load_from_path(self, context: InputContext, path: "UPath") -> Any:
        """Read a value from a path."""

    def get_metadata(self, context: OutputContext, obj: Any) -> Mapping[str, Any]:  # noqa: ARG002  for subclasses
        """What to record with a value besides its path; nothing unless a subclass says so."""
        return {}

    def get_asset_relative_path(self, context: InputContext | OutputContext) -> "Path | UPath":
        """The path of an asset below the base path, without extension."""
        return Path(*beside(parts_of(context), self.extension))

    def get_op_output_relative_path(self, context: InputContext | OutputContext) -> "Path | UPath":
        """The path of a value that belongs to no asset below the base path, without extension."""
        return Path(*beside(parts_of(context), self.extension))

    def get_path(self, context: InputContext | OutputContext) -> Any:
        """The path of a value.

        Raises:
            ExecutionError: the IO manager has no base path (it was never part of a run).
        """
        if context.has_asset_key:
            return self._with_extension(self._base() / str(self.get_asset_relative_path(context)))
        return self._with_extension(self._base() / str(self.get_op_output_relative_path(context)))

    @property
    def fs(self) -> Any:
        """The fsspec file system of the base path."""
        return as_upath(self._base()).fs

    @property
    def storage_options(self) -> dict[str, Any]:
        """How the file system was opened."""
        return dict(as_upath(self._base()).storage_options)

    def path_exists(self, path: "UPath") -> bool:
        """Whether there is something at a path."""
        return path.exists()

    def has_output(self, context: OutputContext) -> bool:
        """Whether a value is stored."""
        return self.path_exists(self.get_path(context))

    def make_directory(self, path: "UPath") -> None:
        """Make a folder, where the file system has any."""
        path.mkdir(parents=True, exist_ok=True)

    def unlink(self, path: "UPath") -> None:
        """Remove the file at a path."""
        path.unlink()

    def get_writing_output_log_message(self, path: "UPath") -> str:
        """What is logged when a value is stored."""
        return f"writing {path} with {type(self).__name__}"

    def get_loading_input_log_message(self, path: "UPath") -> str:
        """What is logged when a value is loaded."""
        return f"loading {path} with {type(self).__name__}"

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Store a value."""
        path = self.get_path(context)
        context.log.debug(self.get_writing_output_log_message(path))
        if isinstance(path, Path):
            with written_whole(path) as temporary:
                self.dump_to_path(context=context, obj=obj, path=temporary)
        else:  # elsewhere a file appears when it is closed
            self.make_directory(path.parent)
            self.dump_to_path(context=context, obj=obj, path=path)
        said = {} if obj is None else {"path": MetadataValue.path(str(path))}
        context.add_output_metadata({**said, **self.get_metadata(context, obj)})

    def load_input(self, context: InputContext) -> Any:
        """Load a value.

        Raises:
            StoredValueError: nothing is stored.
        """
        path = self.get_path(context)
        context.log.debug(self.get_loading_input_log_message(path))
        try:
            return self.load_from_path(context=context, path=path)
        except FileNotFoundError:
            if self.path_exists(path):
                raise
            raise nothing_stored(context, str(path)) from None

    def _base(self) -> Any:
        if self._base_path is None:
            raise ExecutionError(f"this {type(self).__name__} has no base path", hint="base_path=...")
        return as_path(read(self._base_path)) if isinstance(self._base_path, EnvVar) else self._base_path

    def _with_extension(self, path: Any) -> Any:
        return path if self.extension is None else path.with_name(path.name + self.extension)


def as_path(base: "UPath | Path | str | os.PathLike[str]") -> Any:
    """What a user gave as the place for values as a `Path`, or a `UPath` if it is elsewhere.

    Raises:
        DefinitionError: it is a URL, and the package that reads it is not installed.
    """
    if isinstance(base, Path) or hasattr(base, "storage_options"):
        return base
    text = os.fspath(base)
    return as_upath(text) if "://" in text else Path(text)


def as_upath(path: Any) -> Any:
    """A path as a `UPath`.

    Raises:
        DefinitionError: the package for it is not installed.
    """
    try:
        from upath import UPath
    except ImportError:
        raise DefinitionError(
            f"{path} needs a package that is not installed", hint="pip install orchestrator[fsspec]"
        ) from None
    return UPath(path)
