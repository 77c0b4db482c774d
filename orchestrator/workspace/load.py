"""Import user code and find its `Definitions`."""

import gc
import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

from orchestrator.definitions.asset_jobs import AssetJob
from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.collection import Definitions, LazyDefinitions, automation_kind
from orchestrator.definitions.functions import annotations_of, parameters_of
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.specs import AssetSpec
from orchestrator.errors import LoadError, OrchestratorError, SourceRef
from orchestrator.graph.snapshot import LoadFailure, LocationSnapshot
from orchestrator.workspace.describe import describe_location
from orchestrator.workspace.frames import error_info
from orchestrator.workspace.location import ALIASES, LocationRef


class LoadedLocation:
    """A code location in this process: its definitions, or why there are none."""

    __slots__ = ("definitions", "snapshot")

    def __init__(self, definitions: Definitions | None, snapshot: LocationSnapshot | LoadFailure) -> None:
        self.definitions = definitions
        self.snapshot = snapshot


def load_location(ref: LocationRef) -> LoadedLocation:
    """Load a code location; failure is a value."""
    try:
        with _undisturbed():
            definitions = load_definitions(ref)
            return LoadedLocation(definitions, describe_location(ref.name, definitions))
    except OrchestratorError as error:
        return LoadedLocation(
            None,
            LoadFailure(
                name=ref.name,
                message=error.message,
                code=error.code,
                hint=error.hint,
                sources=error.sources,
                error=error.error if isinstance(error, LoadError) else None,
            ),
        )


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What user code prints goes to stderr; no garbage is collected while thousands of lasting objects are made."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        if collecting:
            gc.enable()


def load_definitions(ref: LocationRef) -> Definitions:
    """Import a code location and return its definitions.

    Raises:
        LoadError: the code is not there, raises, or holds no definitions, or several.
        DefinitionError: a definition is not valid.
    """
    _extend_path(ref)
    install_alias(ref)
    try:
        module = _import(ref)
        return _find(module, ref)
    except OrchestratorError:
        raise
    except (Exception, SystemExit) as error:
        info = error_info(error)
        raise LoadError(
            f"{_where(ref)} raised {info.type}: {info.message}"
            if info.message
            else f"{_where(ref)} raised {info.type}",
            hint=_import_hint(error, ref),
            error=info,
        ) from error


def install_alias(ref: LocationRef) -> None:
    """Make this process serve and speak what the code of a location is written for."""
    if ref.alias is not None:
        importlib.import_module(ALIASES[ref.alias])


def _where(ref: LocationRef) -> str:
    return ref.file or ref.module or ref.package or ref.name


def _extend_path(ref: LocationRef) -> None:
    """The working directory, the folder of the file and the base directory come first on the path, in this order."""
    folders = [ref.working_directory, str(Path(ref.file).parent) if ref.file else None, ref.base_directory]
    wanted = list(dict.fromkeys(folder for folder in folders if folder))
    sys.path[:] = [*wanted, *(folder for folder in sys.path if folder not in wanted)]
    importlib.invalidate_caches()


