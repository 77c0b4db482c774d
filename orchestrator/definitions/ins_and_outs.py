"""The inputs and outputs of ops, as their definitions describe them."""

from collections.abc import Mapping
from typing import Any, Never, Self

from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey
from orchestrator.definitions.metadata import check_metadata
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.runtime_types import ANY, NOTHING, SCALARS, RuntimeType
from orchestrator.definitions.types import declared_type, type_of
from orchestrator.errors import DefinitionError

DEFAULT_IO_MANAGER_KEY = "io_manager"
#: The name of an output that has no other.
DEFAULT_OUTPUT = "result"


class _NoDefault:
    """Stands for "no default value": None is a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NO_DEFAULT"

    def __reduce__(self) -> str:
        return "NO_DEFAULT"


NO_DEFAULT = _NoDefault()


class In:
    """An input of an op.

    Args:
        dagster_type: the type its value is checked against; the parameter's annotation if left out. `Nothing` only waits.
        description: for people.
        default_value: its value where nothing else gives one.
        metadata: told to the IO manager that loads the value.
        asset_key: the asset it reads, if nothing in the graph gives its value.
        input_manager_key: the resource that loads the value.
    """

    __slots__ = ("asset_key", "default_value", "description", "input_manager_key", "metadata", "type")

    def __init__(
        self,
        dagster_type: Any = None,
        description: str | None = None,
        default_value: Any = NO_DEFAULT,
        metadata: Mapping[str, Any] | None = None,
        asset_key: CoercibleToAssetKey | None = None,
        input_manager_key: str | None = None,
        **refused: Never,
    ) -> None:
        if refused:
            refuse_parameters(refused, "In", self.__slots__)
        self.type: RuntimeType | None = None if dagster_type is None else declared_type(dagster_type, "an In")
        if self.type is NOTHING and default_value is not NO_DEFAULT:
            raise DefinitionError(f"an In that only waits has the default value {default_value!r:.60}", hint="drop it")
        self.description = description
        self.default_value = default_value
        self.metadata: Mapping[str, Any] = check_metadata(metadata, "an In") if metadata else {}
        self.asset_key = None if asset_key is None else AssetKey(asset_key)
        self.input_manager_key = input_manager_key

    @property
    def dagster_type(self) -> RuntimeType:
        """The type its value is checked against."""
        return self.type or ANY

    @property
    def has_default_value(self) -> bool:
        """Whether it has a value where nothing else gives one."""
        return self.default_value is not NO_DEFAULT

    def with_type(self, annotation: Any, where: str, default: Any) -> "In":
        """The same input, with what the function says where this says nothing."""
        made = In(None, self.description, self.default_value, None, self.asset_key, self.input_manager_key)
        made.metadata = self.metadata
        made.type = self.type or (ANY if annotation is None else type_of(annotation, where))
        if default is not NO_DEFAULT and not self.has_default_value:
            made.default_value = default
        if made.has_default_value and made.type is not ANY:
            _check_default(made.type, made.default_value, where)
        return made


def _check_default(kind: RuntimeType, value: Any, where: str) -> None:
    if kind is NOTHING:
        raise DefinitionError(f"{where} only waits and has the default value {value!r:.60}", hint="drop it")
    if kind in SCALARS and not kind.type_check(None, value).success:
        raise DefinitionError(f"{where} has the default value {value!r:.60}, which is no {kind.name}")


class Out:
    """An output of an op.

    Args:
        dagster_type: the type its value is checked against; what the annotation says if left out.
        description: for people.
        is_required: whether a step fails if the function does not make it.
        io_manager_key: the resource that stores its value.
        metadata: told to the IO manager.
        code_version: changes when the meaning of the code does.
    """

    __slots__ = ("code_version", "description", "io_manager_key", "is_required", "metadata", "type")
    is_dynamic = False

    def __init__(
        self,
        dagster_type: Any = None,
        description: str | None = None,
        is_required: bool = True,  # noqa: FBT001, FBT002  Dagster's order
        io_manager_key: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        code_version: str | None = None,
        **refused: Never,
    ) -> None:
        if refused:
            refuse_parameters(refused, "Out", self.__slots__)
        self.type: RuntimeType | None = None if dagster_type is None else declared_type(dagster_type, "an Out")
        self.description = description
        self.is_required = is_required
        self.io_manager_key = io_manager_key or DEFAULT_IO_MANAGER_KEY
        self.metadata: Mapping[str, Any] = check_metadata(metadata, "an Out") if metadata else {}
        self.code_version = code_version

    @property
    def dagster_type(self) -> RuntimeType:
        """The type its value is checked against."""
        return self.type or ANY

    def with_type(self, annotation: Any, where: str) -> Self:
        """The same output, with the type that the function's annotation gives where this gives none."""
        made = type(self)(None, self.description, self.is_required, self.io_manager_key, code_version=self.code_version)
        made.metadata = self.metadata
        made.type = self.type or (ANY if annotation is Any else type_of(annotation, where))
        return made


class DynamicOut(Out):
    """An output of which a step makes any number, each with a mapping key."""

    __slots__ = ()
    is_dynamic = True
