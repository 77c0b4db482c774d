"""Assets that a graph of ops makes: `@graph_asset`, `@graph_multi_asset`, `AssetsDefinition.from_graph` and `from_op`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, overload

from orchestrator.definitions.assets import AssetInput, AssetOutput, AssetsDefinition
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.functions import description_of, name_of, source_of, unwrap
from orchestrator.definitions.graph_ports import GraphOut
from orchestrator.definitions.graphs import GraphDefinition, compose_graph
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.ins_and_outs import DEFAULT_OUTPUT
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.names import check_name, did_you_mean
from orchestrator.definitions.ops import OpDefinition, at
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.runtime_types import NOTHING
from orchestrator.definitions.specs import AssetIn, AssetOut, AssetSpec
from orchestrator.errors import DefinitionError, SourceRef

_SPEC = ("metadata", "tags", "owners", "kinds", "group_name", "code_version")
_GRAPH_ASSET = ("name", "description", "ins", "config", "key_prefix", "key", "hooks", "resource_defs", *_SPEC)
_GRAPH_MULTI_ASSET = (
    "outs", "name", "ins", "can_subset", "description", "group_name", "config", "hooks", "resource_defs",
)  # fmt: skip


@overload
def graph_asset(compose_fn: Callable[..., Any], /) -> AssetsDefinition: ...


@overload
def graph_asset(
    *,
    name: str | None = ...,
    description: str | None = ...,
    ins: Mapping[str, AssetIn] | None = ...,
    config: Any = ...,
    key_prefix: str | Sequence[str] | None = ...,
    group_name: str | None = ...,
    hooks: AbstractSet[HookDefinition] | None = ...,
    metadata: Mapping[str, Any] | None = ...,
    tags: Mapping[str, str] | None = ...,
    owners: Sequence[str] | None = ...,
    kinds: Iterable[str] | None = ...,
    resource_defs: Mapping[str, Any] | None = ...,
    code_version: str | None = ...,
    key: CoercibleToAssetKey | None = ...,
) -> Callable[[Callable[..., Any]], AssetsDefinition]: ...


def graph_asset(
    compose_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    key_prefix: str | Sequence[str] | None = None,
    key: CoercibleToAssetKey | None = None,
    **parameters: Any,
) -> Any:
    """Make an asset of the ops that a function calls. Its parameters are the upstream assets.

    Args:
        compose_fn: the function, when used without parentheses. It is called once, now, with handles instead of values,
            and returns the output that is the asset.
        name: the last part of the key; the function's name if left out.
        key_prefix: put before the name.
        key: the whole key, instead of name and prefix.
        parameters: `ins` (which asset a parameter takes), `config` (a `ConfigMapping`), `hooks`, `resource_defs`, and
            those of `AssetSpec`.

    Raises:
        DefinitionError: the body does not compose, or a parameter is not valid.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """

    def decorate(function: Callable[..., Any]) -> AssetsDefinition:
        inner = unwrap(function)
        source = source_of(inner)
        with at(source):
            refuse_parameters(
                {k: v for k, v in parameters.items() if k not in _GRAPH_ASSET}, "@graph_asset", _GRAPH_ASSET
            )
            if key is not None and (name is not None or key_prefix is not None):
                raise DefinitionError("@graph_asset takes key, or name and key_prefix, not both")
            last = name or name_of(inner)
            full = AssetKey(key) if key is not None else _prefixed(key_prefix, check_name(last, "asset name"))
            graph = compose_graph(
                function, "@graph_asset", name=full.to_python_identifier(), config=parameters.get("config")
            )
            if len(graph.outputs) != 1:
                raise DefinitionError(
                    f"@graph_asset `{last}` returns {len(graph.outputs) or 'no'} outputs, it makes one asset",
                    hint="return the output of an op; for several assets use @graph_multi_asset",
                )
            out = AssetOut(
                key=full,
                description=description_of(parameters.get("description"), inner),
                **{field: parameters[field] for field in _SPEC if field in parameters},
            )
            prefix = key_text(full).rpartition("/")[0]
            return _assets(graph, {next(iter(graph.outputs)): out}, parameters, source, prefix)

    return decorate if compose_fn is None else decorate(compose_fn)


def graph_multi_asset(
    *, outs: Mapping[str, AssetOut], name: str | None = None, can_subset: bool = False, **parameters: Any
) -> Callable[[Callable[..., Any]], AssetsDefinition]:
    """Make several assets of the ops that a function calls.

    The function returns a dict of outputs by name, or a tuple in the order of `outs`.

    Args:
        outs: the assets, by output name.
        name: the graph's name; the function's if left out.
        can_subset: whether a run may ask for some of the assets only; it runs the ops that those need.
        parameters: `ins`, `config`, `hooks`, `resource_defs`, `description`, and `group_name` for outputs that name none.

    Raises:
        DefinitionError: the body does not compose, or a parameter is not valid.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """

    def decorate(function: Callable[..., Any]) -> AssetsDefinition:
        source = source_of(unwrap(function))
        with at(source):
            given = {k: v for k, v in parameters.items() if k not in _GRAPH_MULTI_ASSET}
            refuse_parameters(given, "@graph_multi_asset", _GRAPH_MULTI_ASSET)
            if not outs:
                raise DefinitionError("@graph_multi_asset makes no asset", hint='outs={"name": AssetOut()}')
            graph = compose_graph(
                function,
                "@graph_multi_asset",
                name=name,
                out={output: GraphOut(out.description) for output, out in outs.items()},
                config=parameters.get("config"),
            )
            return _assets(graph, outs, parameters, source, "", can_subset=can_subset)

    return decorate


def assets_of_node(  # noqa: PLR0913  the public API
    node: OpDefinition | GraphDefinition,
    where: str,
    *,
    keys_by_input_name: Mapping[str, AssetKey] | None = None,
    keys_by_output_name: Mapping[str, AssetKey] | None = None,
    key_prefix: str | Sequence[str] | None = None,
    internal_asset_deps: Mapping[str, AbstractSet[AssetKey]] | None = None,
    can_subset: bool = False,
    group_name: str | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    **by_output: Any,
) -> AssetsDefinition:
    """Assets that an op or graph makes, by `AssetsDefinition.from_op` and `from_graph`.

    Args:
        node: the op or graph.
        where: which of the two it is, for messages.
        keys_by_input_name: which asset an input takes; the one with its name if left out.
        keys_by_output_name: which asset an output is; the one with its name, or with the node's for a single `result`.
        key_prefix: put before the keys of the outputs.
        internal_asset_deps: for an output, what it depends on, if not on all inputs.
        can_subset: whether a run may ask for some of the assets only.
        group_name: the group of all of them.
        resource_defs: resources of its own.
        by_output: `descriptions_by_output_name`, `metadata_by_output_name`, `tags_by_output_name`,
            `code_versions_by_output_name`, `owners_by_output_name`.

    Raises:
        DefinitionError: an input or output does not exist.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """
    fields = {
        "descriptions_by_output_name": "description",
        "metadata_by_output_name": "metadata",
        "tags_by_output_name": "tags",
        "code_versions_by_output_name": "code_version",
        "owners_by_output_name": "owners",
    }
    refuse_parameters({k: v for k, v in by_output.items() if k not in fields}, where, [*fields, "keys_by_output_name"])
    expected = GraphDefinition if where == "from_graph" else OpDefinition
    if not isinstance(node, expected):
        raise DefinitionError(f"AssetsDefinition.{where} takes a {expected.__name__}, got {node!r:.80}")
    keys = dict(keys_by_output_name or {})
    for given, names, what in ((keys, node.output_names, "output"), (keys_by_input_name, node.input_names, "input")):
        unknown = [name for name in given or {} if name not in names]
        if unknown:
            raise DefinitionError(
                f"{where}: `{node.name}` has no {what} `{unknown[0]}`", hint=did_you_mean(unknown[0], names)
            )
        left = [name for name in names if given and name not in given]
        if left and spoken().nodes_name_all_keys:
            raise DefinitionError(f"{where}: keys are given for {what}s of `{node.name}`, but none for `{left[0]}`")
    outs = {}
    for name in node.output_names:
        plain = node.name if name == DEFAULT_OUTPUT and len(node.output_names) == 1 else name
        key = AssetKey(keys[name]) if name in keys else AssetKey(plain)
        said = {field: (by_output.get(parameter) or {}).get(name) for parameter, field in fields.items()}
        outs[name] = AssetOut(
            key=key.with_prefix(key_prefix) if key_prefix else key,
            group_name=group_name,
            **{field: value for field, value in said.items() if value is not None},
        )
    parameters = {
        "ins": {name: AssetIn(key) for name, key in (keys_by_input_name or {}).items()},
        "resource_defs": resource_defs,
    }
    return _assets(
        node, outs, parameters, node.source, "", can_subset=can_subset, internal_deps=internal_asset_deps or {}
    )


def _assets(
    node: OpDefinition | GraphDefinition,
    outs: Mapping[str, AssetOut],
    parameters: Mapping[str, Any],
    source: SourceRef,
    prefix: str,
    *,
    can_subset: bool = False,
    internal_deps: Mapping[str, AbstractSet[AssetKey]] | None = None,
) -> AssetsDefinition:
    outputs = []
    for name, out in outs.items():
        if not isinstance(out, AssetOut):
            raise DefinitionError(f"output `{name}` of `{node.name}` is {out!r:.80}, which is no AssetOut")
        op, op_output = node.op_of_output(name) if isinstance(node, GraphDefinition) else (node, name)
        made = op.outs[op_output]
        spec = AssetSpec(
            out.resolve_key(name),
            description=out.description or made.description or (node.description if len(outs) == 1 else None),
            metadata=out.metadata or made.metadata,
            group_name=out.group_name or parameters.get("group_name"),
            code_version=out.code_version or made.code_version or op.code_version,
            tags=out.tags,
            owners=out.owners,
            kinds=out.kinds,
            source=source,
        )
        internal = (internal_deps or {}).get(name)
        outputs.append(
            AssetOutput(
                name=name,
                spec=spec,
                required=out.is_required and made.is_required,
                io_manager_key=made.io_manager_key,
                stores_nothing=made.type is NOTHING,
                deps=None if internal is None else tuple(sorted(key_text(key) for key in internal)),
            )
        )
    return AssetsDefinition(
        node=node,
        inputs=tuple(_inputs(node, parameters.get("ins") or {}, prefix)),
        outputs=tuple(outputs),
        source=source,
        can_subset=can_subset,
        resource_defs=parameters.get("resource_defs"),
        hooks=frozenset(parameters.get("hooks") or ()),
    )


def _inputs(node: OpDefinition | GraphDefinition, ins: Mapping[str, Any], prefix: str) -> Iterable[AssetInput]:
    unknown = [name for name in ins if name not in node.input_names]
    if unknown:
        raise DefinitionError(
            f"ins of `{node.name}` names `{unknown[0]}`, which is no parameter of it",
            hint=did_you_mean(unknown[0], node.input_names),
        )
    for name in node.input_names:
        given = ins.get(name)
        one = given if isinstance(given, AssetIn) else AssetIn(given)
        loads = not (isinstance(node, OpDefinition) and node.ins[name].type is NOTHING)
        keys: tuple[str, ...] = (key_text(one.resolve_key(name)),)
        if given is None and prefix and not spoken().inputs_have_no_prefix:
            keys = (f"{prefix}/{name}", name)
        yield AssetInput(
            name=name, keys=keys, loads=loads, input_manager_key=one.input_manager_key, metadata=one.metadata or {}
        )


def _prefixed(prefix: str | Sequence[str] | None, name: str) -> AssetKey:
    return AssetKey(f"{key_text(prefix, 'key_prefix')}/{name}") if prefix else AssetKey(name)
