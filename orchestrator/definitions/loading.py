"""Gather the definitions that modules hold, so that nobody has to list them."""

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.jobs import AssetJob, JobDefinition
from orchestrator.definitions.keys import AssetKey, key_text
from orchestrator.definitions.specs import AssetSpec
from orchestrator.errors import DefinitionError, DuplicateDefinitionError

Asset = AssetsDefinition | AssetSpec


def load_assets_from_modules(
    modules: Iterable[ModuleType],
    group_name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
) -> list[Asset]:
    """The assets at the top level of modules, also inside lists and tuples there.

    Args:
        modules: where to look.
        group_name: put on assets that name no group.
        key_prefix: put before every key, and before the upstream keys that are among the loaded ones.

    Raises:
        DuplicateDefinitionError: two different assets have one key.
        DefinitionError: `modules` is not a list of modules, or the prefix or group is not valid.
    """
    if isinstance(modules, ModuleType):
        raise DefinitionError("load_assets_from_modules takes a list of modules", hint=f"[{modules.__name__}]")
    found = _unique(item for module in modules for item in _members(module, (AssetsDefinition, AssetSpec)))
    _refuse_duplicates(found)
    if group_name is None and key_prefix is None:
        return found
    return _with_prefix_and_group(found, key_prefix, group_name)


def load_assets_from_current_module(
    group_name: str | None = None, key_prefix: str | Sequence[str] | None = None
) -> list[Asset]:
    """The assets of the module that calls this, of those above the call. See `load_assets_from_modules`."""
    return load_assets_from_modules([_caller_module()], group_name, key_prefix)


def load_assets_from_package_module(
    package_module: ModuleType, group_name: str | None = None, key_prefix: str | Sequence[str] | None = None
) -> list[Asset]:
    """The assets of a package and of all modules below it. See `load_assets_from_modules`."""
    return load_assets_from_modules(_package_modules(package_module), group_name, key_prefix)


def load_assets_from_package_name(
    package_name: str, group_name: str | None = None, key_prefix: str | Sequence[str] | None = None
) -> list[Asset]:
    """The assets of a package, by its dotted name. See `load_assets_from_package_module`."""
    return load_assets_from_package_module(importlib.import_module(package_name), group_name, key_prefix)


def load_definitions_from_modules(
    modules: Iterable[ModuleType], resources: dict[str, Any] | None = None, executor: Any = None
) -> Definitions:
    """The assets and jobs at the top level of modules, and what `Definitions` objects there hold.

    Raises:
        DuplicateDefinitionError: two different definitions have one name.
    """
    modules = list(modules)
    held = [item for module in modules for item in _members(module, (Definitions,))]
    return Definitions.merge(
        Definitions(
            assets=load_assets_from_modules(modules),
            jobs=_unique(item for module in modules for item in _members(module, (AssetJob, JobDefinition))),
            resources=resources,
            executor=executor,
        ),
        *_unique(held),
    )


def load_definitions_from_module(
    module: ModuleType, resources: dict[str, Any] | None = None, executor: Any = None
) -> Definitions:
    """The definitions of one module. See `load_definitions_from_modules`."""
    return load_definitions_from_modules([module], resources, executor)


def load_definitions_from_current_module(resources: dict[str, Any] | None = None, executor: Any = None) -> Definitions:
    """The definitions of the module that calls this. See `load_definitions_from_modules`."""
    return load_definitions_from_modules([_caller_module()], resources, executor)


def load_definitions_from_package_module(
    package_module: ModuleType, resources: dict[str, Any] | None = None, executor: Any = None
) -> Definitions:
    """The definitions of a package and all modules below it. See `load_definitions_from_modules`."""
    return load_definitions_from_modules(_package_modules(package_module), resources, executor)


def load_definitions_from_package_name(
    package_name: str, resources: dict[str, Any] | None = None, executor: Any = None
) -> Definitions:
    """The definitions of a package, by its dotted name. See `load_definitions_from_modules`."""
    return load_definitions_from_package_module(importlib.import_module(package_name), resources, executor)


def _members(module: ModuleType, kinds: tuple[type, ...]) -> Iterator[Any]:
    for value in list(vars(module).values()):
        if isinstance(value, kinds):
            yield value
        elif isinstance(value, list | tuple):
            yield from (item for item in value if isinstance(item, kinds))


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
        for spec in (item,) if isinstance(item, AssetSpec) else item.specs:
            other = seen.setdefault(spec.key, spec)
            if other is not spec:
                raise DuplicateDefinitionError(
                    f"asset `{key_text(spec.key)}` is defined twice", sources=(other.source, spec.source)
                )


def _with_prefix_and_group(
    found: Sequence[Asset], key_prefix: str | Sequence[str] | None, group_name: str | None
) -> list[Asset]:
    specs = [spec for item in found for spec in ((item,) if isinstance(item, AssetSpec) else item.specs)]
    computed = [spec.key for item in found if not isinstance(item, AssetSpec) for spec in item.specs]
    renames = {} if key_prefix is None else {key: key.with_prefix(key_prefix) for key in computed}
    groups = (
        {} if group_name is None else {spec.key: group_name for spec in specs if spec.group_name in (None, "default")}
    )
    changed: list[Asset] = []
    for item in found:
        if isinstance(item, AssetsDefinition):
            changed.append(item.with_attributes(asset_key_replacements=renames, group_names_by_key=groups))
        else:
            changed.append(item.replace_attributes(group_name=groups.get(item.key, item.group_name)))
    return changed


def map_asset_specs(change: Any, assets: Iterable[Asset]) -> list[Asset]:
    """The same assets with every spec replaced by what `change` makes of it.

    Raises:
        DefinitionError: `change` changed a key of a computed asset.
    """
    return [change(item) if isinstance(item, AssetSpec) else item.map_asset_specs(change) for item in assets]
