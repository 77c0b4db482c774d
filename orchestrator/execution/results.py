"""What a function returned or yielded, as the assets it means."""

import types
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.metadata import AnyMetadataValue
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.results import NO_VALUE, DataVersion, MaterializeResult, Output
from orchestrator.errors import ExecutionError
from orchestrator.planning.plan import Step, StepOutput


class Made(Struct, frozen=True, kw_only=True):
    """One asset that a function made."""

    output: StepOutput
    #: `NO_VALUE` if nothing is to be stored.
    value: Any = NO_VALUE
    metadata: Mapping[str, AnyMetadataValue] = {}
    tags: Mapping[str, str] = {}
    data_version: str | None = None

    @property
    def has_value(self) -> bool:
        """Whether there is a value to store."""
        return self.value is not NO_VALUE


def results_of(returned: Any, node: AssetsDefinition, step: Step) -> Iterator[Made]:
    """The assets that the return value of a node's function means, as they come.

    Args:
        returned: a value, `Output`, `MaterializeResult`, None, a tuple or dict of these, a generator, a coroutine or an
            asynchronous generator.
        node: whose function returned it.
        step: which of the node's assets were asked for.

    Raises:
        ExecutionError: it is not clear which asset is meant, or a value was returned where none may be.
    """
    reader = _Reader(node, step)
    if isinstance(returned, types.CoroutineType | types.AsyncGeneratorType):
        returned = _await(returned)
    if isinstance(returned, types.GeneratorType):
        return reader.yielded(returned)
    return iter(reader.returned(returned))


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
    def __init__(self, node: AssetsDefinition, step: Step) -> None:
        self._node = node
        self._by_name = {output.name: output for output in step.outputs}
        self._by_key = {output.key: output for output in step.outputs}
        self._stores_nothing = node.outputs[0].stores_nothing

    def yielded(self, generator: Iterator[Any]) -> Iterator[Made]:
        for item in generator:
            if isinstance(item, Output | MaterializeResult):
                yield self._result(item)
            else:
                raise self._error(
                    f"yielded a {type(item).__name__}", "yield Output(value, ...) or MaterializeResult(...)"
                )

    def returned(self, value: Any) -> list[Made]:
        if isinstance(value, Output | MaterializeResult):
            return [self._result(value)]
        if len(self._node.outputs) == 1:
            return [self._plain(next(iter(self._by_name.values())), value)]
        if value is None:
            return self._nothing()
        if isinstance(value, Mapping):
            return self._by_names(value)
        if isinstance(value, tuple | list):
            return self._by_position(value)
        raise self._error(
            f"returned a {type(value).__name__} for {len(self._by_name)} assets",
            "return a tuple or a dict, or yield an Output for each",
        )

    def _nothing(self) -> list[Made]:
        """None for several assets: with `-> None` all were made and none stores a value; without, none was made."""
        return [Made(output=output) for output in self._by_name.values()] if self._stores_nothing else []

    def _by_names(self, values: Mapping[str, Any]) -> list[Made]:
        unknown = [name for name in values if name not in self._by_name]
        if unknown:
            raise self._error(
                f"returned a dict with {unknown[0]!r}, which is no output of it",
                did_you_mean(str(unknown[0]), self._by_name) or f"outputs: {', '.join(self._by_name)}",
            )
        return [self._item(self._by_name[name], value) for name, value in values.items()]

    def _by_position(self, values: tuple[Any, ...] | list[Any]) -> list[Made]:
        if all(isinstance(value, MaterializeResult) for value in values):
            return [self._result(value) for value in values]
        if len(values) != len(self._by_name):
            raise self._error(
                f"returned {len(values)} values for {len(self._by_name)} assets",
                f"in this order: {', '.join(self._by_name)}",
            )
        return [self._item(output, value) for output, value in zip(self._by_name.values(), values, strict=True)]

    def _item(self, output: StepOutput, value: Any) -> Made:
        """A value at a known place; an `Output` there need not name it."""
        if isinstance(value, Output):
            return self._made(output, value, value.value)
        if isinstance(value, MaterializeResult):
            return self._result(value)
        return self._plain(output, value)

    def _plain(self, output: StepOutput, value: Any) -> Made:
        if not self._stores_nothing:
            return Made(output=output, value=value)
        if value is None:
            return Made(output=output)
        raise self._error(
            f"returned a {type(value).__name__}, but its annotation says that nothing is stored",
            "change the return annotation",
        )

    def _result(self, result: Output[Any] | MaterializeResult[Any]) -> Made:
        if isinstance(result, Output):
            return self._made(self._output_of(result), result, result.value)
        return self._made(self._output_of_key(result), result, result.value)

    def _made(self, output: StepOutput, result: Output[Any] | MaterializeResult[Any], value: Any) -> Made:
        version: DataVersion | None = result.data_version
        return Made(
            output=output,
            value=value,
            metadata=result.recorded_metadata,
            tags=result.tags or {},
            data_version=None if version is None else version.value,
        )

    def _output_of(self, result: Output[Any]) -> StepOutput:
        name = result.output_name
        if len(self._node.outputs) == 1 and name in ("result", None):
            return next(iter(self._by_name.values()))
        found = self._by_name.get(name or "")
        if found is None:
            raise self._error(f"made an Output for {name!r}", f"output_name= one of {', '.join(self._by_name)}")
        return found

    def _output_of_key(self, result: MaterializeResult[Any]) -> StepOutput:
        if result.asset_key is None:
            if len(self._node.outputs) == 1:
                return next(iter(self._by_name.values()))
            raise self._error(
                "made a MaterializeResult without asset_key", f"asset_key= one of {', '.join(self._by_key)}"
            )
        key = key_text(result.asset_key)
        # an output's name is accepted too: readers write it where name and key differ by a prefix
        found = self._by_key.get(key) or self._by_name.get(key)
        if found is None:
            raise self._error(
                f"made a MaterializeResult for `{key}`",
                did_you_mean(key, self._by_key) or f"it makes {', '.join(self._by_key)}",
            )
        return found

    def _error(self, what: str, hint: str) -> ExecutionError:
        return ExecutionError(f"`{self._node.name}` {what}", hint=hint, sources=(self._node.source,))
