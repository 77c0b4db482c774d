"""Where code locations are: flags, workspace.yaml, pyproject.toml, or a definitions.py.

Target (what the command line said) + current folder -> WorkspaceSettings (one LocationRef per location, the home)
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import NoTargetError, SettingsError, SourceRef, UsageError
from orchestrator.graph.snapshot import ExecutorChoice
from orchestrator.workspace.location import ALIASES, LocationRef
from orchestrator.workspace.pool_settings import pools_of_toml, pools_of_yaml
from orchestrator.workspace.python_logs import LEVELS, PythonLogs
from orchestrator.workspace.yaml_file import YamlMapping, YamlValue, read_yaml

_KINDS = {"python_file": "relative_path", "python_module": "module_name", "python_package": "package_name"}
_OPTIONS = ("attribute", "working_directory", "location_name", "executable_path")
_TOOL_KEYS = (
    "home",
    "store",
    "alias",
    "python_file",
    "module_name",
    "package_name",
    "load_from",
    "python_logs",
    "executor",
    "pools",
    *_OPTIONS,
)
_WORKSPACE_KEYS = ("load_from", "pools", "store")
#: Keys of [tool.orch] that hold no string.
_STRUCTURED = ("load_from", "python_logs", "executor", "pools")

_THREE_WAYS = """say where your definitions are, in one of three ways:
  orch -f definitions.py ...           a file (or -m for a module, -w for a workspace.yaml)
  [tool.orch] in pyproject.toml        python_file = "definitions.py"
  workspace.yaml                       load_from: [{python_file: definitions.py}]
