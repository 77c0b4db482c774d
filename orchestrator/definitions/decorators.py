"""`@asset` and `@multi_asset`: from a function and its parameters to an `AssetsDefinition`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, overload

import msgspec

from orchestrator.definitions.asset_outputs import given_types, multi_outputs
from orchestrator.definitions.assets import AssetInput, AssetOutput, AssetsDefinition
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.functions import defaults_of, description_of, name_of, source_of, unwrap
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.ins_and_outs import DEFAULT_IO_MANAGER_KEY, DEFAULT_OUTPUT, NO_DEFAULT, In, Out
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.keys import step_name as step_name_of
from orchestrator.definitions.names import check_identifier, check_name, check_part, did_you_mean
from orchestrator.definitions.ops import OpDefinition, at, check_retry_policy, read_config, resource_keys
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.results import MaterializeResult
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.definitions.return_annotations import tuple_parts, value_annotation
from orchestrator.definitions.runtime_types import NOTHING
from orchestrator.definitions.signature import Signature, read_signature
from orchestrator.definitions.specs import AssetIn, AssetOut, AssetSpec, coerce_deps
from orchestrator.definitions.tags import check_run_tags
from orchestrator.errors import DefinitionError, SourceRef, UnsupportedParameterError


@overload
def asset(compute_fn: Callable[..., Any], /) -> AssetsDefinition: ...


@overload
def asset(
    *,
    name: str | None = ...,
    key_prefix: str | Sequence[str] | None = ...,
    ins: Mapping[str, AssetIn] | None = ...,
    deps: Iterable[Any] | None = ...,
    metadata: Mapping[str, Any] | None = ...,
    tags: Mapping[str, str] | None = ...,
    description: str | None = ...,
    required_resource_keys: AbstractSet[str] | None = ...,
    resource_defs: Mapping[str, Any] | None = ...,
    io_manager_def: IOManager | None = ...,
    io_manager_key: str | None = ...,
    op_tags: Mapping[str, str] | None = ...,
    group_name: str | None = ...,
    output_required: bool = ...,
    code_version: str | None = ...,
    key: CoercibleToAssetKey | None = ...,
    owners: Sequence[str] | None = ...,
    kinds: Iterable[str] | None = ...,
    config_schema: Any = ...,
    dagster_type: Any = ...,
    retry_policy: RetryPolicy | None = ...,
    pool: str | None = ...,
    hooks: AbstractSet[HookDefinition] | None = ...,
) -> Callable[[Callable[..., Any]], AssetsDefinition]: ...


def asset(
    compute_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    key: CoercibleToAssetKey | None = None,
    io_manager_def: IOManager | None = None,
    io_manager_key: str | None = None,
    output_required: bool = True,
    **parameters: Any,
) -> Any:
    """Make a function an asset.

    The asset's key is the function's name, and each parameter of the function is an upstream asset whose value it gets,
    except the context (a first parameter called `context`), `config` (annotated with a `Config` class) and resources
    (annotated with a resource class or `ResourceParam`).

    Args:
        compute_fn: the function, when used without parentheses.
        name: the last part of the key; the function's name if left out.
        key_prefix: put before the name.
        key: the whole key, instead of name and prefix.
        io_manager_def: the IO manager itself, instead of a key.
        io_manager_key: the resource that stores the value; `io_manager` if left out.
        output_required: whether a run fails if the function yields nothing.
        parameters: `ins` (which asset a parameter takes), `deps` (assets to wait for without loading them),
            `required_resource_keys`, `resource_defs`, `op_tags`, `config_schema`, `dagster_type` (checked at run time;
            the return annotation if left out), `retry_policy`, `pool`, `hooks`, and those of `AssetSpec`: `metadata`, `tags`,
            `description` (the docstring if left out), `group_name`, `code_version`, `owners`, `kinds`.

    Raises:
        DefinitionError: a parameter is not valid.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """
    if compute_fn is not None and not callable(compute_fn):
        raise UnsupportedParameterError(
            f"@asset takes keyword arguments, got {compute_fn!r:.80}", hint="@asset(name=...)"
        )

    def decorate(function: Callable[..., Any]) -> AssetsDefinition:
        inner = unwrap(function)
        source = source_of(inner)
        with at(source):
            _refuse_unknown(parameters, "@asset", _ASSET_PARAMETERS)
            full_key = asset_key(inner, name, key, key_prefix)
            spec = AssetSpec(
                full_key,
                description=description_of(parameters.get("description"), inner),
                source=source,
                **{field: parameters[field] for field in _SPEC_PARAMETERS if field in parameters},
            )
            out = AssetOutput(
                name=DEFAULT_OUTPUT,
                spec=spec,
                required=output_required,
                io_manager_key=io_manager_key_of(spec, io_manager_key, io_manager_def),
            )
            extra = {out.io_manager_key: io_manager_def} if io_manager_def is not None else {}
            given_type = parameters.get("dagster_type")
            out_types = None if given_type is None else {out.name: given_type}
            return _assets_definition(
                function, [out], parameters, full_key, source, extra_resources=extra, out_types=out_types
            )

    return decorate if compute_fn is None else decorate(compute_fn)


def multi_asset(
    *,
    outs: Mapping[str, AssetOut] | None = None,
    specs: Sequence[AssetSpec] | None = None,
    name: str | None = None,
    internal_asset_deps: Mapping[str, AbstractSet[AssetKey]] | None = None,
    can_subset: bool = False,
    group_name: str | None = None,
    **parameters: Any,
) -> Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make a function compute several assets in one step.

    Args:
        outs: the assets by output name.
        specs: the assets, instead of `outs`; each says its own `deps`.
        name: the step's name; the function's name if left out.
        internal_asset_deps: for an output, what it depends on, if not on all inputs.
        can_subset: whether a run may ask for some of the assets only.
        group_name: the group of all outputs that name none.
        parameters: `ins`, `deps`, `required_resource_keys`, `resource_defs`, `op_tags`, `config_schema`, `retry_policy`,
            `pool`, `hooks`, `description`, `code_version` as for `asset`.

    Raises:
        DefinitionError: a parameter is not valid.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """

    def decorate(function: Callable[..., Any]) -> AssetsDefinition:
        inner = unwrap(function)
        source = source_of(inner)
        with at(source):
            _refuse_unknown(parameters, "@multi_asset", _MULTI_ASSET_PARAMETERS)
            step_name = check_name(name or name_of(inner), "name of a multi-asset")
            if outs is not None:
                parameters["description"] = description_of(parameters.get("description"), inner)
            outputs = multi_outputs(step_name, outs, specs, group_name, source, parameters)
            return _assets_definition(
                function,
                outputs,
                parameters,
                None,
                source,
                step_name=step_name,
                can_subset=can_subset,
                internal_deps=internal_asset_deps or {},
                out_types=given_types(outs, outputs),
            )

    return decorate


