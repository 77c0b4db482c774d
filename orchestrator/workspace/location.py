"""A pointer to user code that can cross processes."""

from msgspec import Struct

#: Package whose imports orch can serve -> the module that, once imported, makes it so.
ALIASES = {"dagster": "orchestrator.compat.install"}


class LocationRef(Struct, frozen=True, kw_only=True):
    """Where a code location is and how to load it.

    Exactly one of `file`, `module` and `package` is set.
    """

    name: str
    #: Absolute path of a Python file.
    file: str | None = None
    #: Dotted name of a module.
    module: str | None = None
    #: Dotted name of a package.
    package: str | None = None
    #: Variable, or function without arguments, that holds the Definitions.
    attribute: str | None = None
    #: Absolute path, first on `sys.path` and the current directory of a worker; None: the base directory.
    working_directory: str | None = None
    #: Absolute path of the folder that relative things are relative to: of the workspace file, or the current one.
    base_directory: str
    #: Another interpreter, which must have orch installed.
    executable_path: str | None = None
    #: Another package whose name the code imports in the place of orch: `dagster`.
    alias: str | None = None