or start a new project: orch init"""


class Target(Struct, frozen=True, kw_only=True):
    """What the command line said about code locations."""

    workspaces: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    #: These two apply to modules and files; else to the one location that is found.
    attribute: str | None = None
    working_directory: str | None = None
    #: Applies to all locations, and goes before what pyproject.toml says.
    alias: str | None = None


class WorkspaceSettings(Struct, frozen=True, kw_only=True):
    """The code locations of a workspace and where its records go."""

    refs: tuple[LocationRef, ...]
    #: Folder of the file that told of the locations; the current folder if the command line did.
    base_directory: str
    #: Absolute path, if pyproject.toml names one.
    home: str | None = None
    #: The address of the event store if it is not in the home; names of variables in it, not their values.
    store: str | None = None
    #: What pyproject.toml says of the name that code imports in the place of orch.
    alias: str | None = None
    #: What is kept of what code logs.
    python_logs: PythonLogs = PythonLogs()
    #: What runs the steps of what names no executor.
    executor: ExecutorChoice | None = None
    #: How many steps of a concurrency pool may run at once; `*`: of any other pool.
    pools: Mapping[str, int] = {}


def find_locations(target: Target, cwd: Path) -> WorkspaceSettings:
    """The code locations a command is about.

    Flags come first; else the nearest folder, upward from the current one, with a workspace.yaml or a `[tool.orch]` or
    `[tool.dagster]` in its pyproject.toml; else `definitions.py` in the current folder.

    Raises:
        NoTargetError: nothing was found.
        SettingsError: a file says something that cannot be read.
        UsageError: an attribute or a working directory is given for several locations, or an alias is unknown.
    """
    given = target.workspaces or target.modules or target.files
    settings = _from_flags(target, cwd) if given else _discover(cwd)
    refs = _named_apart(settings.refs)
    if not (target.modules or target.files) and (target.attribute or target.working_directory):
        refs = (_with_options(refs, target, cwd),)
    alias = target.alias or settings.alias
    if alias is not None:
        if alias not in ALIASES:
            kind = SettingsError if target.alias is None else UsageError
            raise kind(f"there is no alias `{alias}`", hint=f"known: {', '.join(ALIASES)}")
        refs = tuple(msgspec.structs.replace(ref, alias=alias) for ref in refs)
    return msgspec.structs.replace(settings, refs=refs)


def _from_flags(target: Target, cwd: Path) -> WorkspaceSettings:
    refs: list[LocationRef] = []
    pools: dict[str, int] = {}
    store = None
    for workspace in target.workspaces:
        read = _read_workspace(cwd / workspace)
        refs += read.refs
        pools |= read.pools
        store = store or read.store
    working = None if target.working_directory is None else str((cwd / target.working_directory).absolute())
    shared = {"attribute": target.attribute, "working_directory": working, "base_directory": str(cwd)}
    for file in target.files:
        refs.append(LocationRef(name=Path(file).name, file=_absolute(cwd, file), **shared))  # type: ignore[arg-type]
    for module in target.modules:
        refs.append(LocationRef(name=module, module=module, **shared))  # type: ignore[arg-type]
    base = cwd if not target.workspaces else (cwd / target.workspaces[0]).absolute().parent
    tool = _read_tool(base / "pyproject.toml")
    return _with_tool(WorkspaceSettings(refs=tuple(refs), base_directory=str(base), store=store, pools=pools), tool)


def _with_tool(settings: WorkspaceSettings, tool: WorkspaceSettings | None) -> WorkspaceSettings:
    """Settings with what pyproject.toml says besides where the code is."""
    if tool is None:
        return settings
    return msgspec.structs.replace(
        settings,
        home=tool.home,
        store=settings.store or tool.store,
        alias=tool.alias,
        python_logs=tool.python_logs,
        executor=tool.executor,
        pools={**tool.pools, **settings.pools},
    )


def _discover(cwd: Path) -> WorkspaceSettings:
    for folder in (cwd, *cwd.parents):
        tool = _read_tool(folder / "pyproject.toml")
        if (folder / "workspace.yaml").exists():
            return _with_tool(_read_workspace(folder / "workspace.yaml"), tool)
        if tool and tool.refs:
            return tool
        if folder == cwd and (folder / "definitions.py").exists():
            ref = LocationRef(name="definitions.py", file=str(folder / "definitions.py"), base_directory=str(folder))
            return _with_tool(WorkspaceSettings(refs=(ref,), base_directory=str(folder)), tool)
    raise NoTargetError(f"no code location is given, and none is found in {cwd}", hint=_THREE_WAYS)


def _with_options(refs: Sequence[LocationRef], target: Target, cwd: Path) -> LocationRef:
    """The one location that a file told of, with the attribute and the working directory of the command line."""
    if len(refs) != 1:
        names = ", ".join(f"`{ref.name}`" for ref in refs)
        raise UsageError(
            f"an attribute or a working directory is for one code location, and there are {len(refs)}: {names}",
            hint="say which: -f FILE or -m MODULE; or write it into the workspace file",
        )
    ref = refs[0]
    working = None if target.working_directory is None else _absolute(cwd, target.working_directory)
    return msgspec.structs.replace(
        ref,
        attribute=target.attribute or ref.attribute,
        working_directory=working or ref.working_directory,
    )


def _absolute(folder: Path, path: str) -> str:
    import os.path  # noqa: PLC0415  loaded by Python itself

    return os.path.normpath(folder / path)


def _named_apart(refs: Sequence[LocationRef]) -> tuple[LocationRef, ...]:
    """Locations with one default name get as much of their path as tells them apart."""
    counts = Counter(ref.name for ref in refs)
    named: list[LocationRef] = []
    for ref in refs:
        if counts[ref.name] == 1:
            named.append(ref)
            continue
        if ref.file is None or ref.name != Path(ref.file).name:
            raise SettingsError(f"two code locations are called `{ref.name}`", hint="give each a location_name")
        same = [Path(other.file or "").parts for other in refs if other.name == ref.name]
        parts = Path(ref.file).parts
        depth = next((d for d in range(1, len(parts)) if sum(o[-d:] == parts[-d:] for o in same) == 1), 0)
        if depth == 0:
            raise SettingsError(f"the code location {ref.file} is given twice", hint="give it once")
        named.append(msgspec.structs.replace(ref, name="/".join(parts[-depth:])))
    return tuple(named)


# --- workspace.yaml


def _read_workspace(path: Path) -> WorkspaceSettings:
    root = read_yaml(path)
    if not isinstance(root.value, YamlMapping):
        raise SettingsError(
            "a workspace file must be a mapping with `load_from`",
            hint="load_from: [{python_file: definitions.py}]",
            sources=(root.source,),
        )
    for name, entry in root.value.items():
        if name not in _WORKSPACE_KEYS:
            raise _unknown_key(name, entry.key_source or entry.source, _WORKSPACE_KEYS)
    listed = root.value.get("load_from")
    if listed is None or not isinstance(listed.value, list) or not listed.value:
        raise SettingsError(
            "`load_from` must be a list of code locations",
            hint="load_from: [{python_file: definitions.py}]",
            sources=(listed.source if listed else root.source,),
        )
    folder = path.absolute().parent
    pools, store = root.value.get("pools"), root.value.get("store")
    if store is not None and not isinstance(store.value, str):
        raise SettingsError("`store` must be a string", sources=(store.source,))
    return WorkspaceSettings(
        refs=tuple(_yaml_location(entry, folder) for entry in listed.value),
        base_directory=str(folder),
        store=None if store is None else str(store.value),
        pools={} if pools is None else pools_of_yaml(pools),
    )


def _yaml_location(entry: YamlValue, folder: Path) -> LocationRef:
    if not isinstance(entry.value, YamlMapping) or len(entry.value) != 1:
        raise SettingsError(
            "each entry of `load_from` is a mapping with one of " + ", ".join(f"`{kind}`" for kind in _KINDS),
            hint=_misplaced(entry.value),
            sources=(entry.source,),
        )
    kind, given = next(iter(entry.value.items()))
    if kind == "grpc_server":
        raise SettingsError(
            "`grpc_server` locations are not supported: orch loads code itself",
            hint="use python_file, python_module or python_package",
            sources=(given.source,),
        )
    if kind not in _KINDS:
        raise _unknown_key(kind, given.key_source or given.source, tuple(_KINDS))
    if isinstance(given.value, str):
        return _ref(kind, {_KINDS[kind]: given.value}, folder, given.source)
    if not isinstance(given.value, YamlMapping):
        raise SettingsError(f"`{kind}` takes a string or a mapping", sources=(given.source,))
    options: dict[str, str] = {}
    for name, value in given.value.items():
        if name not in (_KINDS[kind], *_OPTIONS):
            raise _unknown_key(name, value.key_source or value.source, (_KINDS[kind], *_OPTIONS))
        if not isinstance(value.value, str):
            raise SettingsError(f"`{name}` must be a string", sources=(value.source,))
        options[name] = value.value
    return _ref(kind, options, folder, given.source)


def _misplaced(entry: Any) -> str | None:
    """The hint for options that stand beside the kind of location instead of below it."""
    names = [name for name in entry if name in _OPTIONS] if isinstance(entry, YamlMapping) else []
    kind = next((name for name in entry if name in _KINDS), None) if names else None
    return f"{kind}: {{{_KINDS[kind]}: ..., {names[0]}: ...}}" if kind else None


def _unknown_key(name: str, source: SourceRef, known: Sequence[str]) -> SettingsError:
    hint = did_you_mean(name, known) or f"known: {', '.join(known)}"
    return SettingsError(f"unknown key `{name}`", hint=hint, sources=(source,))


def _ref(kind: str, options: Mapping[str, str], folder: Path, source: SourceRef) -> LocationRef:
    target = options.get(_KINDS[kind])
    if not target:
        raise SettingsError(f"`{kind}` needs `{_KINDS[kind]}`", sources=(source,))
    working, executable = options.get("working_directory"), options.get("executable_path")
    is_file = kind == "python_file"
    return LocationRef(
        name=options.get("location_name") or (Path(target).name if is_file else target),
        file=_absolute(folder, target) if is_file else None,
        module=target if kind == "python_module" else None,
        package=target if kind == "python_package" else None,
        attribute=options.get("attribute"),
        working_directory=None if working is None else _absolute(folder, working),
        base_directory=str(folder),
        executable_path=None if executable is None else _absolute(folder, executable),
    )


# --- pyproject.toml


def _read_tool(path: Path) -> WorkspaceSettings | None:
    """What `[tool.orch]`, else `[tool.dagster]`, says; None if there is neither."""
    try:
        text = path.read_text()
    except (OSError, UnicodeDecodeError):
        return None
    if "tool" not in text or ("orch" not in text and "dagster" not in text):
        return None
    import tomllib  # noqa: PLC0415  most projects say nothing about orch there

    try:
        tools = tomllib.loads(text).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name} is not valid TOML: {error}", sources=(SourceRef(str(path), 1),)) from None
    folder = path.absolute().parent
    if isinstance(tools.get("orch"), dict):
        return _orch_tool(tools["orch"], folder, _TomlPlaces(str(path), text))
    if isinstance(tools.get("dagster"), dict):
        refs = tuple(_dagster_tool(tools["dagster"], folder, SourceRef(str(path), 1)))
        return WorkspaceSettings(refs=refs, base_directory=str(folder))
    return None


class _TomlPlaces:
    """Finds the line of a key: tomllib does not tell."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._lines = text.splitlines()

    def of(self, key: str) -> SourceRef:
        for number, line in enumerate(self._lines, start=1):
            if line.split("=")[0].strip().strip("\"'") == key or f"{{{key}" in line.replace(" ", ""):
                return SourceRef(self._file, number)
        return SourceRef(self._file, 1)


