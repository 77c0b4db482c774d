"""What a process that runs steps is told of a run before them."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

#: A node of a location: whether it is a job, and its name.
NodeId = tuple[bool, str]


class RunRequest(Struct, frozen=True, kw_only=True):
    """Everything a process that has loaded a code location needs to know of a run before its steps."""

    run_id: str
    #: Folder for values of IO managers that have none of their own.
    storage: str
    job: str | None = None
    #: The location of the job.
    job_location: str = ""
    tags: Mapping[str, str] = {}
    config: Mapping[str, Any] = {}
    #: Whether steps are tried again, as their retry policies say.
    retries: bool = True
    #: The nodes that have steps in the run, and the paths of their ops, by location.
    nodes: Mapping[str, tuple[tuple[NodeId, tuple[str, ...]], ...]] = {}
