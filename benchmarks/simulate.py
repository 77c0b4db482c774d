"""The coordinator of a run without any work: the pure state of a run, driven with made-up events.

    .venv/bin/python benchmarks/simulate.py                     1,000 workers, 1,000 to 1,000,000 steps
    .venv/bin/python benchmarks/simulate.py --steps 100000

Prints how many steps and events a second the state machine takes, and what it holds per step, besides the plan.
Each size and shape is measured in a process of its own.
"""

import argparse
import gc
import json
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from projects import upstream

from orchestrator.errors import SourceRef
from orchestrator.execution.state import Command, LaunchStep, RunState
from orchestrator.planning.plan import RunPlan, Step, StepInput, StepOutput, ValueSource
from orchestrator.runs.events import AssetMaterialized, Event, OutputProduced, StepStarted, StepSucceeded

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SHAPES = ("fan", "layered", "mapped")
#: Steps of a plan that is as wide as a cluster: layers of so many, each step needs two of the layer above.
WIDTH = 1_000


def steps(shape: str, count: int) -> Iterator[Step]:
    source = SourceRef(file="definitions.py", line=1)
    for number in range(count):
        names = [f"a{before}" for before in upstream(shape, number, WIDTH)]
        yield Step(
            key=f"a{number}",
            location="definitions.py",
            node=f"a{number}",
            source=source,
            inputs=tuple(StepInput(name=name, key=name, loads=True, in_run=True) for name in names),
            outputs=(StepOutput(name="result", key=f"a{number}"),),
            upstream=tuple(names),
        )


def mapped() -> tuple[Step, ...]:
    """A step with a dynamic output, one that is mapped over it, and one that collects; the middle one is many in the end."""
    common = {"location": "definitions.py", "in_job": True, "source": SourceRef(file="definitions.py", line=1)}
    split = Step(key="split", node="j", path="split", outputs=(StepOutput(name="part", dynamic=True),), **common)
    each = StepInput(name="part", loads=True, in_run=True, values=(ValueSource("split", "part"),))
    work = Step(
        key="work",
        node="j",
        path="work",
        inputs=(each,),
        outputs=(StepOutput(name="result"),),
        upstream=("split",),
        mapped_over="split",
        mapped_output="part",
        **common,
    )
    every = StepInput(
        name="parts", loads=True, in_run=True, fan_in=True, values=(ValueSource("work", "result", collect=True),)
    )
    return (split, work, Step(key="join", node="j", path="join", inputs=(every,), upstream=("work",), **common))


def resident() -> int:
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def told(step: Step, count: int) -> Iterator[Event]:
    """The events of a step that ends well."""
    common = {"run_id": "r", "timestamp": 0.0, "step": step.key}
    yield StepStarted(**common)
    for output in step.outputs:
        if output.key:
            yield AssetMaterialized(**common, asset=output.key)
        for number in range(count if output.dynamic else not output.key):
            yield OutputProduced(**common, output=output.name, mapping_key=str(number) if output.dynamic else None)
    yield StepSucceeded(**common, duration_s=0.0)


def simulate(shape: str, count: int, workers: int) -> dict[str, float]:
    """Drive a run of so many steps to its end; steps end in the order they were started."""
    plan = RunPlan(steps=mapped() if shape == "mapped" else tuple(steps(shape, count)))
    gc.collect()
    gc.freeze()
    before, began = resident(), time.process_time()
    state = RunState(plan, max_running=workers)
    running: deque[Step] = deque()

    def carry_out(commands: list[Command]) -> None:
        running.extend(command.step for command in commands if isinstance(command, LaunchStep))

    carry_out(state.start())
    ready = time.process_time()
    events = 0
    ended = 0
    while running:
        for event in told(running.popleft(), count):
            events += 1
            carry_out(state.handle(event))
        ended += 1
    assert state.finished
    assert ended == (count + 2 if shape == "mapped" else count)
    done = time.process_time()
    return {
        "begin_s": ready - began,
        "steps_per_s": count / (done - began),
        "events_per_s": events / (done - ready),
        "bytes_per_step": (resident() - before) / count,
        "plan_mib": before / 2**20,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, action="append", help="how many steps; may be repeated")
    parser.add_argument("--workers", type=int, default=1_000, help="how many run at once")
    parser.add_argument("--one", nargs=2, metavar=("SHAPE", "STEPS"), help="print one measurement as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(simulate(options.one[0], int(options.one[1]), options.workers)))
        return
    print("| shape | steps | to begin | steps/s | events/s | memory per step | with its plan |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for shape in SHAPES:
        for count in options.steps or SIZES:
            command = [sys.executable, __file__, "--one", shape, str(count), "--workers", str(options.workers)]
            one = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
            print(
                f"| {shape} | {count:,} | {one['begin_s']:.2f} s | {one['steps_per_s']:,.0f} | {one['events_per_s']:,.0f} |"
                f" {one['bytes_per_step']:,.0f} B | {one['plan_mib']:,.0f} MiB |",
                flush=True,
            )


if __name__ == "__main__":
    main()