def _orch_tool(tool: Mapping[str, Any], folder: Path, places: _TomlPlaces) -> WorkspaceSettings:
    for name, value in tool.items():
        if name not in _TOOL_KEYS:
            raise _unknown_key(name, places.of(name), _TOOL_KEYS)
        if name not in _STRUCTURED and not isinstance(value, str):
            raise SettingsError(f"`{name}` of [tool.orch] must be a string", sources=(places.of(name),))
    home = tool.get("home")
    flat = {name: value for name, value in tool.items() if name not in ("home", "store", "alias", *_STRUCTURED)}
    refs = list(_toml_locations(tool.get("load_from", []), folder, places))
    if any(name in flat for name in ("python_file", "module_name", "package_name")):
        refs.append(_flat_location(flat, folder, places))
    elif flat and not refs:
        raise SettingsError(
            "[tool.orch] names no code", hint='python_file = "definitions.py"', sources=(places.of(next(iter(flat))),)
        )
    return WorkspaceSettings(
        refs=tuple(refs),
        base_directory=str(folder),
        home=None if home is None else _absolute(folder, home),
        store=tool.get("store"),
        alias=tool.get("alias"),
        python_logs=_python_logs(tool.get("python_logs", {}), places.of("python_logs")),
        executor=_executor(tool.get("executor"), places.of("executor")),
        pools=pools_of_toml(tool.get("pools", {}), places.of("pools")),
    )


