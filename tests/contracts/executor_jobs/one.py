"""Jobs that every executor must do alike."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orchestrator as dg

# --- assets


class Factor(dg.ConfigurableResource):
    by: int = 10


class Greeting(dg.Config):
    word: str = "hello"


class JsonFiles(dg.ConfigurableIOManager):
    folder: str

    def _path(self, context: dg.InputContext | dg.OutputContext) -> Path:
        return Path(self.folder, *context.asset_key.path).with_suffix(".json")

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        path = self._path(context)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(obj))
        context.add_output_metadata({"characters": len(json.dumps(obj))})

    def load_input(self, context: dg.InputContext) -> Any:
        return json.loads(self._path(context).read_text())


@dg.asset(code_version="7", tags={"tier": "raw"})
def raw(context: dg.AssetExecutionContext, config: Greeting, factor: Factor) -> dg.Output[list[int]]:
    print("said by print:", config.word)
    print("said to stderr", file=sys.stderr)
    context.log.info("said by context.log: %s", config.word)
    return dg.Output(
        [number * factor.by for number in range(5)],
        metadata={"word": config.word, "rows": 5, "shape": dg.MetadataValue.json({"a": [1, 2]})},
        data_version=dg.DataVersion("raw-1"),
        tags={"greeted": "yes"},
    )


@dg.asset(io_manager_key="json")
def stored_as_json(raw):
    return {"values": raw}


@dg.asset
def read_from_json(stored_as_json):
    return sum(stored_as_json["values"])


@dg.multi_asset(specs=[dg.AssetSpec("left", deps=[raw]), dg.AssetSpec("right", deps=[raw])])
def both_sides() -> Iterator[dg.MaterializeResult]:
    yield dg.MaterializeResult("left", metadata={"side": 1})
    yield dg.MaterializeResult("right", metadata={"side": 2})


@dg.op(tags={"all": "1"})
def doubled(x: int) -> int:
    return x * 2


@dg.op(tags={"all": "1"})
def plus_one(x: int) -> int:
    return x + 1


@dg.graph_asset
def by_a_graph(read_from_json):
    return plus_one(doubled(read_from_json))


@dg.asset
def failing(raw):
    raise dg.Failure("no luck", metadata={"tries": 3})


@dg.asset
def after_failing(failing):
    return failing


@dg.asset
def beside_failing(raw):
    return len(raw)


@dg.multi_asset(
    outs={
        "made": dg.AssetOut(is_required=False),
        "left_out": dg.AssetOut(is_required=False),
    }
)
def some_of_them(raw):
    yield dg.Output(1, output_name="made")


@dg.asset
def on_made(made):
    return made


@dg.asset
def on_left_out(left_out):
    return left_out


# --- ops


@dg.success_hook
def praise(context: dg.HookContext) -> None:
    context.log.info("well done, %s", context.op.name)


@dg.failure_hook
def console(context: dg.HookContext) -> None:
    context.log.warning("%s: %s", context.op.name, context.op_exception)


@dg.success_hook
def broken_hook(_context: dg.HookContext) -> None:
    raise RuntimeError("a hook that fails")


@dg.op(out=dg.DynamicOut(int))
def pieces() -> Iterator[dg.DynamicOutput[int]]:
    for number in range(4):
        yield dg.DynamicOutput(number, mapping_key=f"p{number}")


@dg.op(out=dg.DynamicOut(int))
def no_pieces() -> Iterator[dg.DynamicOutput[int]]:
    yield from ()


@dg.op
def total(numbers: list[int]) -> int:
    return sum(numbers)


@dg.graph
def twice_and_one(x):
    return plus_one(doubled(x))


@dg.job
def dynamic():
    total(pieces().map(lambda piece: plus_one(doubled(piece))).collect())


@dg.job
def nothing_dynamic():
    total(no_pieces().map(doubled).collect())


@dg.op(config_schema={"start": int})
def start(context: dg.OpExecutionContext) -> int:
    return context.op_config["start"]


@dg.job
def nested():
    twice_and_one.alias("outer")(twice_and_one(start()))


@dg.op(out={"even": dg.Out(int, is_required=False), "odd": dg.Out(int, is_required=False)}, config_schema={"n": int})
def sort_out(context: dg.OpExecutionContext) -> Iterator[dg.Output[int]]:
    number = context.op_config["n"]
    yield dg.Output(number, "odd" if number % 2 else "even")


@dg.job
def optional():
    even, odd = sort_out()
    doubled.alias("of_even")(even)
    doubled.alias("of_odd")(odd)
    total.alias("of_any")([even, odd])


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2))
def third_time_lucky(context: dg.OpExecutionContext) -> int:
    print("attempt", context.retry_number)
    if context.retry_number < 2:
        raise ValueError(f"attempt {context.retry_number}")
    return context.retry_number


@dg.op
def asks_for_another(context: dg.OpExecutionContext, x: int) -> int:
    if context.retry_number < 1:
        raise dg.RetryRequested(max_retries=1)
    return x


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def never_lucky(x: int) -> int:
    raise ValueError("never")


@dg.job
def retries():
    doubled(never_lucky(asks_for_another(third_time_lucky())))


@dg.op
def fails() -> int:
    raise KeyError("missing")


@dg.job(hooks={praise, console})
def hooked():
    plus_one(fails())
    plus_one.alias("fine")(total(pieces().collect()))


@dg.job(hooks={broken_hook})
def with_a_broken_hook():
    pieces()


@dg.op(tags={"all": "1"})
def begins() -> int:
    return 1


@dg.op(tags={"all": "1"})
def breaks(x: int) -> int:
    raise ValueError("broken")


@dg.job
def one_breaks():
    first = begins()
    breaks(first)
    doubled(plus_one(first))


@contextmanager
def _opened(context: dg.InitResourceContext) -> Iterator[list[str]]:
    yield [context.resource_config["name"]]


opened = dg.resource(config_schema={"name": dg.Field(str, default_value="nobody")})(_opened)


@dg.op(required_resource_keys={"opened"})
def uses_a_resource(context: dg.OpExecutionContext) -> str:
    return context.resources.opened[0]


@dg.job
def with_a_resource():
    uses_a_resource()


@dg.op(tags={"dagster/priority": "3"})
def lambda_maker() -> Any:
    return lambda: 1  # cannot be pickled


@dg.job
def cannot_be_stored():
    doubled(lambda_maker())


@dg.op
def waits(context: dg.OpExecutionContext) -> None:
    try:
        context.log.info("waiting")
        while True:
            pass
    except KeyboardInterrupt:
        print("interrupted")
        raise


@dg.job
def waiting():
    total([waits()])


defs = dg.Definitions(
    assets=[
        raw,
        stored_as_json,
        read_from_json,
        both_sides,
        by_a_graph,
        failing,
        after_failing,
        beside_failing,
        some_of_them,
        on_made,
        on_left_out,
    ],
    jobs=[
        dynamic,
        nothing_dynamic,
        nested,
        optional,
        retries,
        hooked,
        with_a_broken_hook,
        one_breaks,
        with_a_resource,
        cannot_be_stored,
        waiting,
    ],
    resources={
        "factor": Factor(),
        "json": JsonFiles(folder=dg.EnvVar("JSON_FILES")),
        "opened": opened,
    },
)
