"""Sensors that look whether assets were made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import isgenerator
from typing import Any, ClassVar

from orchestrator.definitions.automation import AutomationFunction
from orchestrator.definitions.functions import name_of, unwrap
from orchestrator.definitions.keys import AssetKey, key_text
from orchestrator.definitions.run_requests import RunRequest, SensorResult, SkipReason
from orchestrator.definitions.sensors import SensorDefinition, SensorType
from orchestrator.definitions.upward import fetch
from orchestrator.errors import ArgumentError, DefinitionError, InvariantError


class AssetSensorDefinition(SensorDefinition):
    """Requests runs when an asset was made. Its cursor is the number of the materialization it saw last.

    Args:
        name: of the sensor.
        asset_key: the asset.
        job_name: the job, by name.
        asset_materialization_fn: makes the run requests, of the context and the event of the newest materialization.
        parameters: those of `SensorDefinition`.

    Raises:
        DefinitionError: a parameter is not valid.
    """

    sensor_type: ClassVar[SensorType] = SensorType.ASSET

    def __init__(
        self,
        name: str,
        asset_key: AssetKey,
        job_name: str | None = None,
        asset_materialization_fn: Callable[..., Any] | None = None,
        **parameters: Any,
    ) -> None:
        if not isinstance(asset_key, AssetKey):
            raise ArgumentError(f"`asset_key` of sensor `{name}` is {asset_key!r:.60}", hint="AssetKey(...)")
        super().__init__(name, evaluation_fn=asset_materialization_fn, job_name=job_name, **parameters)
        self.asset_key = asset_key

    def evaluate(self, context: Any, resources: Mapping[str, Any]) -> Any:
        """What its function answers to the newest materialization, if that is new."""
        record = context.new_materialization(self.asset_key)
        if record is None:
            return SkipReason(f"`{key_text(self.asset_key)}` was not made since the last time")
        answer = self._written.call((context, record.event_log_entry), resources)
        answers = list(answer) if isgenerator(answer) else answer
        if any(isinstance(one, SensorResult) and one.cursor for one in _each(answers)):
            raise InvariantError(f"{self.where} answered with a cursor", hint="leave it out: it has its own")
        context.update_cursor(str(record.storage_id))
        return answers

    def __call__(self, *args: Any, **named: Any) -> Iterator[Any]:
        """What it answers, one after another, with a context made by `build_sensor_context`.

        Raises:
            InvocationError: there is none, or the arguments do not fit.
            MissingResourceError: the context lacks a resource.
        """
        context, resources = self._written.bind(args, named)
        return (one for one in _each(self.evaluate(context, resources)) if one is not None)


class MultiAssetSensorDefinition(SensorDefinition):
    """Looks at several assets. Its cursor says for each which materialization the function has dealt with.

    Args:
        name: of the sensor.
        monitored_assets: keys, or an `AssetSelection`.
        job_name: the job, by name.
        asset_materialization_fn: makes the run requests, of the context.
        request_assets: the assets it is for.
        parameters: those of `SensorDefinition`.

    Raises:
        DefinitionError: a parameter is not valid.
    """

    sensor_type: ClassVar[SensorType] = SensorType.MULTI_ASSET

    def __init__(
        self,
        name: str,
        monitored_assets: Any,
        job_name: str | None = None,
        asset_materialization_fn: Callable[..., Any] | None = None,
        request_assets: Any = None,
        **parameters: Any,
    ) -> None:
        super().__init__(
            name,
            evaluation_fn=asset_materialization_fn,
            job_name=job_name,
            asset_selection=request_assets,
            **parameters,
        )
        self.monitored_assets = check_monitored(monitored_assets, self.where)

    def evaluate(self, context: Any, resources: Mapping[str, Any]) -> Any:
        """What its function answers, which must say which materializations it has dealt with."""
        own = context.for_assets(self.monitored_assets)
        answer = self._written.call((own,), resources)
        answers = list(answer) if isgenerator(answer) else answer
        found = _each(answers)
        if any(isinstance(one, SensorResult) and one.cursor for one in found):
            raise InvariantError(f"{self.where} answered with a cursor", hint="context.advance_cursor(...)")
        asks = any(isinstance(one, RunRequest) or getattr(one, "run_requests", None) for one in found)
        if asks and not own.cursor_updated:
            raise DefinitionError(
                f"{self.where} requests runs and would request them again",
                hint="context.advance_all_cursors(), or advance_cursor(...)",
            )
        if own.cursor_updated:
            context.update_cursor(own.cursor)
        return answers


def asset_sensor(
    asset_key: AssetKey, *, name: str | None = None, **parameters: Any
) -> Callable[[Callable[..., Any]], AssetSensorDefinition]:
    """Make a function a sensor of an asset. It takes the context and the event of the newest materialization.

    Args:
        asset_key: the asset.
        name: of the sensor; the function's if left out.
        parameters: those of `SensorDefinition`.

    Raises:
        DefinitionError: a parameter is not valid.
    """

    def decorate(function: Callable[..., Any]) -> AssetSensorDefinition:
        chosen, written = _written(function, name, parameters)
        return AssetSensorDefinition(chosen, asset_key, asset_materialization_fn=written, **parameters)

    return decorate


def multi_asset_sensor(
    monitored_assets: Any, *, name: str | None = None, **parameters: Any
) -> Callable[[Callable[..., Any]], MultiAssetSensorDefinition]:
    """Make a function a sensor of several assets.

    Args:
        monitored_assets: keys, or an `AssetSelection`.
        name: of the sensor; the function's if left out.
        parameters: those of `SensorDefinition`, and `request_assets`: the assets it is for.

    Raises:
        DefinitionError: a parameter is not valid.
    """

    def decorate(function: Callable[..., Any]) -> MultiAssetSensorDefinition:
        chosen, written = _written(function, name, parameters)
        return MultiAssetSensorDefinition(chosen, monitored_assets, asset_materialization_fn=written, **parameters)

    return decorate


def check_monitored(monitored: Any, where: str) -> Any:
    """Keys of assets as a tuple, or an `AssetSelection`.

    Raises:
        ArgumentError: it is neither.
    """
    if isinstance(monitored, fetch("graph.selection", "AssetSelection")):
        return monitored
    if isinstance(monitored, str) or not isinstance(monitored, Sequence):
        raise ArgumentError(f"`monitored_assets` of {where} is {monitored!r:.60}", hint="a list of AssetKey")
    for key in monitored:
        if not isinstance(key, AssetKey):
            raise ArgumentError(f"`monitored_assets` of {where} holds {key!r:.60}", hint="AssetKey(...)")
    return tuple(monitored)


def _written(function: Callable[..., Any], name: str | None, parameters: Mapping[str, Any]) -> tuple[str, Any]:
    chosen = name or name_of(unwrap(function))
    required = parameters.get("required_resource_keys")
    return chosen, AutomationFunction(function, f"sensor `{chosen}`", required)


def _each(answers: Any) -> list[Any]:
    return list(answers) if isinstance(answers, list | tuple) else [answers]
