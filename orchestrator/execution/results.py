"""What a function returned or yielded, as the outputs it means."""

import types
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.ins_and_outs import DEFAULT_OUTPUT
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.metadata import AnyMetadataValue
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.ops import OpDefinition
from orchestrator.definitions.results import (
    NO_VALUE,
    AssetMaterialization,
    AssetObservation,
    DataVersion,
    DynamicOutput,
    ExpectationResult,
    MaterializeResult,
    ObserveResult,
    Output,
)
from orchestrator.definitions.runtime_types import NOTHING
from orchestrator.errors import InvariantError, ObservationError, OrchestratorError, TypeCheckError
from orchestrator.planning.plan import Step, StepOutput

_Said = AssetMaterialization | AssetObservation | ExpectationResult
_AWAITABLE = (types.CoroutineType, types.AsyncGeneratorType)
_RESULTS = (Output, DynamicOutput, MaterializeResult, ObserveResult)


class Made(Struct, frozen=True, kw_only=True):
    """One output that a function made."""

    output: StepOutput
    #: `NO_VALUE` if nothing is to be stored.
    value: Any = NO_VALUE
    metadata: Mapping[str, AnyMetadataValue] = {}
    tags: Mapping[str, str] = {}
    data_version: str | None = None
    mapping_key: str | None = None
    #: The asset was only looked at.
    observed: bool = False

    @property
    def has_value(self) -> bool:
        """Whether there is a value to store."""
        return self.value is not NO_VALUE


def results_of(
    returned: Any, op: OpDefinition, step: Step, *, stores_nothing: bool = False, observes: bool = False
) -> Iterator[Made | _Said]:
    """The outputs that the return value of an op's function means, and the events it says, as they come.

    Args:
        returned: a value, `Output`, `MaterializeResult`, None, a tuple or dict of these, a generator, a coroutine or an
            asynchronous generator.
        op: whose function returned it.
        step: which of the outputs were asked for.
        stores_nothing: whether the function's annotation says that its assets store no value.
        observes: whether the function only looks at its assets.

    Raises:
        InvariantError: it is not clear which output is meant, or a value was returned where none may be.
    """
    reader = _Reader(op, step, stores_nothing=stores_nothing, observes=observes)
    if isinstance(returned, _AWAITABLE):
        returned = _await(returned)
    if isinstance(returned, types.GeneratorType):
        return reader.yielded(returned)
    if observes:
        return iter(reader.observed(returned))
    return iter(reader.strictly_returned(returned) if spoken().returns_are_strict else reader.returned(returned))


def left_over(
    op: OpDefinition, step: Step, made: Collection[str], *, can_subset: bool, observes: bool = False
) -> tuple[list[StepOutput], list[str]]:
    """The outputs that had to be made and were not: those that count as made all the same, and names of the others.

    Args:
        op: whose function ended well.
        step: which of the outputs were asked for.
        made: the names of the outputs that were made.
        can_subset: whether the function may be asked for a part of its assets.
        observes: whether it only looks at them.
    """
    left = [output for output in step.outputs if output.required and not output.dynamic and output.name not in made]
    dialect = spoken()
    implied: list[StepOutput] = []
    if left and dialect.specs_are_made_anyway and not observes:
        implied = [] if can_subset else [output for output in left if op.outs[output.name].type is NOTHING]
        left = [output for output in left if op.outs[output.name].type is not NOTHING]
    names = [output.key or output.name for output in left]
    if len(op.outs) > len(step.outputs) and dialect.unselected_outputs_are_required:
        asked = {output.name for output in step.outputs}
        names += [
            name for name, out in op.outs.items() if name not in asked and out.is_required and out.type is not NOTHING
        ]
    return implied, names


def _await(awaitable: Any) -> Any:
    import asyncio  # noqa: PLC0415  only for async functions

    if not isinstance(awaitable, types.AsyncGeneratorType):
        return asyncio.run(awaitable)
    generator = awaitable

    def iterate() -> Iterator[Any]:
        # one loop for the whole generator: what it yields is stored before it goes on
        with asyncio.Runner() as runner:
            while True:
                try:
                    yield runner.run(_next(generator))
                except StopAsyncIteration:
                    return

    return iterate()


async def _next(generator: Any) -> Any:
    return await anext(generator)


