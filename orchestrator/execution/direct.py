"""Calling the function of an op or asset without a run, as tests do.

    which argument is the context -> arguments bound to parameters -> config, resources, inputs
        -> the function -> what it made, checked and handed on as it is

Nothing is stored, retried or recorded. What the function adds to its context can be read from the context afterwards.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.config_schema import MISSING, resolve_or_raise
from orchestrator.definitions.functions import parameters_of, unwrap
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.ops import OpDefinition
from orchestrator.definitions.runtime_types import show_value
from orchestrator.errors import InvariantError, InvocationError, MissingResourceError, TypeCheckError
from orchestrator.execution.build_contexts import DirectContext, build_op_context
from orchestrator.execution.direct_results import ResultCheck

Arguments = Sequence[Any]
Named = Mapping[str, Any]


def call_op(op: OpDefinition, args: Arguments, kwargs: Named) -> Any:
    """Call the function of an op.

    Args:
        op: whose function.
        args: by position: a context first if the function takes one, then what its parameters take, in their order.
        kwargs: by name.

    Raises:
        InvocationError: the arguments do not fit.
        ConfigError: config is missing or does not fit.
        MissingResourceError: a resource is not given.
        TypeCheckError: a value is not of its type.
        InvariantError: the function returns or yields what the op does not declare.
    """
    return _call(op, None, args, kwargs)


def call_assets(assets: AssetsDefinition, args: Arguments, kwargs: Named) -> Any:
    """Call the function of an asset or multi-asset. See `call_op`.

    Raises:
        InvariantError: a graph computes the assets, or the function makes what they do not declare.
    """
    if not isinstance(assets.node, OpDefinition):
        raise InvariantError(
            f"`{assets.name}` is computed by a graph, which only a run can do",
            hint=f"materialize([{assets.name}])",
            sources=(assets.source,),
        )
    return _call(assets.node, assets, args, kwargs)


def _call(op: OpDefinition, assets: AssetsDefinition | None, args: Arguments, kwargs: Named) -> Any:
    context, args, kwargs = _take_context(op, args, kwargs)
    given = _bind(op, args, kwargs)
    config = _config(op, context, given)
    resources = _resources(op, context, assets, given)
    context.bind(op, assets, resources, config.to_raw_config() if hasattr(config, "to_raw_config") else config)
    _check_inputs(op, context, given)
    signature = op.signature
    if signature.context is not None:
        given[signature.context] = context
    by_position = [given.pop(name) for name in signature.positional_only if name in given]
    keys = {} if assets is None else {key_text(key): name for name, key in assets.keys_by_output_name.items()}
    return ResultCheck(op, context, keys).check(op.function(*by_position, **given))


def _take_context(op: OpDefinition, args: Arguments, kwargs: Named) -> tuple[DirectContext, Arguments, Named]:
    """The context of a call, and the arguments without it."""
    name = op.signature.context
    if name is None:
        if args and isinstance(args[0], DirectContext):  # given for its config and resources
            return args[0], args[1:], kwargs
        return build_op_context(), args, kwargs
    if args:
        first, args = args[0], args[1:]
    elif name in kwargs:
        first, kwargs = kwargs[name], {key: value for key, value in kwargs.items() if key != name}
    else:
        first = ...
    if first is None:
        return build_op_context(), args, kwargs
    if isinstance(first, DirectContext):
        return first, args, kwargs
    raise _misfit(
        op,
        f"takes a context, and is called with {'none' if first is ... else show_value(first)}",
        f"{op.name}(build_op_context(), ...)",
    )


def _bind(op: OpDefinition, args: Arguments, kwargs: Named) -> dict[str, Any]:
    """Which parameter is given what."""
    signature = op.signature
    names = [name for name in parameters_of(unwrap(op.function)).names if name != signature.context]
    waiting = [name for name, one in op.ins.items() if one.dagster_type.is_nothing]
    if len(args) > len(names):
        hint = f"{', '.join(f'`{name}`' for name in waiting)} only waits, and is given no value" if waiting else None
        raise _misfit(op, f"takes {len(names)} arguments, and is given {len(args)}", hint)
    given = dict(zip(names, args, strict=False))
    for name, value in kwargs.items():
        if name in waiting:
            raise _misfit(op, f"only waits for `{name}`, and is given a value for it", "leave it out")
        if name in given:
            raise _misfit(op, f"is given `{name}` twice", None)
        if name not in names and not (signature.var_keyword and name in op.ins):
            raise _misfit(op, f"takes no `{name}`", did_you_mean(name, names))
        given[name] = value
    return given


def _config(op: OpDefinition, context: DirectContext, given: dict[str, Any]) -> Any:
    """The config of the call, put in its place among the arguments."""
    parameter = op.signature.config
    raw: Any = MISSING if context.given_config is None else context.given_config
    if parameter in given:
        if raw is not MISSING:
            raise _misfit(op, "is given config twice: by the context and as an argument", None)
        raw = given[parameter]
    if op.config_schema is None:
        return context.given_config
    config = resolve_or_raise(op.config_schema, raw, f"`{op.name}`")
    if parameter is not None:
        given[parameter] = config
    return config


def _resources(
    op: OpDefinition, context: DirectContext, assets: AssetsDefinition | None, given: dict[str, Any]
) -> dict[str, Any]:
    """All resources of the call, those that parameters take put in their places among the arguments."""
    parameters = op.signature.resources
    in_arguments = {name: given[name] for name in parameters if name in given}
    in_context = context.built_resources.by_key
    if in_arguments and in_context:
        raise _misfit(op, "is given resources twice: by the context and as arguments", None)
    own = {} if assets is None else assets.resource_defs
    twice = sorted(set(own) & {*in_context, *in_arguments})
    if twice:
        raise _misfit(op, f"brings resource `{twice[0]}` itself, and is given another", None)
    started = context.built_resources.open(own) if own else {}
    resources = {**started, **in_context, **in_arguments}
    for key in sorted(op.required_resource_keys):
        if key not in resources:
            raise MissingResourceError(
                f"`{op.name}` requires resource `{key}`, which is not given",
                hint=f"build_op_context(resources={{{key!r}: ...}})",
                sources=(op.source,),
            )
    given.update({name: resources[name] for name in parameters})
    return resources


def _check_inputs(op: OpDefinition, context: DirectContext, given: dict[str, Any]) -> None:
    """Put defaults in, and check every input against its type."""
    for name, one in op.ins.items():
        if one.dagster_type.is_nothing:
            continue
        if name not in given:
            if not one.has_default_value:
                raise _misfit(op, f"is given no value for `{name}`", None)
            given[name] = one.default_value
        verdict = one.dagster_type.type_check(context, given[name])
        if not verdict.success:
            why = verdict.description or f"expected {one.dagster_type.name}, got {show_value(given[name])}"
            raise TypeCheckError(f"input `{name}` of `{op.name}`: {why}", sources=(op.source,))


def _misfit(op: OpDefinition, what: str, hint: str | None) -> InvocationError:
    return InvocationError(f"`{op.name}` {what}", hint=hint, sources=(op.source,))
