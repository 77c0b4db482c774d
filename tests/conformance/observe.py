"""What a case says it saw, as plain JSON; the same under Dagster and under orch's alias of it.

Depends on nothing but the standard library and whatever `import dagster` gives. A case calls `see`, `ran` and `fails`;
the player (`play.py`) empties `SEEN` before it and reads it after it.

Two equivalences are built in. Dagster's internal parameter checks (`CheckError` and its children) are no public names:
a user who passes a wrong argument learns that the definition is invalid, so they count as
`DagsterInvalidDefinitionError`. And the errors that wrap what user code raised are looked through: a failed step is
described by the class of the user's own exception.
"""

import builtins
import enum
import math
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

SEEN: dict[str, Any] = {}

CHECKS = {"CheckError", "ParameterCheckError", "ElementCheckError", "NotImplementedCheckError"}
WRAPPERS = {
    "DagsterExecutionStepExecutionError",
    "DagsterExecutionLoadInputError",
    "DagsterExecutionHandleOutputError",
    "DagsterTypeLoadingError",
    "DagsterResourceFunctionError",
    "DagsterUserCodeExecutionError",
    "HookExecutionError",
    "RetryRequestedFromPolicy",
}
SILENT = re.compile(r"ENGINE_EVENT|LOGS_CAPTURED|RESOURCE_INIT_\w+|STEP_WORKER_\w+|ASSET_MATERIALIZATION_PLANNED")
RUN_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
PATH = re.compile(rf"{re.escape(tempfile.gettempdir())}/[^\s'\"`,)]+")


def see(label: str, value: object) -> None:
    """Record a value under a label, which is used once per case."""
    if label in SEEN:
        raise LookupError(f"the case uses the label {label!r} twice")
    SEEN[label] = plain(value)


def ran(label: str, result: Any) -> None:
    """Record what a run did: success, steps, events in order, materializations, failures."""
    events = [event for event in result.all_events if not SILENT.fullmatch(event.event_type_value)]
    kept = {
        "success": result.success,
        "steps": list(dict.fromkeys(event.step_key for event in events if event.step_key)),
        "events": [[event.event_type_value, event.step_key] for event in events],
    }
    made = [_materialization(event) for event in events if event.event_type_value == "ASSET_MATERIALIZATION"]
    failed = [_failure(event) for event in events if event.event_type_value in ("STEP_FAILURE", "STEP_UP_FOR_RETRY")]
    see(label, kept | ({"materializations": made} if made else {}) | ({"failures": failed} if failed else {}))


def steps(result: Any) -> dict[str, list[str]]:
    """The event types of each step, for runs in which the order of steps is not the point."""
    found: dict[str, list[str]] = {}
    for event in result.all_events:
        if event.step_key and not SILENT.fullmatch(event.event_type_value):
            found.setdefault(event.step_key, []).append(event.event_type_value)
    return found


@contextmanager
def fails(label: str) -> Iterator[None]:
    """Record which error the block raises, or that it raises none."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - any error is an observation
        see(label, {"raised": error_name(type(error))})
    else:
        see(label, {"raised": None})


def error_name(error: type[BaseException]) -> str:
    """The most specific public name of an error: Dagster's, the case's own, or the builtin it comes from."""
    public = _public_errors()
    for base in error.__mro__:
        if base in public:
            return public[base]
        if base.__name__ in CHECKS:
            return "DagsterInvalidDefinitionError"
        if getattr(builtins, base.__name__, None) is base:
            return base.__name__
        if base.__module__.split(".")[0] not in ("dagster", "dagster_shared", "orchestrator"):
            return base.__name__
    return error.__name__


def _public_errors() -> dict[type, str]:
    dagster = sys.modules["dagster"]
    names = [name for name in dir(dagster) if name.startswith("Dagster") or name in ("Failure", "RetryRequested")]
    found = {getattr(dagster, name): name for name in names}
    return {cls: name for cls, name in found.items() if isinstance(cls, type) and issubclass(cls, BaseException)}


def _materialization(event: Any) -> dict[str, Any]:
    what = event.step_materialization_data.materialization
    tags = dict(what.tags or {})
    if "dagster/data_version_is_user_provided" not in tags:
        tags.pop("dagster/data_version", None)
    ours = {k: v for k, v in tags.items() if not k.startswith("dagster/") or k == "dagster/data_version"}
    return {
        "asset": plain(what.asset_key),
        "partition": what.partition,
        "description": what.description,
        "metadata": plain(what.metadata),
        "tags": ours,
    }


def _failure(event: Any) -> list[Any]:
    error = event.event_specific_data.error
    while error is not None and error.cls_name in WRAPPERS and error.cause is not None:
        error = error.cause
    name = error.cls_name if error is not None else None
    return [event.step_key, "DagsterInvalidDefinitionError" if name in CHECKS else name]


def plain(value: Any) -> Any:
    """A value as JSON: the same for both worlds whenever a user would call it the same."""
    kind = type(value).__name__
    if value is None or (isinstance(value, bool | int) and not isinstance(value, enum.Enum)):
        return value
    if isinstance(value, enum.Enum):
        return plain(value.value)
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": str(value)}
    if isinstance(value, str):
        return PATH.sub("<path>", RUN_ID.sub("<run id>", value))
    if isinstance(value, type):
        return error_name(value) if issubclass(value, BaseException) else {"class": value.__name__}
    if kind == "AssetKey":
        return "/".join(value.path)
    if kind.endswith("MetadataValue"):
        # A table is its own value.
        return {"kind": kind, "value": "itself" if value.value is value else plain(value.value)}
    if isinstance(value, BaseException):
        return {"error": error_name(type(value)), "text": plain(str(value))}
    return _collection(value, kind)


def _collection(value: Any, kind: str) -> Any:
    if isinstance(value, Mapping):
        return {_key(name): plain(item) for name, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=repr)
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return [plain(item) for item in value]
    if isinstance(value, Iterable) and not isinstance(value, bytes) and not hasattr(value, "_fields"):
        return [plain(item) for item in value]
    return {"object": kind} if not callable(value) else {"function": getattr(value, "__name__", kind)}


def _key(name: Any) -> str:
    found = plain(name)
    return found if isinstance(found, str) else repr(found)
