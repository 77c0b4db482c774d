"""Assets that are made elsewhere and looked at here: `@observable_source_asset` and `@multi_observable_source_asset`."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from orchestrator.definitions.asset_outputs import multi_outputs
from orchestrator.definitions.assets import AssetInput, AssetOutput, AssetsDefinition
from orchestrator.definitions.decorators import asset_key, io_manager_key_of
from orchestrator.definitions.functions import description_of, name_of, source_of, unwrap
from orchestrator.definitions.ins_and_outs import DEFAULT_IO_MANAGER_KEY, DEFAULT_OUTPUT, In, Out
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.keys import CoercibleToAssetKey, key_text, step_name
from orchestrator.definitions.names import check_name
from orchestrator.definitions.ops import OpDefinition, at, read_config, resource_keys
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.runtime_types import NOTHING
from orchestrator.definitions.signature import read_signature
from orchestrator.definitions.specs import AssetSpec
from orchestrator.definitions.tags import check_run_tags
from orchestrator.errors import DefinitionError, SourceRef

_SPEC = ("metadata", "tags", "group_name", "kinds", "owners")
_FUNCTION = ("required_resource_keys", "resource_defs", "op_tags", "config_schema", "description")
_SINGLE = ("key", "name", "key_prefix", "io_manager_key", "io_manager_def", *_SPEC, *_FUNCTION)
_MULTI = ("specs", "name", "can_subset", "group_name", *_FUNCTION)


class ObservableAsset(AssetsDefinition):
    """An asset that is made elsewhere, and a function that looks at it. Made by `@observable_source_asset`."""

    @property
    def _only(self) -> AssetSpec:
        return self.outputs[0].spec

    @property
    def description(self) -> str | None:
        """What it is, for people."""
        return self._only.description

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Facts about it."""
        return self._only.metadata

    @property
    def tags(self) -> Mapping[str, str]:
        """Its tags."""
        return self._only.tags

    @property
    def group_name(self) -> str:
        """Where listings put it."""
        return self._only.group_name or "default"

    @property
    def io_manager_key(self) -> str | None:
        """The resource that loads its value, if it is not the usual one."""
        key = self.get_io_manager_key()
        return None if key == DEFAULT_IO_MANAGER_KEY else key

    def get_io_manager_key(self) -> str:
        """The resource that loads its value."""
        return self.outputs[0].io_manager_key


def observable_source_asset(
    observe_fn: Callable[..., Any] | None = None,
    *,
    key: CoercibleToAssetKey | None = None,
    name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    io_manager_key: str | None = None,
    io_manager_def: IOManager | None = None,
    **parameters: Any,
) -> Any:
    """Make a function look at an asset that is made elsewhere.

    The function returns the `DataVersion` that it found, or an `ObserveResult`, which is recorded as an observation.
    Other assets may take the asset's value: its IO manager loads it. A run observes it only if it is asked to by name.

    Args:
        observe_fn: the function, when used without parentheses.
        key: the whole key, instead of name and prefix.
        name: the last part of the key; the function's name if left out.
        key_prefix: put before the name.
        io_manager_key: the resource that loads the value; `io_manager` if left out.
        io_manager_def: the IO manager itself, instead of a key.
        parameters: `required_resource_keys`, `resource_defs`, `op_tags`, `config_schema`, `description` (the docstring if
            left out), `metadata`, `tags`, `group_name`, `kinds`, `owners`.

    Raises:
        DefinitionError: a parameter is not valid.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """

    def decorate(function: Callable[..., Any]) -> ObservableAsset:
        inner = unwrap(function)
        source = source_of(inner)
        with at(source):
            refused = {one: value for one, value in parameters.items() if one not in _SINGLE}
            refuse_parameters(refused, "@observable_source_asset", _SINGLE)
            full = asset_key(inner, name, key, key_prefix)
            spec = AssetSpec(
                full,
                description=description_of(parameters.get("description"), inner),
                source=source,
                **{one: parameters[one] for one in _SPEC if one in parameters},
            )
            manager = io_manager_key_of(spec, io_manager_key, io_manager_def)
            op = _op(function, full.to_python_identifier(), {DEFAULT_OUTPUT: Out(NOTHING)}, {}, parameters, source)
            extra = {} if io_manager_def is None else {manager: io_manager_def}
            return ObservableAsset(
                node=op,
                inputs=(),
                outputs=(AssetOutput(name=DEFAULT_OUTPUT, spec=spec, io_manager_key=manager),),
                source=source,
                resource_defs={**(parameters.get("resource_defs") or {}), **extra},
                observes=True,
            )

    return decorate if observe_fn is None else decorate(observe_fn)


def multi_observable_source_asset(
    *,
    specs: Sequence[AssetSpec],
    name: str | None = None,
    can_subset: bool = False,
    group_name: str | None = None,
    **parameters: Any,
) -> Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make a function look at several assets that are made elsewhere, in one step.

    The function yields an `ObserveResult` for each.

    Args:
        specs: the assets.
        name: the step's name; the function's name if left out.
        can_subset: whether a run may ask for some of the assets only.
        group_name: the group of all of them.
        parameters: `required_resource_keys`, `resource_defs`, `op_tags`, `config_schema`, `description`.

    Raises:
        DefinitionError: a parameter is not valid.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """

    def decorate(function: Callable[..., Any]) -> AssetsDefinition:
        inner = unwrap(function)
        source = source_of(inner)
        with at(source):
            refused = {one: value for one, value in parameters.items() if one not in _MULTI}
            refuse_parameters(refused, "@multi_observable_source_asset", _MULTI)
            checked = check_name(name or name_of(inner), "name of a multi-asset")
            outputs = multi_outputs(checked, None, specs, group_name, source, {})
            own = {key_text(output.spec.key) for output in outputs}
            waited = dict.fromkeys(dep for output in outputs for dep in output.deps or () if dep not in own)
            inputs = tuple(AssetInput(name=step_name(dep), keys=(dep,), loads=False) for dep in waited)
            outs = {output.name: Out(NOTHING, is_required=output.required) for output in outputs}
            op = _op(function, checked, outs, {one.name: In(NOTHING) for one in inputs}, parameters, source)
            return AssetsDefinition(
                node=op,
                inputs=inputs,
                outputs=tuple(outputs),
                source=source,
                can_subset=can_subset,
                resource_defs=parameters.get("resource_defs"),
                observes=True,
            )

    return decorate


def _op(
    function: Callable[..., Any],
    name: str,
    outs: Mapping[str, Out],
    ins: Mapping[str, In],
    parameters: Mapping[str, Any],
    source: SourceRef,
) -> OpDefinition:
    where = f"`{name}`"
    signature = read_signature(function, where)
    if signature.inputs:
        raise DefinitionError(
            f"{where} observes, and takes the input `{signature.inputs[0]}`",
            hint="it takes a context, config, resources",
        )
    needed: AbstractSet[str] = resource_keys(parameters.get("required_resource_keys"), where)
    return OpDefinition.of_parts(
        name=name,
        function=function,
        signature=signature,
        ins=ins,
        outs=outs,
        source=source,
        config_schema=read_config(signature, parameters.get("config_schema"), where),
        required_resource_keys=frozenset(needed) | frozenset(signature.resources),
        tags=check_run_tags(parameters.get("op_tags"), where),
        description=description_of(parameters.get("description"), unwrap(function)),
    )