def _import(ref: LocationRef) -> ModuleType:
    if ref.file is not None:
        return _import_file(Path(ref.file))
    name = ref.module or ref.package or ""
    try:
        found = importlib.util.find_spec(name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise
        found = None
    except (ValueError, ImportError):
        found = None
    if found is None:
        raise LoadError(
            f"there is no module `{name}`",
            hint=did_you_mean(name, _modules_in(ref.working_directory or ref.base_directory))
            or f"it was looked for in {ref.working_directory or ref.base_directory}; say where: -d DIR",
        )
    return importlib.import_module(name)


def _modules_in(folder: str) -> list[str]:
    try:
        entries = list(Path(folder).iterdir())
    except OSError:
        return []
    return [entry.stem for entry in entries if entry.suffix == ".py" or (entry.is_dir() and entry.name.isidentifier())]


def _import_file(path: Path) -> ModuleType:
    if not path.is_file():
        what = "is a folder, not a file" if path.is_dir() else "does not exist"
        siblings = [str(other.name) for other in path.parent.glob("*.py")] if path.parent.is_dir() else []
        raise LoadError(f"{path} {what}", hint=did_you_mean(path.name, siblings))
    name = path.stem
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise LoadError(f"{path} is no Python file", hint="its name must end in .py")
    module = importlib.util.module_from_spec(spec)
    # under its own name, so that classes it defines can be unpickled and its neighbours can import it
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _find(module: ModuleType, ref: LocationRef) -> Definitions:
    if ref.attribute is not None:
        return _attribute(module, ref.attribute)
    values = list(vars(module).items())
    found = {id(value): (name, value) for name, value in values if isinstance(value, Definitions | LazyDefinitions)}
    if not found:
        found = {id(value): (name, value) for name, value in values if _returns_definitions(value, module)}
    if len(found) > 1:
        names = [name for name, _ in found.values()]
        raise LoadError(
            f"{_where(ref)} holds {len(found)} Definitions: {', '.join(f'`{name}`' for name in names)}",
            hint=f"say which: -a {names[0]}; or join them: Definitions.merge({', '.join(names)})",
            sources=tuple(value.source for _, value in found.values() if hasattr(value, "source")),
        )
    if found:
        return _resolve(next(iter(found.values()))[1], module)
    return _bare(module, ref)


def _returns_definitions(value: Any, module: ModuleType) -> bool:
    """Whether a value is a function of this module that says it returns Definitions and needs no argument."""
    if type(value).__name__ != "function" or value.__module__ != module.__name__:
        return False
    if annotations_of(value).get("return") is not Definitions:
        return False
    parameters = parameters_of(value)
    return set(parameters.names) <= parameters.defaults


def _attribute(module: ModuleType, name: str) -> Definitions:
    if not hasattr(module, name):
        known = [known for known in vars(module) if not known.startswith("_")]
        raise LoadError(
            f"module `{module.__name__}` has no attribute `{name}`",
            hint=did_you_mean(name, known),
            sources=(SourceRef(module.__file__ or module.__name__, 1),),
        )
    return _resolve(getattr(module, name), module)


def _resolve(value: Any, module: ModuleType) -> Definitions:
    if isinstance(value, LazyDefinitions):
        return value.resolve()
    if callable(value) and not isinstance(value, Definitions | AssetsDefinition):
        value = value()
    if not isinstance(value, Definitions):
        raise LoadError(
            f"what was found in module `{module.__name__}` is a {type(value).__name__}, not Definitions",
            hint="defs = Definitions(assets=[...])",
            sources=(SourceRef(module.__file__ or module.__name__, 1),),
        )
    return value


def _bare(module: ModuleType, ref: LocationRef) -> Definitions:
    """A module without Definitions: the assets, jobs, schedules and sensors at its top level."""
    values = list(vars(module).values())
    assets = [value for value in values if isinstance(value, AssetsDefinition | AssetSpec)]
    jobs = [value for value in values if isinstance(value, AssetJob | JobDefinition)]
    schedules = [value for value in values if automation_kind(value) == "schedule"]
    sensors = [value for value in values if automation_kind(value) == "sensor"]
    if not (assets or jobs or schedules or sensors):
        raise LoadError(
            f"{_where(ref)} holds no definitions",
            hint="defs = Definitions(assets=[...]) at the top level of the module",
            sources=(SourceRef(module.__file__ or module.__name__, 1),),
        )
    return Definitions(assets=assets, jobs=jobs, schedules=schedules, sensors=sensors)


def _import_hint(error: BaseException, ref: LocationRef) -> str | None:
    if isinstance(error, ModuleNotFoundError) and error.name:
        if error.name in ALIASES:
            return f"orch serves code written for `{error.name}`: --alias {error.name}"
        folders = [ref.working_directory, str(Path(ref.file).parent) if ref.file else None, ref.base_directory]
        looked = ", ".join(dict.fromkeys(folder for folder in folders if folder))
        return (
            f"install `{error.name}`; or, if it is your own module, say where: working_directory (looked in {looked})"
        )
    return None
