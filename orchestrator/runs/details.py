"""Details that only programs look at: reported to `execute_in_process` and `materialize`, or worked out from events."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from orchestrator.definitions.metadata import AnyMetadataValue


class DetailKind(StrEnum):
    """What happened."""

    INPUT_LOADED = "input_loaded"
    INPUT_CHECKED = "input_checked"
    OUTPUT_CHECKED = "output_checked"
    OUTPUT_HANDLED = "output_handled"
    HOOK_SKIPPED = "hook_skipped"
    ASSET_PLANNED = "asset_planned"
    RESOURCES_STARTING = "resources_starting"
    RESOURCES_STARTED = "resources_started"
    RESOURCES_FAILED = "resources_failed"


class StepDetail(Struct, frozen=True, kw_only=True):
    """One detail of a step."""

    kind: DetailKind
    run_id: str
    timestamp: float
    #: None: it is about the whole run.
    step: str | None
    #: Of the input, output or hook; the key of the asset; the keys of the resources.
    name: str
    mapping_key: str | None = None
    #: The verdict of a type check.
    success: bool = True
    metadata: Mapping[str, AnyMetadataValue] = {}
    #: What the type check says, besides `metadata`.
    description: str | None = None
    #: What the function says about an output.
    output_metadata: Mapping[str, AnyMetadataValue] = {}
    #: The resource key of the IO manager.
    manager_key: str = ""
    #: The step and the output that an input was loaded from.
    upstream_step: str | None = None
    upstream_output: str | None = None
