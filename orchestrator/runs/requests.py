"""What a schedule or sensor asks for, as data that crosses processes."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class RunRequestData(Struct, frozen=True, kw_only=True):
    """A run that was asked for: of a job, or of assets."""

    #: What it is for; the first with a key is the only one, for ever.
    run_key: str | None = None
    #: Empty if it is for assets.
    job: str = ""
    #: Assets in the selection language; with a job, only these of its assets.
    selection: str = ""
    run_config: Mapping[str, Any] = {}
    tags: Mapping[str, str] = {}
    partition_key: str | None = None
