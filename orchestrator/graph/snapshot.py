"""What one code location defines, as plain frozen data.

A snapshot crosses process and interpreter boundaries, so it holds strings, numbers and tuples only, and says everything
listing, drawing, selecting and planning need. Assets are named by the text form of their key.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from orchestrator.definitions.metadata import AnyMetadataValue
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.errors import ErrorInfo, SourceRef


class Stores(StrEnum):
    """What is known, before it runs, about whether an asset stores a value."""

    #: Nothing contradicts it: a value goes through the IO manager.
    VALUE = "value"
    #: The function is annotated `-> None`, or only returns `MaterializeResult` without a value.
    NOTHING = "nothing"


class ValueHome(StrEnum):
    """Where an IO manager keeps values, as far as planning needs to know."""

    #: Below orch's home: a value exists if and only if a materialization is recorded.
    HOME = "home"
    #: In the memory of the process: gone with the run.
    MEMORY = "memory"
    #: Somewhere only the IO manager knows.
    ELSEWHERE = "elsewhere"


class InputSnapshot(Struct, frozen=True, kw_only=True):
    """One dependency of a node: an upstream asset, loaded or only waited for."""

    #: The function's parameter, or the upstream key for an order-only dependency.
    name: str
    #: Keys it may mean, best first: the same prefix, then no prefix.
    keys: tuple[str, ...]
    #: Whether the value is loaded and passed.
    loads: bool
    #: A parameter with a default value: a dependency only if the asset exists.
    optional: bool = False
    #: Resource that loads the value, if the definition names one.
    input_manager_key: str | None = None


class AssetSnapshot(Struct, frozen=True, kw_only=True):
    """One asset, computed by a node or external."""

    key: str
    source: SourceRef
    #: Name of the node's output; empty for an external asset.
    output: str = ""
    #: Upstream keys, if they differ from all the inputs of the node.
    deps: tuple[str, ...] | None = None
    group: str = "default"
    kinds: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    tags: Mapping[str, str] = {}
    description: str = ""
    metadata: Mapping[str, AnyMetadataValue] = {}
    code_version: str | None = None
    #: A run fails if a required output is not produced.
    required: bool = True
    stores: Stores = Stores.VALUE
    io_manager_key: str = "io_manager"
    value_home: ValueHome = ValueHome.HOME


class Demands(Struct, frozen=True, kw_only=True):
    """What an op asks of whoever runs it, besides its inputs."""

    tags: Mapping[str, str] = {}
    #: The concurrency pool that it takes a slot of; empty if none.
    pool: str = ""
    retry_policy: RetryPolicy | None = None
    #: How long an attempt may take, in seconds.
    timeout_s: float | None = None


class OpSource(Struct, frozen=True):
    """Where an input of an op gets a value from: an output of another op, an input of the whole graph, or an asset."""

    #: Path of the op; empty if it is none.
    op: str = ""
    output: str = ""
    #: All values of a dynamic output, as a list.
    collect: bool = False
    graph_input: str = ""
    asset: str = ""


class OpInputSnapshot(Struct, frozen=True, kw_only=True):
    """One input of an op in a graph."""

    name: str
    sources: tuple[OpSource, ...] = ()
    #: Whether the value is a list with one item per source.
    fan_in: bool = False
    #: Whether a value is loaded and passed, not only waited for.
    loads: bool = True
    has_default: bool = False
    #: Whether config may give the value.
    configurable: bool = True
    input_manager_key: str | None = None
    #: How its type is called.
    type: str = "Any"


class OpOutputSnapshot(Struct, frozen=True, kw_only=True):
    """One output of an op in a graph."""

    name: str
    required: bool = True
    dynamic: bool = False
    io_manager_key: str = "io_manager"
    #: The output of the whole graph that it is, if it is one.
    graph_output: str = ""


class OpSnapshot(Struct, frozen=True, kw_only=True):
    """One op of a flattened graph."""

    #: Names of the nodes on the way to it, joined by dots.
    path: str
    #: The name of its definition.
    op: str
    source: SourceRef
    inputs: tuple[OpInputSnapshot, ...] = ()
    outputs: tuple[OpOutputSnapshot, ...] = ()
    demands: Demands | None = None
    #: Keys of the resources that its function uses.
    resources: tuple[str, ...] = ()


class GraphSnapshot(Struct, frozen=True, kw_only=True):
    """A graph, flattened to its ops."""

    ops: tuple[OpSnapshot, ...]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    #: The IO managers of its ops that keep values in memory, which are gone with the run.
    in_memory: tuple[str, ...] = ()


class NodeSnapshot(Struct, frozen=True, kw_only=True):
    """An op or graph and the assets it computes."""

    #: Unique in its location.
    name: str
    source: SourceRef
    assets: tuple[AssetSnapshot, ...]
    inputs: tuple[InputSnapshot, ...] = ()
    #: Whether a run may ask for some of the assets only.
    can_subset: bool = False
    #: Whether it only looks at assets that are made elsewhere.
    observes: bool = False
    #: Of its op; None if it asks for nothing, or a graph computes the assets.
    demands: Demands | None = None
    #: The ops, if a graph computes the assets.
    graph: GraphSnapshot | None = None
    #: Keys of the resources that its functions use.
    resources: tuple[str, ...] = ()


class ExecutorChoice(Struct, frozen=True, kw_only=True):
    """An executor, by name, and its config."""

    name: str
    config: Any = None


class JobSnapshot(Struct, frozen=True, kw_only=True):
    """A named selection of assets, or a graph of ops."""

    name: str
    source: SourceRef
    #: In the selection language; empty for a graph.
    selection: str = ""
    #: The ops, if it is no selection of assets.
    graph: GraphSnapshot | None = None
    #: Inputs of the graph that the job gives values itself.
    given_inputs: tuple[str, ...] = ()
    description: str = ""
    #: Put on every run of the job.
    tags: Mapping[str, str] = {}
    executor: ExecutorChoice | None = None
    #: For ops without one.
    retry_policy: RetryPolicy | None = None


class ScheduleSnapshot(Struct, frozen=True, kw_only=True):
    """When runs are requested, and of what."""

    name: str
    source: SourceRef
    crons: tuple[str, ...]
    #: In which the cron strings are meant; empty means UTC.
    timezone: str = ""
    #: `job:NAME`, or assets in the selection language.
    target: str
    #: What holds until somebody starts or stops it: `running` or `stopped`.
    default_status: str = "stopped"
    description: str = ""
    #: Put on its runs, if its function says nothing else.
    tags: Mapping[str, str] = {}
    metadata: Mapping[str, AnyMetadataValue] = {}


class SensorSnapshot(Struct, frozen=True, kw_only=True):
    """What is looked at again and again, and of what runs are requested."""

    name: str
    source: SourceRef
    #: `standard`, `asset`, `multi_asset` or `run_status`.
    kind: str
    #: How long to wait between two evaluations, at least, in seconds.
    interval_s: int
    #: `job:NAME`, or assets in the selection language; none if it requests nothing.
    targets: tuple[str, ...] = ()
    #: What holds until somebody starts or stops it: `running` or `stopped`.
    default_status: str = "stopped"
    description: str = ""
    tags: Mapping[str, str] = {}
    metadata: Mapping[str, AnyMetadataValue] = {}


class Lint(Struct, frozen=True, kw_only=True):
    """Something that is allowed and probably not meant; `orch check` shows it."""

    message: str
    source: SourceRef
    hint: str | None = None


class LocationSnapshot(Struct, frozen=True, kw_only=True):
    """Everything one code location defines."""

    name: str
    nodes: tuple[NodeSnapshot, ...] = ()
    external: tuple[AssetSnapshot, ...] = ()
    jobs: tuple[JobSnapshot, ...] = ()
    schedules: tuple[ScheduleSnapshot, ...] = ()
    sensors: tuple[SensorSnapshot, ...] = ()
    #: Keys of the location's resources; always holds `io_manager`.
    resources: tuple[str, ...] = ("io_manager",)
    lints: tuple[Lint, ...] = ()
    executor: ExecutorChoice | None = None


class LoadFailure(Struct, frozen=True, kw_only=True):
    """A code location that could not be loaded, as a value: the others still work."""

    name: str
    message: str
    #: Stable code of the error class.
    code: str = "E200"
    hint: str | None = None
    sources: tuple[SourceRef, ...] = ()
    #: The exception of user code, where one was raised.
    error: ErrorInfo | None = None
