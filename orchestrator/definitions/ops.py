"""Ops: single functions with inputs and outputs.

`OpDefinition` is what every step calls: `@op` makes one, and so does every `@asset` and `@multi_asset` for its function.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, overload

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.docstrings import describe
from orchestrator.definitions.functions import defaults_of, description_of, name_of, source_of, unwrap
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.ins_and_outs import DEFAULT_OUTPUT, NO_DEFAULT, DynamicOut, In, Out
from orchestrator.definitions.names import check_name, did_you_mean
from orchestrator.definitions.nodes import Node
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.resources import known_resources
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.definitions.return_annotations import is_dynamic, tuple_parts, value_annotation
from orchestrator.definitions.runtime_types import ANY, NOTHING, RuntimeType
from orchestrator.definitions.signature import Signature, read_signature
from orchestrator.definitions.tags import check_run_tags
from orchestrator.definitions.upward import fetch
from orchestrator.errors import DefinitionError, OrchestratorError, SourceRef

if TYPE_CHECKING:
    from orchestrator.definitions.config_schema import ConfigSchema


class OpDefinition(Node):
    """One function, what it takes and what it makes. Made by `@op`.

    Calling it inside a graph or job adds it there; calling it anywhere else calls the function, so that it can be tested.

    Args:
        compute_fn: takes the context and a dict of the inputs; yields outputs.
        name: its name.
        ins: the inputs, by name.
        outs: the outputs, by name; one called `result` if left out.
        parameters: the others of `op`.

    Raises:
        DefinitionError: a parameter is not valid.
        UnsupportedParameterError: a parameter is unknown.
    """

    __slots__ = (
        "code_version", "config_schema", "description", "function", "hooks", "ins", "name", "outs", "pool",
        "required_resource_keys", "retry_policy", "signature", "source", "tags",
    )  # fmt: skip

    def __init__(
        self,
        compute_fn: Callable[..., Any],
        name: str,
        *,
        ins: Mapping[str, In] | None = None,
        outs: Mapping[str, Out] | None = None,
        **parameters: Any,
    ) -> None:
        given = dict(ins or {})

        def run(context: Any, **inputs: Any) -> Any:
            return compute_fn(context, inputs)

        signature = Signature(context="context", inputs=tuple(given), var_keyword=True)
        where = f"op `{check_name(name, 'op name')}`"
        parts = {
            "description": parameters.pop("description", None),
            "config_schema": read_config(signature, parameters.pop("config_schema", None), where),
            "required_resource_keys": resource_keys(parameters.pop("required_resource_keys", None), where),
            "tags": check_run_tags(parameters.pop("tags", None), where),
            "retry_policy": check_retry_policy(parameters.pop("retry_policy", None), where),
            "code_version": parameters.pop("code_version", None),
            "pool": parameters.pop("pool", None),
        }
        refuse_parameters(parameters, "OpDefinition", ("compute_fn", "name", "ins", "outs", *parts))
        self._fill(
            name=name,
            function=run,
            signature=signature,
            ins=read_ins(run, signature, given, where),
            outs=read_outs(run, signature, outs, where),
            source=source_of(unwrap(compute_fn)),
            **parts,
        )

    @classmethod
    def of_parts(cls, **parts: Any) -> "OpDefinition":
        """An op of parts that were checked."""
        made = cls.__new__(cls)
        made._fill(**parts)  # noqa: SLF001  this class
        return made

    def _fill(  # noqa: PLR0913  one value per thing a definition says
        self,
        *,
        name: str,
        function: Callable[..., Any],
        signature: Signature,
        ins: Mapping[str, In],
        outs: Mapping[str, Out],
        source: SourceRef,
        config_schema: "ConfigSchema | None" = None,
        required_resource_keys: frozenset[str] = frozenset(),
        tags: Mapping[str, str] | None = None,
        retry_policy: RetryPolicy | None = None,
        hooks: frozenset[HookDefinition] = frozenset(),
        code_version: str | None = None,
        pool: str | None = None,
        description: str | None = None,
    ) -> None:
        self.name = name
        self.function = function
        self.signature = signature
        self.ins = ins
        self.outs = outs
        self.source = source
        self.config_schema = config_schema
        self.required_resource_keys = required_resource_keys
        self.tags: Mapping[str, str] = tags or {}
        self.retry_policy = retry_policy
        self.hooks = hooks
        self.code_version = code_version
        self.pool = pool
        self.description = description

    @property
    def version(self) -> str | None:
        """The older name of its code version."""
        return self.code_version

    @property
    def node_type_str(self) -> str:
        """What kind of node it is."""
        return "op"

    @property
    def has_config_field(self) -> bool:
        """Whether it takes config."""
        return self.config_schema is not None

    @property
    def children(self) -> Mapping[str, Any]:
        """The nodes inside: none."""
        return {}

    @property
    def input_names(self) -> tuple[str, ...]:
        """The names of the inputs, in order."""
        return tuple(self.ins)

    @property
    def output_names(self) -> tuple[str, ...]:
        """The names of the outputs, in order."""
        return tuple(self.outs)

    def input_of(self, name: str) -> In:
        """The `In` of an input."""
        return self.ins[name]

    def output_of(self, name: str) -> Out:
        """The `Out` of an output."""
        return self.outs[name]

    def is_dynamic_output(self, name: str) -> bool:
        """Whether a step makes any number of an output."""
        return self.outs[name].is_dynamic

    def replace(self, **changes: Any) -> "OpDefinition":
        """The same op with other attributes."""
        return OpDefinition.of_parts(**{name: getattr(self, name) for name in OpDefinition.__slots__} | changes)

    def configured(
        self, config_or_config_fn: Any, name: str, config_schema: Any = None, description: str | None = None
    ) -> "OpDefinition":
        """The same op under another name, with config, or with a function that makes its config from other config."""
        make = fetch("definitions.config_mapping", "configured_schema")
        return self.replace(
            name=check_name(name, "op name"),
            config_schema=make(self.config_schema, config_or_config_fn, config_schema, f"op `{name}`"),
            description=description or self.description,
        )

    def split(self, names: Sequence[str]) -> "OpDefinition":
        """The same op with its one output split into several, because a graph unpacks what it returns."""
        (out,) = self.outs.values()
        outs = {name: Out(ANY, out.description, out.is_required, out.io_manager_key) for name in names}
        return self.replace(outs=outs)

    def run_alone(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function, as a test does."""
        return fetch("execution.direct", "call_op")(self, args, kwargs)

    def __repr__(self) -> str:
        return f"<OpDefinition {self.name}>"


