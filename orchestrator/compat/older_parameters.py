"""`@asset` and `@multi_asset` with the older names of their parameters."""

from collections.abc import Callable, Iterable
from typing import Any

from orchestrator.definitions import decorators
from orchestrator.errors import DefinitionError

_COMPUTE_KIND = "dagster/compute_kind"


def asset(compute_fn: Callable[..., Any] | None = None, **parameters: Any) -> Any:
    """Make a function an asset. See `orchestrator.asset`.

    Args:
        compute_fn: the function, when used without parentheses.
        parameters: those of `orchestrator.asset`, besides `compute_kind` and `non_argument_deps`.

    Raises:
        DefinitionError: a parameter is not valid, or given under both of its names.
    """
    if compute_fn is not None:
        return decorators.asset(compute_fn)
    return decorators.asset(**_current(parameters))


def multi_asset(**parameters: Any) -> Any:
    """Make a function compute several assets in one step. See `orchestrator.multi_asset`.

    Args:
        parameters: those of `orchestrator.multi_asset`, besides `compute_kind` and `non_argument_deps`.

    Raises:
        DefinitionError: a parameter is not valid, or given under both of its names.
    """
    return decorators.multi_asset(**_current(parameters))


def _current(parameters: dict[str, Any]) -> dict[str, Any]:
    """The same parameters under their current names."""
    kind: str | None = parameters.pop("compute_kind", None)
    deps: Iterable[Any] | None = parameters.pop("non_argument_deps", None)
    if kind is not None:
        if parameters.get("kinds"):
            raise DefinitionError(
                "compute_kind is the older way to say one kind, and kinds are given", hint="use kinds"
            )
        parameters["op_tags"] = {_COMPUTE_KIND: kind, **(parameters.get("op_tags") or {})}
    if deps is not None:
        if parameters.get("deps") is not None:
            raise DefinitionError("non_argument_deps and deps are the same parameter", hint="use deps")
        parameters["deps"] = list(deps)
    return parameters
