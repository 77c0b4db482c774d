"""What run config may say to an executor: `execution: {config: {...}}`."""

from orchestrator.definitions.config_scalars import ANYTHING, AnyConfig, Bool, Int, String
from orchestrator.definitions.config_schema import ConfigSchema
from orchestrator.definitions.config_types import Array, Field, Noneable, Permissive, Selector, Shape
from orchestrator.definitions.executors import ExecutorDefinition


def executor_schema(executor: ExecutorDefinition | None) -> ConfigSchema:
    """The config an executor takes.

    Args:
        executor: of the job; None for the one that is used where none is named.
    """
    name = "multi_or_in_process_executor" if executor is None else executor.kind
    if executor is not None and executor.config is not None:
        return AnyConfig(None)  # it has its config already
    if name == "in_process":
        return Field(_in_process())
    if name == "multiprocess":
        return Field(_multiprocess())
    if name == "multi_or_in_process_executor":
        return Field(Selector({"in_process": _in_process(), "multiprocess": _multiprocess()}))
    return AnyConfig(None)


def _in_process() -> Shape:
    return Shape({"retries": _retries(), "marker_to_close": Field(String, is_required=False)})


def _multiprocess() -> Shape:
    return Shape(
        {
            "max_concurrent": Field(Noneable(Int), default_value=None),
            "tag_concurrency_limits": Field(
                Noneable(Array(Shape({"key": String, "value": Field(ANYTHING, is_required=False), "limit": Int}))),
                is_required=False,
            ),
            "start_method": Field(Selector({"spawn": {}, "forkserver": Permissive()}), is_required=False),
            "retries": _retries(),
            # what only orch has
            "max_workers": Field(Int, is_required=False),
            "isolate_steps": Field(Bool, is_required=False),
            "max_steps_per_worker": Field(Int, is_required=False),
        }
    )


def _retries() -> Field:
    return Field(Selector({"enabled": {}, "disabled": {}}), default_value={"enabled": {}})
