"""What a step takes and makes, as a fingerprint: so that a later run can tell whether that changed."""

from collections.abc import Mapping
from zlib import crc32

from orchestrator.planning.plan import RunPlan, Step, StepInput


def wiring_of(plan: RunPlan) -> Mapping[str, str]:
    """The fingerprint of each step of a plan that is to run."""
    return {step.key: fingerprint(step) for step in plan.pending}


def fingerprint(step: Step) -> str:
    """The same for two steps with the same inputs from the same places, and the same outputs; code does not matter."""
    inputs = [_input(one) for one in step.inputs]
    if len(inputs) > 1:
        inputs.sort()
    outputs = [f"{output.name}={output.key}{'*' if output.dynamic else ''}" for output in step.outputs]
    return f"{crc32('|'.join((step.mapped_over, step.mapped_output, *inputs, '>', *outputs)).encode()):08x}"


def _input(one: StepInput) -> str:
    where = one.key
    if not where:
        where = ",".join(f"{value.step}.{value.output}{'*' if value.collect else ''}" for value in one.values)
        where = where or f"?{one.graph_input}"
    return f"{one.name}={where}{'' if one.loads else '-'}"
