"""Jobs that are hard on workers."""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import orchestrator as dg

NOTES = Path(os.environ["NOTES"])

# how loading went before: tests ask for it to go differently in another process
LOADS = NOTES.with_name("loads")
with LOADS.open("a") as _file:
    _file.write("x")
if os.environ.get("LOADS_ONCE") and LOADS.read_text() != "x":
    raise ImportError("it loads only once")
if os.environ.get("HOLDS_A_FILE"):
    HELD = NOTES.with_name("held").open("w")


def note(text: str) -> None:
    file = os.open(NOTES, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{text}\n".encode())
    os.close(file)


def die(how: str) -> None:
    match how:
        case "signal":
            os.kill(os.getpid(), signal.SIGKILL)
        case "segfault":
            ctypes.string_at(0)
        case "exit":
            os._exit(3)
        case "raise":
            raise ValueError("raised")


AGAIN = dg.RetryPolicy(max_retries=1)


@dg.op(config_schema=str, retry_policy=AGAIN)
def dies_once(context: dg.OpExecutionContext) -> int:
    print("about to die")
    if context.retry_number == 0:
        die(context.op_config)
    return context.retry_number


@dg.job
def death_and_retry():
    dies_once()


@dg.op(config_schema=str)
def dies(context: dg.OpExecutionContext) -> None:
    die(context.op_config)


@dg.op(ins={"after": dg.In(dg.Nothing)})
def follows() -> None: ...


@dg.op
def is_unharmed() -> int:
    return 1


@dg.job
def death():
    follows(dies())
    is_unharmed()


@dg.op(tags={"orch/timeout": "0.2"})
def too_long() -> None:
    time.sleep(30)


@dg.job
def timeout():
    follows(too_long())


@dg.op(tags={"orch/timeout": "0.1"})
def stubborn() -> None:
    while True:
        try:
            time.sleep(30)
        except Exception:  # noqa: BLE001
            continue


@dg.job
def stubborn_timeout():
    stubborn()


@dg.op
def sleeps() -> None:
    time.sleep(30)


@dg.job(tags={"dagster/max_runtime": "0.5"})
def run_timeout():
    follows(sleeps())


@dg.op(out=dg.DynamicOut(int))
def six() -> Iterator[dg.DynamicOutput[int]]:
    for number in range(6):
        yield dg.DynamicOutput(number, mapping_key=f"k{number}")


@dg.op
def where(number: int) -> tuple[int, int]:
    return os.getpid(), os.getppid()


@dg.job
def places():
    six().map(where)


def _urgent(name: str, priority: int) -> Any:
    @dg.op(name=name, tags={"dagster/priority": str(priority)})
    def urgent() -> None: ...

    return urgent


@dg.job
def priorities():
    for name, priority in (("low", -1), ("none", 0), ("high", 5), ("middle", 2)):
        _urgent(name, priority)()


def square(number: int) -> int:
    return number * number


@dg.op
def uses_a_pool() -> list[int]:
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.map(square, range(5))


@dg.op
def forks() -> int:
    child = os.fork()
    if child == 0:
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@dg.op
def leaves_children() -> int:
    context = multiprocessing.get_context("fork")
    child = context.Process(target=time.sleep, args=(60,))
    child.start()
    note(f"child {child.pid}")
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


@dg.job
def children():
    uses_a_pool()
    forks()


@dg.job
def orphans():
    leaves_children()


@dg.op
def prints_much() -> None:
    for _ in range(3000):
        print("x" * 999)
    sys.stderr.write("y" * 1_000_000 + "\n")
    os.write(1, b"z" * 100_000)


@dg.job
def megabytes():
    prints_much()


class Color(StrEnum):
    RED = "red"


class Text(str):
    __slots__ = ()


class Number(int): ...


@dg.op(out=dg.DynamicOut())
def says_strange_things(context: dg.OpExecutionContext) -> Iterator[Any]:
    context.log.info(Text("strange"))
    context.log.info("with more", extra={"color": Color.RED, "function": lambda: 1})
    yield dg.AssetMaterialization(Text("thing"), metadata={Text("number"): Number(3), "color": Color.RED})
    yield dg.DynamicOutput(Number(1), mapping_key=Color.RED, metadata={"color": Color.RED})


@dg.op
def takes_one(value: Any) -> Any:
    return int(value)


@dg.job
def strange():
    says_strange_things().map(takes_one)


class StrangeError(Exception):
    def __init__(self, first: int, second: Any) -> None:
        super().__init__(Text("strange"))
        self.second = lambda: second

    def __reduce__(self) -> Any:
        raise TypeError("not to be pickled")


@dg.op
def raises_strangely() -> None:
    raise dg.Failure(Text("strange"), metadata={"number": Number(3)}) from StrangeError(1, 2)


@dg.job
def strange_failure():
    raises_strangely()


@dg.op
def breaks_into_the_debugger() -> None:
    breakpoint()  # noqa: T100


@dg.job
def debugger():
    breaks_into_the_debugger()


@dg.resource
def opened(_context: dg.InitResourceContext) -> Iterator[int]:
    note(f"up {os.getpid()}")
    try:
        ups = NOTES.read_text().count("up")
        if str(ups) == os.environ.get("FAILS_AT"):
            raise RuntimeError(f"no more than {ups - 1}")
        yield os.getpid()
    finally:
        note(f"down {os.getpid()}")


@dg.op(required_resource_keys={"opened"})
def uses_it(context: dg.OpExecutionContext, number: int) -> int:
    assert context.resources.opened == os.getpid()
    give_up = time.monotonic() + 5
    if os.environ.get("TOGETHER"):  # so that two workers are needed
        note(f"here {os.getpid()}")
        while NOTES.read_text().count("here") < 2 and time.monotonic() < give_up:
            time.sleep(0.005)
    return number


@dg.job
def with_resource():
    six().map(uses_it)


@dg.resource
def complains(_context: dg.InitResourceContext) -> Iterator[None]:
    yield
    raise RuntimeError("it does not close")


@dg.op(required_resource_keys={"complains"})
def uses_what_complains() -> None: ...


@dg.job
def complaint():
    uses_what_complains()


defs = dg.Definitions(
    jobs=[
        death_and_retry,
        death,
        timeout,
        stubborn_timeout,
        run_timeout,
        places,
        priorities,
        children,
        orphans,
        megabytes,
        strange,
        strange_failure,
        debugger,
        with_resource,
        complaint,
    ],
    resources={"opened": opened, "complains": complains},
)
