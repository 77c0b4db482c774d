"""Alias mode: `import dagster`, and any module below it, resolve to `orchestrator.compat.dagster`.

Packages whose names only begin alike (`dagster_duckdb`) are other packages and are left alone.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from orchestrator.compat import dagster
from orchestrator.compat.absent import NOT_PLANNED_MODULES
from orchestrator.compat.dialect import DIALECT
from orchestrator.compat.errors import speak_dagster
from orchestrator.compat.inventory import read_inventory
from orchestrator.compat.names import SPELLINGS, UnservedNameError
from orchestrator.definitions.asset_jobs import AssetJob
from orchestrator.definitions.dialect import speak
from orchestrator.errors import UsageError

_PACKAGE = "dagster"


class AliasModule(ModuleType):
    """A module of Dagster, served from the tables of compat: each of them holds every public name."""

    def __getattr__(self, name: str) -> Any:
        value = dagster.serve(name, self.__name__)
        if name in SPELLINGS and isinstance(value, type) and value.__module__.startswith("orchestrator."):
            value.__name__ = name  # what a program prints; pickles and tracebacks use the qualified name
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *dagster.__all__]


class _AliasLoader(Loader):
    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return AliasModule(spec.name, "Dagster's spellings, served by orch.")

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__version__"] = dagster.__version__
        module.__dict__["__all__"] = dagster.__all__


class AliasFinder(MetaPathFinder):
    """Finds every module that Dagster has, as a module of ours."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002  the protocol's signature
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """The module, or None if it is none of Dagster's."""
        if fullname != _PACKAGE and not fullname.startswith(f"{_PACKAGE}."):
            return None
        for unserved, reason in NOT_PLANNED_MODULES.items():
            if fullname == unserved or fullname.startswith(f"{unserved}."):
                raise UnservedNameError(f"`{fullname}` is not served by orch: {reason}", name=fullname)
        if fullname != _PACKAGE and fullname not in read_inventory().modules:
            return None
        # every module is a package: the finder alone knows what lies below
        return ModuleSpec(fullname, _AliasLoader(), is_package=True)


def install() -> None:
    """Make `import dagster` mean orch in this process; an installed Dagster is passed over.

    Raises:
        UsageError: Dagster itself was imported before.
    """
    if any(isinstance(finder, AliasFinder) for finder in sys.meta_path):
        return
    if _PACKAGE in sys.modules:
        raise UsageError(
            "`dagster` was imported before the alias was installed",
            hint="import orchestrator.compat.install first, or use: orch --alias dagster",
        )
    sys.meta_path.insert(0, AliasFinder())
    speak(DIALECT)
    speak_dagster()
    AssetJob.__name__ = "UnresolvedAssetJobDefinition"