class _Reader:
    def __init__(self, op: OpDefinition, step: Step, *, stores_nothing: bool, observes: bool) -> None:
        self._observes = observes
        self._op = op
        self._by_name = {output.name: output for output in step.outputs}
        self._by_key = {output.key: output for output in step.outputs if output.key}
        self._stores_nothing = stores_nothing
        #: Dynamic outputs and their mapping keys so far.
        self._keys: dict[str, set[str]] = {}

    def yielded(self, generator: Iterator[Any]) -> "Iterator[Made | _Said]":
        for item in generator:
            if isinstance(item, _RESULTS):
                yield self._result(item)
            elif isinstance(item, _Said):
                yield item
            else:
                dynamic = any(output.dynamic for output in self._by_name.values())
                hint = "DynamicOutput(value, mapping_key=...)" if dynamic else "Output(value, ...)"
                hint += " or MaterializeResult(...)" if self._by_key else ""
                raise self._error(f"yielded {_a(item)}", f"yield {hint}")

    def observed(self, value: Any) -> "list[Made | _Said]":
        """What a function that only looks at its assets returned."""
        if isinstance(value, DataVersion) and len(self._op.outs) == 1:
            (output,) = self._by_name.values()
            return [Made(output=output, data_version=value.value, observed=True)]
        results = list(value) if isinstance(value, tuple | list) else [value]
        if value is None and len(self._op.outs) > 1:
            return [Made(output=output, observed=True) for output in self._by_name.values() if output.required]
        if not all(isinstance(one, ObserveResult) for one in results):
            raise ObservationError(
                f"`{self._op.name}` observes, and returned {_a(value)}",
                hint="DataVersion(...) or ObserveResult(...)",
                sources=(self._op.source,),
            )
        return [self._result(one) for one in results]

    def strictly_returned(self, value: Any) -> "Iterable[Made | _Said]":
        """As `returned`, where Dagster's rules for what may be returned hold."""
        several = len(self._op.outs) > 1
        if several and not isinstance(value, tuple) and not (value is None and self._waits_only):
            raise self._error(
                f"returned a {type(value).__name__} for {len(self._op.outs)} {self._kind}",
                f"return a tuple in this order: {', '.join(self._op.outs)}; or yield each of them",
            )
        if any(out.is_dynamic for out in self._op.outs.values()) and not several and not isinstance(value, list):
            raise self._error(f"returned {_a(value)} for a dynamic output", "return a list of DynamicOutput")
        if not several and self._by_name:
            self._check_annotation(value, self._op.signature.returns)
        return self.returned(value)

    @property
    def _waits_only(self) -> bool:
        return all(out.type is NOTHING for out in self._op.outs.values())

    def _check_annotation(self, value: Any, annotation: Any) -> None:
        """An `Output` is returned where the annotation says so, or says nothing."""
        announced = getattr(annotation, "__origin__", annotation) is Output
        if announced and not isinstance(value, Output | MaterializeResult | ObserveResult):
            raise self._error(f"returned a {type(value).__name__}, its annotation says Output", "Output(value)")
        if isinstance(value, Output) and not announced and annotation is not Any:
            raise self._error("returned an Output, which its annotation does not say", "-> Output[...]")

    def returned(self, value: Any) -> "Iterable[Made | _Said]":
        if isinstance(value, _RESULTS):
            return [self._result(value)]
        if not self._by_name:
            if value is None:
                return []
            raise self._error(f"returned {_a(value)}, but has no outputs", "out=Out()")
        if len(self._op.outs) == 1:
            return self._for_one(next(iter(self._by_name.values())), value)
        if value is None:
            return self._nothing()
        if isinstance(value, Mapping):
            return self._by_names(value)
        if isinstance(value, tuple | list):
            return self._by_position(value)
        raise self._error(
            f"returned {_a(value)} for {len(self._by_name)} {self._kind}",
            "return a tuple or a dict, or yield an Output for each",
        )

    @property
    def _kind(self) -> str:
        return "assets" if self._by_key else "outputs"

    def _for_one(self, output: StepOutput, value: Any) -> "Iterable[Made | _Said]":
        if output.dynamic:
            return self._dynamics(value)
        if isinstance(value, _Said):
            raise self._error(f"returned {_a(value)}", "yield it, or context.log_event(...)")
        if isinstance(value, tuple) and value and any(isinstance(one, _RESULTS) for one in value):
            return [self._item(output, one) for one in value]
        return [self._plain(output, value)]

    def _dynamics(self, values: Any) -> "Iterator[Made | _Said]":
        hint = "yield DynamicOutput(value, mapping_key=...), or return a list of them"
        if values is not None and not isinstance(values, list | tuple):
            raise self._error(f"returned {_a(values)} for a dynamic output", hint)
        for value in values or ():
            if not isinstance(value, DynamicOutput):
                raise self._error(f"returned a list with {_a(value)} in it for a dynamic output", hint)
            yield self._result(value)

    def _nothing(self) -> "list[Made | _Said]":
        """None for several assets: all were made if none of them has a value; else none was."""
        valueless = all(
            self._op.outs[name].type is NOTHING and output.required for name, output in self._by_name.items()
        )
        return [Made(output=output) for output in self._by_name.values()] if self._stores_nothing or valueless else []

    def _by_names(self, values: Mapping[str, Any]) -> "list[Made | _Said]":
        unknown = [name for name in values if name not in self._by_name]
        if unknown:
            raise self._error(
                f"returned a dict with {unknown[0]!r}, which is no output of it",
                did_you_mean(str(unknown[0]), self._by_name) or f"outputs: {', '.join(self._by_name)}",
            )
        return [self._item(self._by_name[name], value) for name, value in values.items()]

    def _by_position(self, values: tuple[Any, ...] | list[Any]) -> "list[Made | _Said]":
        if all(isinstance(value, MaterializeResult | ObserveResult) for value in values):
            return [self._result(value) for value in values]
        if len(values) != len(self._by_name):
            raise self._error(
                f"returned {len(values)} values for {len(self._by_name)} {self._kind}",
                f"in this order: {', '.join(self._by_name)}",
            )
        return [self._item(output, value) for output, value in zip(self._by_name.values(), values, strict=True)]

    def _item(self, output: StepOutput, value: Any) -> Made:
        """A value at a known place; an `Output` there need not name it."""
        if isinstance(value, Output):
            if value.output_name not in (DEFAULT_OUTPUT, None, output.name):
                raise self._error(
                    f"returned an Output for `{value.output_name}` in the place of `{output.name}`",
                    f"in this order: {', '.join(self._by_name)}",
                )
            return self._made(output, value, value.value)
        if isinstance(value, _RESULTS):
            return self._result(value)
        return self._plain(output, value)

    def _plain(self, output: StepOutput, value: Any) -> Made:
        nothing = self._stores_nothing or self._op.outs[output.name].type is NOTHING
        if not nothing:
            return Made(output=output, value=value)
        if value is None:
            return Made(output=output)
        if self._op.outs[output.name].type is NOTHING:  # the check of its type says so
            return Made(output=output, value=value)
        raise TypeCheckError(
            f"`{self._op.name}` returned {_a(value)}, but its annotation says that nothing is stored",
            hint="change the return annotation",
            sources=(self._op.source,),
        )

    def _result(self, result: Any) -> Made:
        if isinstance(result, DynamicOutput):
            return self._dynamic(result)
        if self._observes and not isinstance(result, ObserveResult):
            raise self._error(f"observes, and made a {type(result).__name__}", "ObserveResult(...)")
        if isinstance(result, Output):
            return self._made(self._output_of(result), result, result.value)
        output = self._output_of_key(result)
        value = result.value if isinstance(result, MaterializeResult) else NO_VALUE
        return self._made(output, result, value, observed=isinstance(result, ObserveResult))

    def _dynamic(self, result: "DynamicOutput[Any]") -> Made:
        output = self._output_of(result)
        if not output.dynamic:
            raise self._error(f"made a DynamicOutput for `{output.name}`", "declare it: out=DynamicOut()")
        keys = self._keys.setdefault(output.name, set())
        if result.mapping_key in keys:
            raise self._error(f"made the mapping key `{result.mapping_key}` twice", "each value needs its own")
        keys.add(result.mapping_key)
        return Made(output=output, value=result.value, metadata=result.metadata, mapping_key=result.mapping_key)

    def _made(self, output: StepOutput, result: Any, value: Any, *, observed: bool = False) -> Made:
        if output.dynamic:
            raise self._error(f"made an Output for the dynamic output `{output.name}`", "yield DynamicOutput(...)")
        if value is None and self._op.outs[output.name].type is NOTHING:
            value = NO_VALUE
        version = result.data_version
        return Made(
            output=output,
            value=value,
            metadata=result.metadata if isinstance(result, Output) else result.recorded_metadata,
            tags=result.tags or {},
            data_version=None if version is None else version.value,
            observed=observed,
        )

    def _output_of(self, result: Any) -> StepOutput:
        name = result.output_name
        if len(self._op.outs) == 1 and name in (DEFAULT_OUTPUT, None):
            return next(iter(self._by_name.values()))
        found = self._by_name.get(name or "")
        if found is None:
            raise self._error(f"made an Output for {name!r}", f"output_name= one of {', '.join(self._by_name)}")
        return found

    def _output_of_key(self, result: Any) -> StepOutput:
        if not self._by_key:
            raise self._error(f"made {_a(result)}, but is no asset", "return the value, or an Output")
        if result.asset_key is None:
            if len(self._op.outs) == 1:
                return next(iter(self._by_name.values()))
            raise self._error(f"made {_a(result)} without asset_key", f"asset_key= one of {', '.join(self._by_key)}")
        key = key_text(result.asset_key)
        # an output's name is accepted too: readers write it where name and key differ by a prefix
        found = self._by_key.get(key) or self._by_name.get(key)
        if found is None:
            raise self._error(
                f"made {_a(result)} for `{key}`",
                did_you_mean(key, self._by_key) or f"it makes {', '.join(self._by_key)}",
            )
        return found

    def _error(self, what: str, hint: str) -> OrchestratorError:
        return InvariantError(f"`{self._op.name}` {what}", hint=hint, sources=(self._op.source,))


def _a(value: object) -> str:
    name = type(value).__name__
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"