_FUNCTION_PARAMETERS = (
    "ins", "deps", "required_resource_keys", "resource_defs", "op_tags", "config_schema", "retry_policy", "pool", "hooks",
)  # fmt: skip
_SPEC_PARAMETERS = ("metadata", "tags", "group_name", "code_version", "owners", "kinds")
_ASSET_PARAMETERS = frozenset(
    (*_FUNCTION_PARAMETERS, *_SPEC_PARAMETERS, "description", "name", "key", "key_prefix", "io_manager_def")
) | {"io_manager_key", "output_required", "dagster_type"}
_MULTI_ASSET_PARAMETERS = frozenset(
    (*_FUNCTION_PARAMETERS, "description", "code_version", "name", "outs", "specs", "internal_asset_deps")
) | {"can_subset", "group_name"}


def _refuse_unknown(parameters: Mapping[str, Any], where: str, known: frozenset[str]) -> None:
    refused = parameters.keys() - known
    if refused:
        refuse_parameters({name: parameters[name] for name in sorted(refused)}, where, known)


def asset_key(
    function: Callable[..., Any], name: str | None, key: CoercibleToAssetKey | None, prefix: str | Sequence[str] | None
) -> AssetKey:
    """The key of an asset that a function makes.

    Raises:
        DefinitionError: it is said twice, or not valid.
    """
    if key is not None:
        if name is not None or prefix:
            raise DefinitionError("an asset takes key, or name and key_prefix, not both")
        return _usable(AssetKey(key), key)
    last = check_part(name_of(function) if name is None else name, "asset name")
    if not prefix:
        return _usable(AssetKey(last), last)
    return _usable(AssetKey(f"{key_text(prefix, 'key_prefix')}/{last}"), prefix)


def _usable(key: AssetKey, written: object) -> AssetKey:
    """The key; in Dagster's dialect it must make a name of an op, and a string is one part of it."""
    if spoken().ascii_names:
        for part in (written,) if isinstance(written, str) else written if isinstance(written, list | tuple) else ():
            check_identifier(part.replace("-", "_").replace(".", "_"), "asset name")
        check_identifier(key.to_python_identifier(), "asset name")
    return key


def io_manager_key_of(spec: AssetSpec, key: str | None, manager: IOManager | None) -> str:
    """The resource that stores the value of an asset.

    Raises:
        DefinitionError: a key and an IO manager are given.
    """
    if manager is None:
        return DEFAULT_IO_MANAGER_KEY if key is None else key
    if key is not None:
        raise DefinitionError(f"asset `{key_text(spec.key)}` takes io_manager_key or io_manager_def, not both")
    return f"{spec.key.to_python_identifier()}__io_manager"


