"""A context to call a resource with in a test."""

from collections.abc import Mapping
from typing import Any, Self

from orchestrator.definitions.resource_definitions import InitResourceContext
from orchestrator.execution.built_resources import BuiltResources


class BuiltInitResourceContext(InitResourceContext):
    """A context to call a resource with in a test; as a context manager, it tears down the resources it was given."""

    def __init__(self, config: Any, resources: Mapping[str, Any], instance: Any) -> None:
        self._built = BuiltResources(resources, None, instance, "build_init_resource_context")
        super().__init__(resource_config={} if config is None else config, config=config, instance=instance)

    @property
    def resources(self) -> Any:
        """The resources it was given, started.

        Raises:
            InvariantError: one of them cleans up at the end, and nothing says where that is.
        """
        return self._built.attributes

    @resources.setter
    def resources(self, _: Any) -> None:
        """They come from what the context was given."""

    def __enter__(self) -> Self:
        self._built.enter()
        return self

    def __exit__(self, *_: object) -> None:
        self._built.close()


def build_init_resource_context(
    config: Any = None, resources: Mapping[str, Any] | None = None, instance: Any = None
) -> BuiltInitResourceContext:
    """A context to call a resource with in a test.

    Args:
        config: the resource's config.
        resources: what it finds in `context.resources`; definitions are started.
        instance: where runs are recorded.
    """
    return BuiltInitResourceContext(config, resources or {}, instance)
