"""Details of a step that only a test looks at: reported to `execute_in_process` and `materialize`, never stored."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from orchestrator.definitions.metadata import AnyMetadataValue
from orchestrator.definitions.runtime_types import PASSED, TypeCheck


class DetailKind(StrEnum):
    """What happened."""

    INPUT_LOADED = "input_loaded"
    INPUT_CHECKED = "input_checked"
    OUTPUT_CHECKED = "output_checked"
    OUTPUT_HANDLED = "output_handled"
    HOOK_SKIPPED = "hook_skipped"


class StepDetail(Struct, frozen=True, kw_only=True):
    """One detail of a step."""

    kind: DetailKind
    run_id: str
    timestamp: float
    step: str
    #: Of the input, output or hook.
    name: str
    mapping_key: str | None = None
    #: Of a type check.
    verdict: TypeCheck = PASSED
    metadata: Mapping[str, AnyMetadataValue] = {}