def _assets_definition(  # noqa: PLR0913
    function: Callable[..., Any],
    outputs: Sequence[AssetOutput],
    parameters: Mapping[str, Any],
    key: AssetKey | None,
    source: SourceRef,
    *,
    step_name: str | None = None,
    can_subset: bool = False,
    internal_deps: Mapping[str, AbstractSet[AssetKey]] | None = None,
    extra_resources: Mapping[str, Any] | None = None,
    out_types: Mapping[str, Any] | None = None,
) -> AssetsDefinition:
    name = step_name or (key.to_python_identifier() if key else "")
    where = f"`{name}`"
    signature = read_signature(function, where)
    prefix = key_text(key).rpartition("/")[0] if key and not spoken().inputs_have_no_prefix else ""
    own = {key_text(output.spec.key) for output in outputs}
    inputs = _inputs(signature, parameters.get("ins"), prefix, where)
    waited = [key_text(dep) for dep in coerce_deps(parameters.get("deps"), where)]
    waited += [dep for output in outputs for dep in output.deps or () if dep not in own]
    loaded = {candidate for item in inputs for candidate in item.keys}
    inputs += [
        AssetInput(name=step_name_of(dep), keys=(dep,), loads=False)
        for dep in dict.fromkeys(waited)
        if dep not in loaded
    ]
    _refuse_own(inputs, own, where)
    stores_nothing = signature.returns is None or (
        signature.returns is MaterializeResult and not spoken().unrecorded_values_may_load
    )
    op = OpDefinition.of_parts(
        name=name,
        function=function,
        signature=signature,
        ins=_op_ins(function, signature, inputs, parameters.get("ins"), where),
        outs=_op_outs(function, signature, outputs, out_types, where),
        source=source,
        config_schema=read_config(signature, parameters.get("config_schema"), where),
        required_resource_keys=resource_keys(parameters.get("required_resource_keys"), where, signature.resources)
        | frozenset(signature.resources)
        | frozenset(parameters.get("resource_defs") or ()),
        tags=check_run_tags(parameters.get("op_tags"), where),
        retry_policy=check_retry_policy(parameters.get("retry_policy"), where),
        code_version=parameters.get("code_version"),
        pool=parameters.get("pool"),
        description=outputs[0].spec.description if len(outputs) == 1 else parameters.get("description"),
    )
    return AssetsDefinition(
        node=op,
        inputs=tuple(inputs),
        outputs=tuple(_finish_outputs(outputs, inputs, internal_deps or {}, where, stores_nothing=stores_nothing)),
        source=source,
        can_subset=can_subset,
        resource_defs={**(parameters.get("resource_defs") or {}), **(extra_resources or {})},
        hooks=frozenset(parameters.get("hooks") or ()),
    )


def _op_ins(
    function: Callable[..., Any],
    signature: Signature,
    inputs: Sequence[AssetInput],
    given: Mapping[str, AssetIn] | None,
    where: str,
) -> dict[str, In]:
    """The inputs of the op, with the types that annotations or `AssetIn` give."""
    if not signature.annotations and not signature.defaults and not given:
        return {one.name: _PLAIN_IN if one.loads else _WAITING_IN for one in inputs}
    defaults = defaults_of(unwrap(function)) if signature.defaults else {}
    ins = {}
    for one in inputs:
        if not one.loads:
            ins[one.name] = _WAITING_IN
            continue
        said = In(
            given[one.name].dagster_type if given and one.name in given else None,
            metadata=one.metadata,
            input_manager_key=one.input_manager_key,
        )
        ins[one.name] = said.with_type(
            signature.annotations.get(one.name),
            f"input `{one.name}` of {where}",
            defaults.get(one.name, NO_DEFAULT),
        )
    return ins


#: An input of any value: most assets have no other, and need none of their own.
_PLAIN_IN = In()
_WAITING_IN = In(NOTHING)
_PLAIN_OUT = Out()


def _op_outs(
    function: Callable[..., Any],
    signature: Signature,
    outputs: Sequence[AssetOutput],
    given: Mapping[str, Any] | None,
    where: str,
) -> dict[str, Out]:
    """The outputs of the op, with the types that the annotation or `AssetOut` gives."""
    annotation = signature.returns
    if len(outputs) == 1:
        (output,) = outputs
        return {output.name: _op_out(output, value_annotation(annotation), (given or {}).get(output.name), where)}
    parts: Sequence[Any] = []
    if len(outputs) > 1:
        parts = [Any] * len(outputs) if annotation is Any else tuple_parts(annotation, len(outputs), function, where)
    if not outputs:
        return {}
    return {
        output.name: _op_out(output, part, None if not given else given.get(output.name), where)
        for output, part in zip(outputs, parts, strict=True)
    }


