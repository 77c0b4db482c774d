"""The resources of a context that a test builds by hand."""

import contextlib
from collections.abc import Mapping
from typing import Any

from orchestrator.definitions.needed_resources import cleans_up
from orchestrator.definitions.resources import Resources
from orchestrator.errors import InvariantError
from orchestrator.execution.resources import build_resources


class BuiltResources:
    """Resources that are started when a context is built, and torn down when it is left.

    Args:
        resources: any objects and definitions of resources, by key.
        config: by key, as in run config.
        instance: told to the resources.
        builder: the function that builds the context, for messages.

    Raises:
        ConfigError: the config of some does not fit.
        ResourceError: one raised while it was started.
    """

    def __init__(
        self, resources: Mapping[str, Any] | None, config: Mapping[str, Any] | None, instance: Any, builder: str
    ) -> None:
        given = resources or {}
        self._builder = builder
        self._stack = contextlib.ExitStack()
        self._cleans_up = any(cleans_up(resource) for resource in given.values())
        started = self._stack.enter_context(build_resources(given, instance, config)) if given else None
        self._by_key: dict[str, Any] = {} if started is None else dict(vars(started))
        self._entered = False

    @property
    def by_key(self) -> Mapping[str, Any]:
        """What user code gets, by key.

        Raises:
            InvariantError: one of them cleans up at the end, and nothing says where that is.
        """
        if self._cleans_up and not self._entered:
            self._stack.close()
            raise InvariantError(
                "a resource of this context yields, and cleans up when the context is left",
                hint=f"with {self._builder}(...) as context: ...",
            )
        return self._by_key

    @property
    def attributes(self) -> Resources:
        """What user code gets, as attributes."""
        return Resources(self.by_key, self.by_key)

    def open(self, resources: Mapping[str, Any]) -> dict[str, Any]:
        """Start more resources, to be torn down with the others."""
        return dict(vars(self._stack.enter_context(build_resources(resources))))

    def enter(self) -> None:
        """Note that the end of the context will be said."""
        self._entered = True

    def close(self) -> None:
        """Tear them down."""
        self._stack.close()