@overload
def op(compute_fn: Callable[..., Any], /) -> OpDefinition: ...


@overload
def op(
    *,
    name: str | None = ...,
    description: str | None = ...,
    ins: Mapping[str, In] | None = ...,
    out: Out | Mapping[str, Out] | None = ...,
    config_schema: Any = ...,
    required_resource_keys: AbstractSet[str] | None = ...,
    tags: Mapping[str, Any] | None = ...,
    retry_policy: RetryPolicy | None = ...,
    code_version: str | None = ...,
    pool: str | None = ...,
) -> Callable[[Callable[..., Any]], OpDefinition]: ...


def op(  # noqa: PLR0913  the public API
    compute_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, In] | None = None,
    out: Out | Mapping[str, Out] | None = None,
    config_schema: Any = None,
    required_resource_keys: AbstractSet[str] | None = None,
    tags: Mapping[str, Any] | None = None,
    retry_policy: RetryPolicy | None = None,
    code_version: str | None = None,
    version: str | None = None,
    pool: str | None = None,
    **refused: Any,
) -> Any:
    """Make a function an op: a step of graphs and jobs.

    Each parameter is an input, except the context (a first parameter called `context`), `config` (annotated with a
    `Config` class) and resources (annotated with a resource class or `ResourceParam`).

    Args:
        compute_fn: the function, when used without parentheses.
        name: the op's name; the function's if left out.
        description: for people; the docstring if left out.
        ins: more about inputs, by parameter; `In(Nothing)` waits without a parameter.
        out: the output, or several by name; one called `result` if left out.
        config_schema: the schema of `context.op_config`.
        required_resource_keys: the resources found in `context.resources`.
        tags: for executors and people.
        retry_policy: what happens when the function raises.
        code_version: changes when the meaning of the code does.
        version: the older name of `code_version`.
        pool: the concurrency pool a step takes a place in.
        refused: anything else; raises.

    Raises:
        DefinitionError: a parameter is not valid.
        UnsupportedParameterError: a parameter is unknown.
    """
    refuse_parameters(refused, "@op", ("name", "description", "ins", "out", "config_schema", "retry_policy", "tags"))
    if compute_fn is not None and not callable(compute_fn):
        raise DefinitionError(f"@op takes keyword arguments, got {compute_fn!r:.80}", hint="@op(name=...)")

    def decorate(function: Callable[..., Any]) -> OpDefinition:
        inner = unwrap(function)
        source = source_of(inner)
        with at(source):
            checked = check_name(name or name_of(inner), "op name")
            where = f"op `{checked}`"
            signature = read_signature(function, where)
            inputs = read_ins(function, signature, ins, where)
            outputs = read_outs(function, signature, out, where)
            if inner.__doc__:
                describe(inputs, outputs, description_of(None, inner))
            return OpDefinition.of_parts(
                name=checked,
                function=function,
                signature=signature,
                ins=inputs,
                outs=outputs,
                source=source,
                config_schema=read_config(signature, config_schema, where),
                required_resource_keys=resource_keys(required_resource_keys, where, signature.resources).union(
                    signature.resources, *(kind.all_resource_keys for kind in types_of(inputs, outputs))
                ),
                tags=check_run_tags(tags, where),
                retry_policy=check_retry_policy(retry_policy, where),
                code_version=code_version or version,
                pool=pool,
                description=description_of(description, inner),
            )

    return decorate if compute_fn is None else decorate(compute_fn)