def _executor(given: Any, source: SourceRef) -> ExecutorChoice | None:
    if given is None:
        return None
    table = {"name": given} if isinstance(given, str) else given
    if not isinstance(table, dict) or not isinstance(table.get("name"), str):
        raise SettingsError(
            "`executor` of [tool.orch] must be a name, or a table with a name",
            hint='executor = {name = "multiprocess", max_workers = 4}',
            sources=(source,),
        )
    return ExecutorChoice(name=table["name"], config={key: one for key, one in table.items() if key != "name"})


def _python_logs(given: Any, source: SourceRef) -> PythonLogs:
    known = PythonLogs.__struct_fields__
    if not isinstance(given, dict):
        raise SettingsError(
            "`python_logs` of [tool.orch] must be a table",
            hint='python_logs = {managed_loggers = ["root"], level = "INFO"}',
            sources=(source,),
        )
    for name in given:
        if name not in known:
            raise _unknown_key(name, source, known)
    loggers, level = given.get("managed_loggers", []), given.get("level")
    if not isinstance(loggers, list) or not all(isinstance(one, str) for one in loggers):
        raise SettingsError(
            "`managed_loggers` must be a list of names of loggers", hint='["root"] for all', sources=(source,)
        )
    if level is not None and (not isinstance(level, str) or level.upper() not in LEVELS):
        raise SettingsError(f"`level` must be one of {', '.join(LEVELS)}, got {level!r}", sources=(source,))
    return PythonLogs(managed_loggers=tuple(loggers), level=level and level.upper())


def _flat_location(flat: Mapping[str, str], folder: Path, places: _TomlPlaces) -> LocationRef:
    kinds = {"python_file": "python_file", "module_name": "python_module", "package_name": "python_package"}
    given = [name for name in kinds if name in flat]
    if len(given) > 1:
        raise SettingsError(
            f"[tool.orch] takes one of {' and '.join(f'`{name}`' for name in given)}",
            hint="use load_from for several locations",
            sources=(places.of(given[1]),),
        )
    kind = kinds[given[0]]
    options = {**{name: flat[name] for name in _OPTIONS if name in flat}, _KINDS[kind]: flat[given[0]]}
    return _ref(kind, options, folder, places.of(given[0]))


def _toml_locations(entries: Any, folder: Path, places: _TomlPlaces) -> Iterator[LocationRef]:
    if not isinstance(entries, list):
        raise SettingsError("`load_from` of [tool.orch] must be a list of tables", sources=(places.of("load_from"),))
    for entry in entries:
        if not isinstance(entry, dict) or len(entry) != 1:
            raise SettingsError(
                'each entry of `load_from` is a table such as {python_file = "a.py"}', sources=(places.of("load_from"),)
            )
        kind, given = next(iter(entry.items()))
        if kind not in _KINDS:
            raise _unknown_key(kind, places.of("load_from"), tuple(_KINDS))
        options = {_KINDS[kind]: given} if isinstance(given, str) else dict(given)
        unknown = [name for name in options if name not in (_KINDS[kind], *_OPTIONS)]
        if unknown:
            raise _unknown_key(unknown[0], places.of(unknown[0]), (_KINDS[kind], *_OPTIONS))
        yield _ref(kind, options, folder, places.of("load_from"))


def _dagster_tool(tool: Mapping[str, Any], folder: Path, source: SourceRef) -> Iterator[LocationRef]:
    name = {"location_name": tool["code_location_name"]} if "code_location_name" in tool else {}
    options = {key: tool[key] for key in ("attribute", "working_directory") if key in tool} | name
    if "python_file" in tool:
        yield _ref("python_file", {**options, "relative_path": tool["python_file"]}, folder, source)
    if "module_name" in tool:
        yield _ref("python_module", {**options, "module_name": tool["module_name"]}, folder, source)
    for module in tool.get("modules", ()):
        yield _ref("python_module", {"module_name": module["name"]}, folder, source)
