"""The assets of a function that makes several: from `AssetOut` and `AssetSpec` to outputs."""

from collections.abc import Mapping, Sequence
from typing import Any

from orchestrator.definitions.assets import AssetOutput
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.ins_and_outs import DEFAULT_IO_MANAGER_KEY
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.runtime_types import NOTHING
from orchestrator.definitions.specs import AssetOut, AssetSpec, check_output_name
from orchestrator.errors import DefinitionError, SourceRef


def multi_outputs(
    step_name: str,
    outs: Mapping[str, AssetOut] | None,
    specs: Sequence[AssetSpec] | None,
    group_name: str | None,
    source: SourceRef,
    parameters: Mapping[str, Any],
) -> list[AssetOutput]:
    """The assets of a function that makes several.

    Raises:
        DefinitionError: there are outs and specs, or one of them is not valid.
    """
    if (outs is None) == (specs is None):
        raise DefinitionError(f"multi-asset `{step_name}` takes outs or specs, one of them")
    if specs is not None:
        if parameters.get("deps") is not None:
            raise DefinitionError(
                f"multi-asset `{step_name}` takes deps or specs, not both", hint="give each AssetSpec its own deps"
            )
        return [_output_of_spec(spec, step_name, group_name, source) for spec in specs]
    if not isinstance(outs, Mapping):
        raise DefinitionError(f"outs of `{step_name}` must be a dict of AssetOut, got {type(outs).__name__}")
    shared = {"code_version": parameters.get("code_version"), "description": parameters.get("description")}
    outputs = [_output_of_out(name, out, step_name, group_name, source, shared) for name, out in outs.items()]
    if len({output.spec.key for output in outputs}) < len(outputs):
        raise DefinitionError(f"two outputs of `{step_name}` are one asset", hint="give each its own key")
    return outputs


def given_types(outs: Mapping[str, AssetOut] | None, outputs: Sequence[AssetOutput]) -> dict[str, Any]:
    """The types that `AssetOut` gives; assets that are only specified have no value."""
    if outs is None:
        return {output.name: NOTHING for output in outputs}
    return {name: out.dagster_type for name, out in outs.items() if out.dagster_type is not None}


def _output_of_spec(spec: object, step_name: str, group_name: str | None, source: SourceRef) -> AssetOutput:
    if not isinstance(spec, AssetSpec):
        raise DefinitionError(f"specs of `{step_name}` holds {spec!r:.80}, which is no AssetSpec")
    changes: dict[str, Any] = {"source": source, "group_name": _one_group(spec.group_name, group_name, step_name)}
    return AssetOutput(
        name=spec.key.to_python_identifier(),
        spec=spec.replace_attributes(**changes),
        required=not spec.skippable,
        deps=tuple(key_text(dep) for dep in spec.dep_keys),
    )


def _one_group(own: str | None, shared: str | None, step_name: str) -> str | None:
    """The group of an asset of a function that may name one for all."""
    if own is not None and shared is not None and spoken().ascii_names:
        raise DefinitionError(
            f"`{step_name}` names the group `{shared}` for all its assets, and `{own}` for one of them"
        )
    return shared if own is None else own


def _output_of_out(
    name: str, out: object, step_name: str, group_name: str | None, source: SourceRef, shared: Mapping[str, Any]
) -> AssetOutput:
    check_output_name(name)
    if not isinstance(out, AssetOut):
        raise DefinitionError(f"output `{name}` of `{step_name}` is {out!r:.80}, which is no AssetOut")
    spec = AssetSpec(
        out.resolve_key(name),
        description=out.description or shared["description"],
        metadata=out.metadata,
        group_name=_one_group(out.group_name, group_name, step_name),
        code_version=out.code_version or shared["code_version"],
        tags=out.tags,
        owners=out.owners,
        kinds=out.kinds,
        source=source,
    )
    return AssetOutput(
        name=name, spec=spec, required=out.is_required, io_manager_key=out.io_manager_key or DEFAULT_IO_MANAGER_KEY
    )