def types_of(ins: Mapping[str, In], outs: Mapping[str, Out]) -> list[RuntimeType]:
    """The types of inputs and outputs."""
    return [*(one.dagster_type for one in ins.values()), *(one.dagster_type for one in outs.values())]


class at:  # noqa: N801  reads as a phrase: with at(source)
    """Adds the place of a definition to errors raised inside."""

    __slots__ = ("source",)

    def __init__(self, source: SourceRef) -> None:
        self.source = source

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OrchestratorError) and not error.sources:
            error.sources = (self.source,)


def check_retry_policy(policy: object, where: str) -> RetryPolicy | None:
    """Return a retry policy.

    Raises:
        DefinitionError: it is none.
    """
    if policy is not None and not isinstance(policy, RetryPolicy):
        raise DefinitionError(f"retry_policy of {where} is {policy!r:.60}", hint="RetryPolicy(max_retries=3)")
    return policy


def resource_keys(keys: object, where: str, taken: Collection[str] = ()) -> frozenset[str]:
    """Return the keys of required resources.

    Args:
        keys: as the user gave them.
        where: whose they are, for messages.
        taken: the resources that parameters of the function take.

    Raises:
        DefinitionError: not a collection of strings; or, in Dagster's dialect, parameters take resources too.
    """
    if not keys:
        return frozenset()
    if taken and spoken().resources_are_said_once:
        raise DefinitionError(
            f"{where} takes {known_resources(taken)} as parameters and has required_resource_keys too",
            hint="use one of the two",
        )
    if isinstance(keys, str) or not isinstance(keys, Iterable):
        raise DefinitionError(f"required_resource_keys of {where} must be a set, got {keys!r}", hint=f"{{{keys!r}}}")
    return frozenset(keys)