def _op_out(output: AssetOutput, annotation: Any, given: Any, where: str) -> Out:
    untyped: bool = annotation is Any
    if untyped and given is None and output.required and output.io_manager_key == DEFAULT_IO_MANAGER_KEY:
        return _PLAIN_OUT
    out = Out(given, is_required=output.required, io_manager_key=output.io_manager_key)
    return out.with_type(annotation, f"output `{output.name}` of {where}")


def _inputs(signature: Signature, ins: object, prefix: str, where: str) -> list[AssetInput]:
    if ins is not None and not isinstance(ins, Mapping):
        raise DefinitionError(f"ins of {where} must be a dict of AssetIn, got {type(ins).__name__}")
    given: dict[str, AssetIn] = dict(ins or {})
    unknown = [
        name for name, one in given.items() if name not in signature.inputs and not getattr(one, "only_waits", False)
    ]
    if unknown and not signature.var_keyword:
        raise DefinitionError(
            f"ins of {where} names `{unknown[0]}`, which is no parameter of it",
            hint=did_you_mean(unknown[0], signature.inputs),
        )
    names = dict.fromkeys((*signature.inputs, *given))
    return [_input(name, given.get(name), prefix, where, optional=name in signature.defaults) for name in names]


def _input(name: str, given: object, prefix: str, where: str, *, optional: bool) -> AssetInput:
    if given is None:
        name_key = check_name(name, f"parameter of {where}")
        keys = (f"{prefix}/{name_key}", name_key) if prefix else (name_key,)
        return AssetInput(name=name, keys=keys, loads=True, optional=optional and not spoken().defaults_need_assets)
    if not isinstance(given, AssetIn):
        raise DefinitionError(f"ins of {where} gives {given!r:.80} for `{name}`, which is no AssetIn")
    return AssetInput(
        name=name,
        keys=(key_text(given.resolve_key(name)),),
        loads=not given.only_waits,
        input_manager_key=given.input_manager_key,
        metadata=given.metadata or {},
    )


def _refuse_own(inputs: Sequence[AssetInput], own: AbstractSet[str], where: str) -> None:
    for item in inputs:
        if item.keys[0] in own:
            raise DefinitionError(
                f"{where} depends on itself: `{item.keys[0]}`", hint="rename the parameter or drop it"
            )


def _check_internal(
    outputs: Sequence[AssetOutput],
    inputs: Sequence[AssetInput],
    internal: Mapping[str, AbstractSet[AssetKey]],
    where: str,
) -> None:
    names = {output.name for output in outputs}
    unknown = sorted(internal.keys() - names)
    if unknown:
        hint = did_you_mean(unknown[0], names)
        raise DefinitionError(f"internal_asset_deps of {where} names no output: `{unknown[0]}`", hint=hint)
    known = {key for item in inputs for key in item.keys} | {key_text(output.spec.key) for output in outputs}
    for name, keys in internal.items():
        strange = sorted(key_text(key) for key in keys if key_text(key) not in known)
        if strange:
            raise DefinitionError(
                f"internal_asset_deps of {where} says `{name}` depends on `{strange[0]}`, which is none of its inputs "
                "and outputs",
                hint=did_you_mean(strange[0], known) or f"deps=[{strange[0]!r}]",
            )


def _finish_outputs(
    outputs: Sequence[AssetOutput],
    inputs: Sequence[AssetInput],
    internal: Mapping[str, AbstractSet[AssetKey]],
    where: str,
    *,
    stores_nothing: bool,
) -> Iterable[AssetOutput]:
    """Outputs with their upstream keys: those of `internal_asset_deps`, or of the spec, or all the inputs (None)."""
    if internal:
        _check_internal(outputs, inputs, internal, where)
    if len(outputs) == 1 and outputs[0].deps is None and not internal:
        (output,) = outputs
        yield msgspec.structs.replace(output, stores_nothing=True) if stores_nothing else output
        return
    named = {dep for output in outputs for dep in output.deps or ()}
    loaded = tuple(item.keys[0] for item in inputs if item.loads)
    for output in outputs:
        deps = output.deps
        if output.name in internal:
            deps = tuple(sorted(key_text(key) for key in internal[output.name]))
        elif deps is not None:
            # what a parameter loads, and no spec names, is upstream of all of them
            deps = tuple(dict.fromkeys((*deps, *(key for key in loaded if key not in named))))
        if deps == output.deps and output.stores_nothing == stores_nothing:
            yield output
        else:
            yield msgspec.structs.replace(output, deps=deps, stores_nothing=stores_nothing)
