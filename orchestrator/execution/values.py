"""Load the inputs of a step and store its outputs, through IO managers."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from orchestrator.definitions.ins_and_outs import DEFAULT_IO_MANAGER_KEY
from orchestrator.definitions.io import store_value
from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.metadata import AnyMetadataValue, plain_metadata
from orchestrator.definitions.ops import OpDefinition
from orchestrator.definitions.resources import Resources
from orchestrator.definitions.retries import Failure, RetryRequested
from orchestrator.definitions.runtime_types import NOTHING
from orchestrator.errors import HandleOutputError, LoadInputError, OrchestratorError
from orchestrator.execution.reporting import StepReport
from orchestrator.execution.results import Made
from orchestrator.execution.scope import RunScope
from orchestrator.planning.plan import Step, StepInput, ValueSource
from orchestrator.runs.details import DetailKind

if TYPE_CHECKING:
    import logging

_NO_RESOURCES = Resources({}, ())

MakeLog = Callable[[], "logging.Logger"]


class Stored(Struct, frozen=True):
    """What an IO manager says about a value it stored."""

    metadata: Mapping[str, AnyMetadataValue]
    #: Besides that of the output.
    events: list[Any]
    #: The resource key of the IO manager.
    manager_key: str


class _Upstream(NamedTuple):
    """Where the value of an input comes from, and what makes its context: few IO managers look at it."""

    step: str | None
    output: str | None
    context: Callable[[], OutputContext] | None


_NOTHING_UPSTREAM = _Upstream(None, None, None)


class StepValues:
    """Loads and stores the values of one step.

    Args:
        scope: the run in this process.
        step: the step.
        op: what it calls.
        make_log: gives the logger that IO managers may write to.
        report: told what IO managers say about what they load.
    """

    def __init__(self, scope: RunScope, step: Step, op: OpDefinition, make_log: MakeLog, report: StepReport) -> None:
        self._scope = scope
        self._step = step
        self._op = op
        self._make_log = make_log
        self._report = report
        self._resources = scope.resources((step.in_job, step.node))

    def load(self, one: StepInput) -> Any:
        """The value of an input: an asset's, another step's, a list of several, or what an input manager has for it.

        Raises:
            LoadInputError: an IO manager raised; the cause is what it raised.
        """
        if one.key:
            return self._load_asset(one)
        if not one.values and not one.fan_in:  # the input has an IO manager of its own, and nothing feeds it
            return self._load(one, one.io_manager_key, self._resources, _NOTHING_UPSTREAM, None)
        values = [self._load_value(one, source) for source in one.values]
        return values if one.fan_in else values[0]

    def load_asset(self, key: str) -> Any:
        """The stored value of any asset.

        Raises:
            LoadInputError: an IO manager raised; the cause is what it raised.
        """
        made = self._scope.asset_output(key)
        manager = made[1].io_manager_key if made else DEFAULT_IO_MANAGER_KEY
        return self._load_asset(StepInput(name=key, key=key, loads=True, io_manager_key=manager))

    def store(self, made: Made, metadata: Mapping[str, AnyMetadataValue]) -> "Stored":
        """Store the value of an output.

        Returns:
            What the IO manager says about the value.

        Raises:
            HandleOutputError: the IO manager raised; the cause is what it raised.
        """
        output, out = made.output, self._op.outs[made.output.name]
        key, definition = out.io_manager_key, out.metadata
        asset_spec = None
        asset = self._scope.asset_output(output.key) if output.key else None
        if asset is not None:
            asset_spec, key = asset[1].spec, asset[1].io_manager_key
            definition = asset_spec.metadata
        context = OutputContext(
            asset_key=_key_of(asset, output.key),
            name=output.name,
            step_key=self._step.key,
            mapping_key=made.mapping_key,
            run_id=self._scope.request.run_id,
            job_name=self._scope.request.job,
            definition_metadata=definition,
            output_metadata=metadata,
            dagster_type=out.dagster_type,
            config=self._scope.output_config(self._step, output.name),
            resource_config=self._scope.resource_config(key),
            resources=self._visible(key),
            op_def=self._op,
            asset_spec=asset_spec,
            make_log=self._make_log,
        )
        manager = self._scope.io_manager(key, self._resources)
        try:
            store_value(manager, context, made.value)
        except (Failure, RetryRequested):
            raise
        except Exception as error:
            raise _wrapped(HandleOutputError, f"output `{output.name}` of `{self._step.key}`", error) from error
        return Stored(context.consume_logged_metadata(), list(context.consume_events()), key)

    def _load_asset(self, one: StepInput) -> Any:
        asset = self._scope.asset_output(one.key)
        resources = self._resources
        if one.io_manager_key not in resources and asset is not None:
            resources = self._scope.resources((False, asset[0].name))
        upstream = _Upstream(
            step=None if asset is None else asset[0].name,
            output="result" if asset is None else asset[1].name,
            context=partial(self._stored_asset, one, asset),
        )
        return self._load(one, one.io_manager_key, resources, upstream, _key_of(asset, one.key))

    def _stored_asset(self, one: StepInput, asset: Any) -> OutputContext:
        """What is known of the value of an asset."""
        op = asset[0].node if asset is not None and isinstance(asset[0].node, OpDefinition) else None
        return OutputContext(
            asset_key=_key_of(asset, one.key),
            name="result" if asset is None else asset[1].name,
            step_key=None if asset is None else asset[0].name,
            run_id=self._scope.request.run_id,
            job_name=self._scope.request.job,
            definition_metadata=plain_metadata(one.metadata) if asset is None else asset[1].spec.metadata,
            dagster_type=None if op is None else op.outs[asset[1].name].dagster_type,
            resource_config=self._scope.resource_config(one.io_manager_key),
            resources=self._visible(one.io_manager_key),
            op_def=op,
            asset_spec=None if asset is None else asset[1].spec,
        )

    def _asset_input(self, one: StepInput, key: str) -> StepInput:
        """An input that takes the value of a step which is an asset."""
        made = self._scope.asset_output(key)
        manager = one.io_manager_key or (made[1].io_manager_key if made else DEFAULT_IO_MANAGER_KEY)
        return StepInput(name=one.name, key=key, loads=True, io_manager_key=manager)

    def _load_value(self, one: StepInput, source: ValueSource) -> Any:
        """The value of an output of another step, through the IO manager that stored it."""
        if source.asset:
            return self._load_asset(self._asset_input(one, source.asset))
        maker = self._scope.nodes.placed_at(self._step, source.step).op
        manager_key = one.io_manager_key or maker.outs[source.output].io_manager_key
        upstream = _Upstream(source.step, source.output, partial(self._stored_value, source, maker))
        return self._load(one, manager_key, self._resources, upstream, None)

    def _stored_value(self, source: ValueSource, maker: OpDefinition) -> OutputContext:
        """What is known of the value of an output of another step."""
        out = maker.outs[source.output]
        return OutputContext(
            name=source.output,
            step_key=source.step,
            mapping_key=source.mapping_key,
            run_id=source.run_id or self._scope.request.run_id,
            job_name=self._scope.request.job,
            definition_metadata=out.metadata,
            dagster_type=out.dagster_type,
            config=self._scope.output_config(self._step, source.output, source.step),
            resource_config=self._scope.resource_config(out.io_manager_key),
            resources=self._visible(out.io_manager_key),
            op_def=maker,
        )

    def _load(
        self,
        one: StepInput,
        manager_key: str,
        resources: Mapping[str, Any],
        upstream: "_Upstream",
        key: AssetKey | None,
    ) -> Any:
        own = self._op.ins.get(one.name)
        if own is not None and own.type is NOTHING:  # code asks for the value of an asset that the op only waits for
            own = None
        context = InputContext(
            asset_key=key,
            name=one.name,
            step_key=self._step.key,
            run_id=self._scope.request.run_id,
            job_name=self._scope.request.job,
            definition_metadata=self._input_metadata(one),
            upstream_output=upstream.context,
            dagster_type=None if own is None else own.dagster_type,
            config=self._scope.input_config(self._step, one.name),
            resource_config=self._scope.resource_config(manager_key),
            resources=self._visible(manager_key),
            op_def=self._op,
            instance=self._scope.instance,
            make_log=self._make_log,
        )
        manager = self._scope.io_manager(manager_key, resources)
        try:
            value = manager.load_input(context)
        except (Failure, RetryRequested):
            raise
        except Exception as error:
            raise _wrapped(LoadInputError, f"input `{one.name}` of `{self._step.key}`", error) from error
        for observation in context.consume_events():
            self._report.said(observation)
        if self._report.details_are_wanted and own is not None:
            self._report.detail(
                DetailKind.INPUT_LOADED,
                one.name,
                metadata=context.consume_logged_metadata(),
                manager_key=manager_key,
                upstream_step=upstream.step,
                upstream_output=upstream.output,
            )
        return value

    def _input_metadata(self, one: StepInput) -> Mapping[str, Any]:
        """What the definition of the step says about an input to the IO manager that loads it."""
        own = self._op.ins.get(one.name)
        if own is not None and own.metadata:
            return own.metadata
        if self._step.in_job:
            return {}
        inputs = self._scope.nodes.assets[self._step.node].inputs
        return next((item.metadata for item in inputs if item.name == one.name), {})

    def _visible(self, manager_key: str) -> Resources:
        """The resources that an IO manager requires."""
        required = self._scope.required_by((self._step.in_job, self._step.node), manager_key)
        return Resources(self._resources, required) if required else _NO_RESOURCES


def _key_of(asset: Any, text: str) -> AssetKey | None:
    """The key of an asset, which its definition holds if it is one of this location."""
    if asset is not None:
        return asset[1].spec.key  # type: ignore[no-any-return]
    return AssetKey(text) if text else None


def _wrapped(kind: type[LoadInputError | HandleOutputError], what: str, error: Exception) -> OrchestratorError:
    message = error.message if isinstance(error, OrchestratorError) else f"{type(error).__name__}: {error}"
    hint = error.hint if isinstance(error, OrchestratorError) else None
    verb = "load" if kind is LoadInputError else "store"
    return kind(f"cannot {verb} {what}: {message}", hint=hint)
