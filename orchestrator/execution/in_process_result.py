"""What `materialize` and `execute_in_process` return: a finished run, its events, and the values it made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.keys import CoercibleToAssetKey, key_text
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.results import NO_VALUE
from orchestrator.errors import DefinitionError, InvariantError, UnknownNameError
from orchestrator.planning.plan import RunPlan, Step
from orchestrator.runs.event_data import StepFailureData
from orchestrator.runs.event_view import EventView
from orchestrator.runs.records import Run, RunStatus

#: Step, output, mapping key.
ValueId = tuple[str, str, str | None]


class ExecuteInProcessResult:
    """What became of a run in this process.

    Args:
        run: the run's record.
        plan: what was to be done.
        events: everything that happened, in order.
        values: what was made.
        outputs: which step and output each output of the graph is, for a job of ops.
        job_def: the job, if one was run.
    """

    def __init__(
        self,
        run: Run,
        plan: RunPlan,
        events: Sequence[EventView],
        values: Mapping[ValueId, Any],
        outputs: Mapping[str, tuple[str, str]],
        job_def: Any = None,
    ) -> None:
        self.run = run
        self.all_events = list(events)
        self.job_def = job_def
        self._plan = plan
        self._values = values
        self._outputs = outputs

    @property
    def success(self) -> bool:
        """Whether every step ended well."""
        return self.run.status is RunStatus.SUCCESS

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self.run.run_id

    @property
    def all_node_events(self) -> list[EventView]:
        """The events of steps."""
        return [event for event in self.all_events if event.step_key is not None]

    @property
    def dagster_run(self) -> Any:
        """The run's record, as programs are shown it."""
        return spoken().view_run(self.run)

    def output_value(self, output_name: str = "result") -> Any:
        """The value of an output of the graph that was run; by mapping key if it is dynamic.

        Raises:
            InvariantError: the graph has no such output, or it was not made.
        """
        if output_name not in self._outputs:
            raise InvariantError(
                f"the graph has no output `{output_name}`", hint=did_you_mean(output_name, self._outputs)
            )
        step, output = self._outputs[output_name]
        return self._value(step, output, f"output `{output_name}`")

    def output_for_node(self, node_str: str, output_name: str = "result") -> Any:
        """The value of an output of an op or graph; by mapping key below a dynamic output.

        Args:
            node_str: the path of the op or graph: `outer.inner`.
            output_name: which output.

        Raises:
            InvariantError: there is no such node or output, or it was not made.
        """
        step, output = self._output_of(node_str, output_name)
        return self._value(step, output, f"output `{output_name}` of `{node_str}`")

    def asset_value(self, asset_key: CoercibleToAssetKey) -> Any:
        """The value of an asset, as its function returned it.

        Raises:
            UnknownNameError: the run was not asked for the asset, or it stored no value.
            InvariantError: the run failed to make it.
        """
        key = key_text(asset_key)
        for step in self._plan.steps:
            for output in step.outputs:
                if output.key == key:
                    return self._asset_value(step.key, output.name, key)
        unknown = DefinitionError if spoken().selections_are_definitions else UnknownNameError
        raise unknown(f"the run did not materialize `{key}`", hint=did_you_mean(key, self._plan.assets))

    def _asset_value(self, step: str, output: str, key: str) -> Any:
        if (step, output, None) not in self._values:
            raise InvariantError(f"the run did not materialize `{key}`: it failed, was skipped, or left it out")
        value = self._values[step, output, None]
        if value is NO_VALUE:
            if spoken().no_value_is_none:
                return None
            raise UnknownNameError(f"`{key}` was materialized without storing a value")
        return value

    def events_for_node(self, node_name: str) -> list[EventView]:
        """The events of the steps of an op or graph, by path."""
        return [event for event in self.all_events if event.step_key is not None and _is_of(event.step_key, node_name)]

    def filter_events(self, event_filter: Callable[[EventView], bool]) -> list[EventView]:
        """The events for which a function says True."""
        return [event for event in self.all_events if event_filter(event)]

    def is_node_success(self, node_str: str) -> bool:
        """Whether a step of a node succeeded."""
        return self._any(node_str, "STEP_SUCCESS")

    def is_node_failed(self, node_str: str) -> bool:
        """Whether a step of a node failed."""
        return self._any(node_str, "STEP_FAILURE")

    def is_node_skipped(self, node_str: str) -> bool:
        """Whether a step of a node was skipped."""
        return self._any(node_str, "STEP_SKIPPED")

    def is_node_untouched(self, node_str: str) -> bool:
        """Whether no step of a node was started or skipped."""
        return not self.events_for_node(node_str)

    def retry_attempts_for_node(self, node_str: str) -> int:
        """How often steps of a node were tried again."""
        return sum(event.event_type_value == "STEP_RESTARTED" for event in self.events_for_node(node_str))

    def get_asset_materialization_events(self) -> list[EventView]:
        """Every materialization, in order."""
        return self._of_type("ASSET_MATERIALIZATION")

    def get_asset_check_evaluations(self) -> list[Any]:
        """The evaluation of every asset check: there are none."""
        return []

    def get_asset_observation_events(self) -> list[EventView]:
        """Every observation, in order."""
        return self._of_type("ASSET_OBSERVATION")

    def asset_materializations_for_node(self, node_name: str) -> list[Any]:
        """The materializations by a node, in order."""
        return [
            event.step_materialization_data.materialization
            for event in self.events_for_node(node_name)
            if event.event_type_value == "ASSET_MATERIALIZATION"
        ]

    def asset_observations_for_node(self, node_name: str) -> list[Any]:
        """The observations by a node, in order."""
        return [
            event.asset_observation_data.asset_observation
            for event in self.events_for_node(node_name)
            if event.event_type_value == "ASSET_OBSERVATION"
        ]

    def get_step_success_events(self) -> list[EventView]:
        """Every success of a step, in order."""
        return self._of_type("STEP_SUCCESS")

    def get_step_failure_events(self) -> list[EventView]:
        """Every failure of a step, in order."""
        return self._of_type("STEP_FAILURE")

    def get_step_skipped_events(self) -> list[EventView]:
        """Every step that was skipped, in order."""
        return self._of_type("STEP_SKIPPED")

    def get_failed_step_keys(self) -> set[str]:
        """The names of the steps that failed."""
        return {event.step_key for event in self.get_step_failure_events() if event.step_key is not None}

    def failure_data_for_node(self, node_str: str) -> StepFailureData | None:
        """What is known of the failure of a step of a node; None if none failed."""
        failures = (event for event in self.events_for_node(node_str) if event.event_type_value == "STEP_FAILURE")
        found = next(failures, None)
        return None if found is None else found.step_failure_data

    def expectation_results_for_node(self, node_str: str) -> list[Any]:
        """The expectations that a node checked, in order."""
        return [
            event.step_expectation_result_data.expectation_result
            for event in self.events_for_node(node_str)
            if event.event_type_value == "STEP_EXPECTATION_RESULT"
        ]

    def get_run_failure_event(self) -> EventView:
        """The event that says that the run failed.

        Raises:
            InvariantError: it did not.
        """
        found = self._of_type("PIPELINE_FAILURE")
        if not found:
            raise InvariantError("the run did not fail")
        return found[0]

    def get_run_success_event(self) -> EventView:
        """The event that says that the run succeeded.

        Raises:
            InvariantError: it did not.
        """
        found = self._of_type("PIPELINE_SUCCESS")
        if not found:
            raise InvariantError("the run did not succeed")
        return found[0]

    def _of_type(self, kind: str) -> list[EventView]:
        return [event for event in self.all_events if event.event_type_value == kind]

    def _any(self, node: str, kind: str) -> bool:
        return any(event.event_type_value == kind for event in self.events_for_node(node))

    def _output_of(self, node: str, output: str) -> tuple[str, str]:
        """The step that makes an output of a node, and what that step calls it."""
        for step in self._plan.steps:
            if _path(step) == node:
                if any(one.name == output for one in step.outputs):
                    return step.key, output
                names = ", ".join(one.name for one in step.outputs)
                raise InvariantError(f"`{node}` has no output `{output}`", hint=f"it has {names}" if names else None)
        found = self._output_of_graph(node, output)
        if found is not None:
            return found
        known = [_path(step) for step in self._plan.steps]
        raise InvariantError(f"the run has no node `{node}`", hint=did_you_mean(node, known))

    def _output_of_graph(self, node: str, output: str) -> tuple[str, str] | None:
        """Follow an output of a nested graph down to the op that makes it."""
        graph = self._graph_at(node.split("."))
        if graph is None or output not in graph.outputs:
            return None
        path = node
        while hasattr(graph, "outputs"):
            ref = graph.outputs[output].ref
            path, output = f"{path}.{ref.node}", ref.output
            graph = graph.graph_nodes[ref.node].definition
        for step in self._plan.steps:
            if _path(step) == path:
                return step.key, output
        return None

    def _graph_at(self, parts: Sequence[str]) -> Any:
        if self.job_def is None:
            return None
        if self.job_def.selects_assets:
            found = [item for item in self.job_def.definitions.assets if getattr(item, "name", None) == parts[0]]
            graph, parts = (found[0].node if found else None), parts[1:]
        else:
            graph = self.job_def.graph
        for part in parts:
            if graph is None or part not in getattr(graph, "graph_nodes", {}):
                return None
            graph = graph.graph_nodes[part].definition
        return graph if hasattr(graph, "graph_nodes") else None

    def _value(self, step: str, output: str, what: str) -> Any:
        plain = self._values.get((step, output, None), NO_VALUE)
        if plain is not NO_VALUE:
            return plain
        by_key = dict(self._by_mapping_key(step, output))
        if by_key:
            return by_key
        if (step, output, None) in self._values:
            return None
        raise InvariantError(f"{what} was not made in this run")

    def _by_mapping_key(self, step: str, output: str) -> Iterator[tuple[str, Any]]:
        for (key, name, mapping_key), value in self._values.items():
            if name != output:
                continue
            if key == step and mapping_key is not None:
                yield mapping_key, value
            elif key.startswith(f"{step}["):
                yield key[len(step) + 1 : -1], value


def _path(step: Step) -> str:
    """What a user calls the op of a step: its path in the job, or from the asset's name on."""
    return step.key


def _is_of(step_key: str, node: str) -> bool:
    plain = step_key.partition("[")[0]
    return node in (step_key, plain) or plain.startswith(f"{node}.")
