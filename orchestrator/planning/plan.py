"""The plan: what a run will do, as data. `--dry-run` shows the very object that would run."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from orchestrator.definitions.metadata import AnyMetadataValue
from orchestrator.errors import SourceRef
from orchestrator.graph.snapshot import Demands
from orchestrator.runs.past import DoneStep, template_of


class ValueSource(Struct, frozen=True):
    """An output of another step of the run."""

    step: str
    output: str
    #: Which of the values of a dynamic output.
    mapping_key: str | None = None
    #: All values: of a dynamic output, or of all copies of a step.
    collect: bool = False
    #: The asset that the output is, if it is one of those the run was asked for.
    asset: str = ""
    #: The earlier run that made the value; empty if it is this one.
    run_id: str = ""


class StepInput(Struct, frozen=True, kw_only=True):
    """What a step needs: an asset, values of other steps, or a value that config or the caller gives."""

    #: The op's input, or the key for an order-only dependency.
    name: str
    #: The asset; empty if it is none.
    key: str = ""
    #: Outputs of other steps, if it is no asset.
    values: tuple[ValueSource, ...] = ()
    #: Whether the value is a list with one item per source.
    fan_in: bool = False
    #: The input of the whole graph that it is, if its value is given from outside.
    graph_input: str = ""
    loads: bool
    #: Resource of the step's own location that loads the value.
    io_manager_key: str = "io_manager"
    #: Whether this run makes it.
    in_run: bool = False
    #: Where the upstream is defined.
    source: SourceRef | None = None
    #: Definition metadata of the upstream, for IO managers.
    metadata: Mapping[str, AnyMetadataValue] = {}


class StepOutput(Struct, frozen=True, kw_only=True):
    """What a step makes: an asset, or a value for other steps."""

    name: str
    #: The asset; empty if it is none.
    key: str = ""
    required: bool = True
    #: Any number of values, each with a mapping key.
    dynamic: bool = False
    #: Whether its value is kept in memory only, and gone when the run is over.
    in_memory: bool = False
    code_version: str | None = None


class Step(Struct, frozen=True, kw_only=True):
    """One call of one op."""

    #: Unique in the plan.
    key: str
    location: str
    #: The node's name in its location: of assets, or of a job of ops.
    node: str
    #: The path of the op in the node's graph; empty if the node is one op.
    path: str = ""
    #: Whether `node` names a job.
    in_job: bool = False
    source: SourceRef
    inputs: tuple[StepInput, ...] = ()
    outputs: tuple[StepOutput, ...] = ()
    #: Keys of the steps that must end well first.
    upstream: tuple[str, ...] = ()
    #: The step with the dynamic output that this one runs once per value of, and that output.
    mapped_over: str = ""
    mapped_output: str = ""
    #: Which of those values, in a copy.
    mapping_key: str | None = None
    #: Of the steps that could run, the one with the highest is first.
    priority: int = 0
    #: What it asks of whoever runs it; None if nothing.
    demands: Demands | None = None
    #: Assets of the same graph that later steps make and that need this one.
    leads_to: tuple[str, ...] = ()

    @property
    def at_stake(self) -> tuple[str, ...]:
        """The keys of the assets that fail if it fails: those it makes, and those of its graph that need it."""
        return self.assets + self.leads_to

    @property
    def assets(self) -> tuple[str, ...]:
        """The keys of the assets it makes."""
        return tuple([output.key for output in self.outputs if output.key])

    def copy_for(self, mapping_key: str, is_copied: Mapping[str, str]) -> "Step":
        """The copy of a mapped step for one value of the dynamic output.

        Args:
            mapping_key: which value.
            is_copied: the steps before it that are mapped over the same output, to the keys of their copies.
        """

        def source(one: ValueSource) -> ValueSource:
            if one.collect:
                return one
            if one.step == self.mapped_over and one.output == self.mapped_output:
                return ValueSource(one.step, one.output, mapping_key)
            return ValueSource(is_copied.get(one.step, one.step), one.output, one.mapping_key, asset=one.asset)

        return msgspec.structs.replace(
            self,
            key=f"{self.key}[{mapping_key}]",
            mapping_key=mapping_key,
            inputs=tuple(
                msgspec.structs.replace(one, values=tuple(source(value) for value in one.values)) for one in self.inputs
            ),
            upstream=tuple(is_copied.get(key, key) for key in self.upstream),
        )


class RunPlan(Struct, frozen=True, kw_only=True):
    """Steps in dependency order."""

    steps: tuple[Step, ...]
    job: str | None = None
    #: The location of the job.
    job_location: str = ""
    #: What was asked for, in the selection language.
    selection: str = ""
    #: Config of ops and resources, as it was given.
    config: Mapping[str, Any] = {}
    tags: Mapping[str, str] = {}
    #: What a person should know about how the request was read.
    notes: tuple[str, ...] = ()
    #: Steps, copies of mapped ones each, that an earlier run did: they are not run, and their values are loaded from it.
    done: Mapping[str, DoneStep] = {}
    #: The run that this one continues or repeats, and the first of them all; and what it repeats of its parent.
    parent_run_id: str | None = None
    root_run_id: str | None = None
    retry: str = ""

    @property
    def pending(self) -> Sequence[Step]:
        """The steps that are to run, a mapped one once."""
        if not self.done:
            return self.steps
        known = set(self.to_run)
        templates = {template_of(key) for key in known}
        return [step for step in self.steps if step.key in templates]

    @property
    def to_run(self) -> list[str]:
        """The keys of the steps that are to run, with the copies of mapped ones as far as they are known."""
        if not self.done:
            return [step.key for step in self.steps]
        found = []
        for step in self.steps:
            over = self.done.get(step.mapped_over) if step.mapped_over else None
            keys = [step.key]
            if over is not None:
                keys = [f"{step.key}[{key}]" for output, key in over.outputs if output == step.mapped_output]
            found += [key for key in keys if key not in self.done]
        return found

    @property
    def assets(self) -> tuple[str, ...]:
        """The keys of all assets it makes, in order."""
        return tuple([output.key for step in self.pending for output in step.outputs if output.key])
