"""Gather the definitions that modules hold, so that nobody has to list them."""

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from orchestrator.definitions.asset_jobs import AssetJob
from orchestrator.definitions.assets import AssetsDefinition, check_group_change
from orchestrator.definitions.collection import Definitions, automation_kind
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.keys import AssetKey, key_text
from orchestrator.definitions.observable import ObservableAsset
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.specs import AssetSpec
from orchestrator.errors import DefinitionError, DuplicateDefinitionError

Asset = AssetsDefinition | AssetSpec


def load_assets_from_modules(
    modules: Iterable[ModuleType],
    group_name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    *,
    include_specs: bool | None = None,
    source_key_prefix: str | Sequence[str] | None = None,
    **refused: Any,
) -> list[Asset]:
    """The assets at the top level of modules, also inside lists and tuples there.

    Args:
        modules: where to look.
        group_name: put on assets that name no group.
        key_prefix: put before every key, and before the upstream keys that are among the loaded ones.
        include_specs: whether specs of assets that are made elsewhere are loaded too; they are if left out.
        source_key_prefix: put before the keys of these.
        refused: anything else; raises.

    Raises:
        DuplicateDefinitionError: two different assets have one key.
        DefinitionError: `modules` is not a list of modules, or the prefix or group is not valid.
    """
    refuse_parameters(refused, "load_assets_from_modules", _PARAMETERS)
    specs_too = not spoken().specs_stay if include_specs is None else include_specs
    found = _unique(item for module in _checked(modules) for item in _assets(module, specs_too=specs_too))
    _refuse_duplicates(found)
    if group_name is None and key_prefix is None and source_key_prefix is None:
        return found
    return _with_prefix_and_group(found, key_prefix, source_key_prefix, group_name)


_PARAMETERS = ("modules", "group_name", "key_prefix", "include_specs", "source_key_prefix")


def load_assets_from_current_module(
    group_name: str | None = None, key_prefix: str | Sequence[str] | None = None, **more: Any
) -> list[Asset]:
    """The assets of the module that calls this, of those above the call. See `load_assets_from_modules`."""
    return load_assets_from_modules([_caller_module()], group_name, key_prefix, **more)


def load_assets_from_package_module(
    package_module: ModuleType,
    group_name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    **more: Any,
) -> list[Asset]:
    """The assets of a package and of all modules below it. See `load_assets_from_modules`."""
    return load_assets_from_modules(_package_modules(package_module), group_name, key_prefix, **more)


def load_assets_from_package_name(
    package_name: str, group_name: str | None = None, key_prefix: str | Sequence[str] | None = None, **more: Any
) -> list[Asset]:
    """The assets of a package, by its dotted name. See `load_assets_from_package_module`."""
    return load_assets_from_package_module(importlib.import_module(package_name), group_name, key_prefix, **more)


def load_definitions_from_modules(
    modules: Iterable[ModuleType],
    resources: Mapping[str, Any] | None = None,
    executor: Any = None,
    loggers: Mapping[str, Any] | None = None,
) -> Definitions:
    """The assets, jobs, schedules and sensors at the top level of modules, and what `Definitions` objects there hold.

    Raises:
        DuplicateDefinitionError: two different definitions have one name.
    """
    modules = _checked(modules)
    held = [] if spoken().specs_stay else [item for module in modules for item in _members(module, _is_definitions)]
    return Definitions.merge(
        Definitions(
            assets=load_assets_from_modules(modules, include_specs=True),
            jobs=_unique(item for module in modules for item in _members(module, _is_job)),
            schedules=_automations(modules, "schedule"),
            sensors=_automations(modules, "sensor"),
            resources=resources,
            executor=executor,
            loggers=loggers,
        ),
        *_unique(held),
    )


def load_definitions_from_module(
    module: ModuleType,
    resources: Mapping[str, Any] | None = None,
    executor: Any = None,
    loggers: Mapping[str, Any] | None = None,
) -> Definitions:
    """The definitions of one module. See `load_definitions_from_modules`."""
    return load_definitions_from_modules([module], resources, executor, loggers)


def load_definitions_from_current_module(
    resources: Mapping[str, Any] | None = None, executor: Any = None, loggers: Mapping[str, Any] | None = None
) -> Definitions:
    """The definitions of the module that calls this. See `load_definitions_from_modules`."""
    return load_definitions_from_modules([_caller_module()], resources, executor, loggers)


def load_definitions_from_package_module(
    package_module: ModuleType,
    resources: Mapping[str, Any] | None = None,
    executor: Any = None,
    loggers: Mapping[str, Any] | None = None,
) -> Definitions:
    """The definitions of a package and all modules below it. See `load_definitions_from_modules`."""
    return load_definitions_from_modules(_package_modules(package_module), resources, executor, loggers)


