"""Values of inputs that run config gives."""

import pickle
from pathlib import Path
from typing import Any

from orchestrator.definitions.config_nodes import GivenInput
from orchestrator.errors import LoadInputError


def read_given_input(given: GivenInput, context: Any = None) -> Any:
    """The value that run config gives to an input.

    Args:
        given: how it is given.
        context: what a loader of the input's type is called with.

    Raises:
        LoadInputError: a file cannot be read, or a loader raised; the cause is what was raised.
    """
    if given.how in ("list", "set"):
        parts = [read_given_input(one, context) for one in given.value]
        return set(parts) if given.how == "set" else parts
    if given.how == "dict":
        return {key: read_given_input(one, context) for key, one in given.value.items()}
    if given.how == "value":
        return given.value
    try:
        if given.how == "loader":
            loader, config = given.value
            return loader.function(context, config)
        content = Path(given.value).read_bytes()
        if given.how == "json":
            import json  # noqa: PLC0415  few inputs are given so

            return json.loads(content)["value"]  # under this key, as in Dagster
        return pickle.loads(content)  # noqa: S301  named by the user
    except Exception as error:
        what = "the loader of its type" if given.how == "loader" else f"reading {given.value}"
        raise LoadInputError(f"an input given by config has no value: {what} raised {type(error).__name__}") from error


def needs_context(given: GivenInput) -> bool:
    """Whether a loader of a type makes the value, or a part of it."""
    if given.how in ("list", "set"):
        return any(map(needs_context, given.value))
    return any(map(needs_context, given.value.values())) if given.how == "dict" else given.how == "loader"