def read_config(signature: Signature, given: Any, where: str) -> "ConfigSchema | None":
    """The schema of an op's config: of the class that annotates `config`, or of `config_schema`.

    Raises:
        DefinitionError: both are given, or the annotation is no config class.
    """
    if signature.config is None and given is None:
        return None
    annotation = signature.annotations.get("config") if signature.config else None
    if signature.config is not None and given is not None:
        raise DefinitionError(f"{where} takes config by a parameter and by config_schema, one of them is enough")
    of_class = getattr(annotation, "config_schema_of_class", None)
    if of_class is not None:
        return of_class()  # type: ignore[no-any-return]
    if given is None:
        return fetch("definitions.schemas", "schema_of")(annotation, where)  # type: ignore[no-any-return]
    return fetch("definitions.config_types", "as_config_field")(given)  # type: ignore[no-any-return]


def read_ins(
    function: Callable[..., Any], signature: Signature, given: Mapping[str, In] | None, where: str
) -> dict[str, In]:
    """The inputs of a function: its parameters, and inputs that only wait.

    Raises:
        DefinitionError: an input is no parameter, or a parameter only waits.
    """
    if given is not None and not isinstance(given, Mapping):
        raise DefinitionError(f"ins of {where} must be a dict of In, got {type(given).__name__}")
    said = dict(given or {})
    for name, one in said.items():
        _check_in(name, one, signature, where)
    defaults = defaults_of(unwrap(function)) if signature.defaults else {}
    names = dict.fromkeys((*signature.inputs, *said))
    return {
        check_name(name, f"input of {where}"): said.get(name, In()).with_type(
            signature.annotations.get(name), f"input `{name}` of {where}", defaults.get(name, NO_DEFAULT)
        )
        for name in names
    }


def _check_in(name: str, one: object, signature: Signature, where: str) -> None:
    if not isinstance(one, In):
        raise DefinitionError(f"ins of {where} gives {one!r:.80} for `{name}`, which is no In")
    is_parameter = name in signature.inputs
    if one.type is NOTHING:
        if is_parameter:
            raise DefinitionError(
                f"{where} has the parameter `{name}`, an input that only waits", hint="drop the parameter"
            )
    elif not is_parameter and not signature.var_keyword:
        raise DefinitionError(
            f"ins of {where} names `{name}`, which is no parameter of it", hint=did_you_mean(name, signature.inputs)
        )


def read_outs(
    function: Callable[..., Any], signature: Signature, given: Out | Mapping[str, Out] | None, where: str
) -> dict[str, Out]:
    """The outputs of a function, with the types its return annotation gives.

    Raises:
        DefinitionError: not an `Out`, or a dict of them.
        InvariantError: the return annotation does not fit, and Dagster's dialect is spoken.
    """
    annotation = value_annotation(signature.returns)
    if given is None:
        kind = DynamicOut if is_dynamic(signature.returns) else Out
        return {DEFAULT_OUTPUT: kind().with_type(annotation, f"the output of {where}")}
    if isinstance(given, Out):
        return {DEFAULT_OUTPUT: given.with_type(annotation, f"the output of {where}")}
    if not isinstance(given, Mapping):
        raise DefinitionError(f"out of {where} must be an Out or a dict of Out, got {type(given).__name__}")
    parts = tuple_parts(signature.returns, len(given), function, where) if len(given) > 1 else [annotation]
    outs = {}
    for (name, one), part in zip(given.items(), parts, strict=False):
        if not isinstance(one, Out):
            raise DefinitionError(f"output `{name}` of {where} is {one!r:.80}, which is no Out")
        outs[check_name(name, f"output of {where}")] = one.with_type(part, f"output `{name}` of {where}")
    return outs