def load_definitions_from_package_name(
    package_name: str,
    resources: Mapping[str, Any] | None = None,
    executor: Any = None,
    loggers: Mapping[str, Any] | None = None,
) -> Definitions:
    """The definitions of a package, by its dotted name. See `load_definitions_from_modules`."""
    return load_definitions_from_package_module(importlib.import_module(package_name), resources, executor, loggers)


def _checked(modules: Any) -> list[ModuleType]:
    if isinstance(modules, ModuleType):
        raise DefinitionError("modules must be a list of modules", hint=f"[{modules.__name__}]")
    if isinstance(modules, str) or not isinstance(modules, Iterable):
        raise DefinitionError(f"modules must be a list of modules, got {modules!r:.80}")
    found = list(modules)
    for module in found:
        if not isinstance(module, ModuleType):
            raise DefinitionError(f"modules holds {module!r:.80}, which is no module", hint="import it first")
    return found


def _members(module: ModuleType, counts: Callable[[Any], bool]) -> Iterator[Any]:
    for value in list(vars(module).values()):
        if counts(value):
            yield value
        elif isinstance(value, list | tuple):
            yield from (item for item in value if counts(item))


def _automations(modules: Iterable[ModuleType], kind: str) -> list[Any]:
    return _unique(item for module in modules for item in _members(module, lambda one: automation_kind(one) == kind))


def _is_job(value: object) -> bool:
    return isinstance(value, AssetJob | JobDefinition)


def _is_definitions(value: object) -> bool:
    return isinstance(value, Definitions)


def _assets(module: ModuleType, *, specs_too: bool) -> Iterator[Asset]:
    def counts(value: Any) -> bool:
        return isinstance(value, AssetsDefinition | AssetSpec) and (specs_too or type(value) is not AssetSpec)

    for value in list(vars(module).values()):
        if counts(value):
            yield value
        elif isinstance(value, list | tuple) and (not spoken().specs_stay or _is_list_of_assets(value, counts)):
            yield from (item for item in value if counts(item))


def _is_list_of_assets(value: object, counts: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(counts(item) for item in value)


def _unique(items: Iterable[Any]) -> list[Any]:
    return list({id(item): item for item in items}.values())


def _package_modules(package: ModuleType) -> list[ModuleType]:
    paths = getattr(package, "__path__", None)
    if paths is None:
        raise DefinitionError(f"`{package.__name__}` is a module, not a package", hint="use load_assets_from_modules")
    below = pkgutil.walk_packages(paths, f"{package.__name__}.")
    return [package, *(importlib.import_module(info.name) for info in below)]


def _caller_module() -> ModuleType:
    name = sys._getframe(2).f_globals["__name__"]  # noqa: SLF001  the documented way to one's caller's module
    module = sys.modules.get(name)
    if module is None:
        raise DefinitionError(f"the calling module `{name}` is not in sys.modules", hint="use load_assets_from_modules")
    return module


def _refuse_duplicates(found: Iterable[Asset]) -> None:
    seen: dict[AssetKey, AssetSpec] = {}
    for item in found:
        for spec in _specs(item):
            other = seen.setdefault(spec.key, spec)
            if other is not spec:
                raise DuplicateDefinitionError(
                    f"asset `{key_text(spec.key)}` is defined twice", sources=(other.source, spec.source)
                )


def _with_prefix_and_group(
    found: Sequence[Asset],
    key_prefix: str | Sequence[str] | None,
    source_key_prefix: str | Sequence[str] | None,
    group_name: str | None,
) -> list[Asset]:
    renames: dict[AssetKey, AssetKey] = {}
    for item in found:
        prefix = source_key_prefix if isinstance(item, AssetSpec | ObservableAsset) else key_prefix
        if prefix is not None:
            renames |= {spec.key: spec.key.with_prefix(prefix) for spec in _specs(item)}
    groups: dict[AssetKey, str] = {}
    for spec in (spec for item in found for spec in _specs(item)):
        check_group_change(spec, group_name)
        if group_name is not None and spec.group_name in (None, "default"):
            groups[spec.key] = group_name
    changed: list[Asset] = []
    for item in found:
        if isinstance(item, AssetsDefinition):
            changed.append(item.with_attributes(asset_key_replacements=renames, group_names_by_key=groups))
        else:
            changed.append(
                item.replace_attributes(
                    key=renames.get(item.key, item.key), group_name=groups.get(item.key, item.group_name)
                )
            )
    return changed


def _specs(item: Asset) -> Iterable[AssetSpec]:
    return (item,) if isinstance(item, AssetSpec) else item.specs


def map_asset_specs(change: Any, assets: Iterable[Asset]) -> list[Asset]:
    """The same assets with every spec replaced by what `change` makes of it.

    Raises:
        DefinitionError: `change` changed a key of a computed asset.
    """
    return [change(item) if isinstance(item, AssetSpec) else item.map_asset_specs(change) for item in assets]
