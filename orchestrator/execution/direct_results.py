"""What a function called without a run may return or yield: checked as a step would, and handed on as it is."""

import inspect
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from typing import Any

from orchestrator.definitions.ins_and_outs import DEFAULT_OUTPUT, Out
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.ops import OpDefinition
from orchestrator.definitions.results import (
    AssetMaterialization,
    AssetObservation,
    DynamicOutput,
    ExpectationResult,
    MaterializeResult,
    ObserveResult,
    Output,
)
from orchestrator.definitions.runtime_types import show_value
from orchestrator.errors import InvariantError, TypeCheckError

_EVENTS = (AssetMaterialization, AssetObservation, ExpectationResult)
_ASSET_RESULTS = (MaterializeResult, ObserveResult)


class ResultCheck:
    """Checks what one call of a function makes.

    Args:
        op: whose function it is.
        context: given to functions that check types.
        outputs_of_keys: the output that makes each asset; empty for an op.
    """

    def __init__(self, op: OpDefinition, context: Any, outputs_of_keys: Mapping[str, str]) -> None:
        self._op = op
        self._context = context
        self._outputs_of_keys = outputs_of_keys
        self._made: set[str] = set()

    def check(self, result: Any) -> Any:
        """Check what the function returned; what it yields or awaits is checked when it does.

        Raises:
            InvariantError: it is not what the op declares.
            TypeCheckError: a value is not of the type of its output.
        """
        if inspect.isgenerator(result):
            return self._generated(result)
        if inspect.iscoroutine(result):
            return self._awaited(result)
        if inspect.isasyncgen(result):
            return self._generated_slowly(result)
        self._returned(result)
        return result

    def _generated(self, items: Iterator[Any]) -> Iterator[Any]:
        for item in items:
            self._yielded(item)
            yield item
        self._require_all()

    async def _generated_slowly(self, items: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for item in items:
            self._yielded(item)
            yield item
        self._require_all()

    async def _awaited(self, result: Coroutine[Any, Any, Any]) -> Any:
        value = await result
        self._returned(value)
        return value

    def _returned(self, value: Any) -> None:
        outs = self._op.outs
        if isinstance(value, _EVENTS):
            raise self._error(
                f"returned an {type(value).__name__}, which is no value", "yield it, or log it with context.log_event"
            )
        if isinstance(value, _ASSET_RESULTS):
            self._output_of(value)
        elif len(outs) == 1:
            self._check_output(*next(iter(outs.items())), value)
        elif value is None and all(out.dagster_type.is_nothing or not out.is_required for out in outs.values()):
            return
        else:
            self._check_several(value)

    def _check_several(self, value: Any) -> None:
        outs = self._op.outs
        if isinstance(value, Mapping) and set(value) == set(outs):
            value = tuple(value[name] for name in outs)
        if not isinstance(value, tuple):
            raise self._error(
                f"has {len(outs)} outputs and returned one {type(value).__name__}",
                f"return a tuple: {', '.join(outs)}",
            )
        if value and all(isinstance(item, _ASSET_RESULTS) for item in value):
            for item in value:
                self._output_of(item)
            return
        if len(value) != len(outs):
            raise self._error(
                f"has {len(outs)} outputs and returned a tuple of {len(value)}", f"return a tuple: {', '.join(outs)}"
            )
        for (name, out), item in zip(outs.items(), value, strict=True):
            self._check_output(name, out, item)

    def _check_output(self, name: str, out: Out, value: Any) -> None:
        if isinstance(value, Output):
            if value.output_name not in (name, DEFAULT_OUTPUT):
                raise self._error(f"returned an Output for `{value.output_name}` where `{name}` is expected", None)
            value = value.value
        if out.is_dynamic:
            if not isinstance(value, list) or not all(isinstance(item, DynamicOutput) for item in value):
                raise self._error(
                    f"returned {show_value(value)} for the dynamic output `{name}`", "return a list of DynamicOutput"
                )
            for item in value:
                self._check_type(name, out, item.value)
        elif isinstance(value, _ASSET_RESULTS):
            self._output_of(value)
        elif value is not None or out.is_required:
            self._check_type(name, out, value)

    def _yielded(self, item: Any) -> None:
        if isinstance(item, _EVENTS):
            return
        if isinstance(item, _ASSET_RESULTS):
            self._seen(self._output_of(item))
            return
        if not isinstance(item, Output | DynamicOutput):
            raise self._error(f"yielded {show_value(item)}", "yield Output(value, ...)")
        outs = self._op.outs
        name = item.output_name
        if name == DEFAULT_OUTPUT and name not in outs and len(outs) == 1:
            name = next(iter(outs))
        if name not in outs:
            raise self._error(
                f"yielded an Output for `{name}`, which it does not have",
                did_you_mean(name, outs) or f"it has {', '.join(outs)}",
            )
        if isinstance(item, Output):
            self._seen(name)
        else:
            self._made.add(name)
        self._check_type(name, outs[name], item.value)

    def _seen(self, name: str) -> None:
        if name in self._made:
            raise self._error(f"yielded output `{name}` twice", None)
        self._made.add(name)

    def _require_all(self) -> None:
        missing = [
            name
            for name, out in self._op.outs.items()
            if name not in self._made and out.is_required and not out.is_dynamic and not out.dagster_type.is_nothing
        ]
        if missing:
            raise self._error(f"did not yield {', '.join(f'`{name}`' for name in missing)}", None)

    def _output_of(self, result: MaterializeResult[Any] | ObserveResult) -> str:
        """The output that makes the asset a result is about."""
        kind = type(result).__name__
        if result.asset_key is None:
            if len(self._op.outs) == 1:
                return next(iter(self._op.outs))
            raise self._error(
                f"made a {kind} without asset_key", f"asset_key= one of {', '.join(self._outputs_of_keys)}"
            )
        key = key_text(result.asset_key)
        if key in self._outputs_of_keys:
            return self._outputs_of_keys[key]
        if key in self._op.outs:  # readers write the output's name where name and key differ by a prefix
            return key
        raise self._error(
            f"made a {kind} for `{key}`, which it does not make", did_you_mean(key, self._outputs_of_keys)
        )

    def _check_type(self, name: str, out: Out, value: Any) -> None:
        verdict = out.dagster_type.type_check(self._context, value)
        if not verdict.success:
            raise TypeCheckError(
                f"output `{name}` of `{self._op.name}`: "
                f"{verdict.description or f'expected {out.dagster_type.name}, got {show_value(value)}'}",
                sources=(self._op.source,),
            )

    def _error(self, what: str, hint: str | None) -> InvariantError:
        return InvariantError(f"`{self._op.name}` {what}", hint=hint, sources=(self._op.source,))
