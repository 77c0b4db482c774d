"""IO managers: how values are stored and loaded."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Self

from orchestrator.definitions.results import AssetMaterialization, AssetObservation
from orchestrator.errors import InvariantError

if TYPE_CHECKING:
    from orchestrator.definitions.io_contexts import InputContext, OutputContext


class InputManager(ABC):
    """Loads the values of inputs."""

    @abstractmethod
    def load_input(self, context: "InputContext") -> Any:
        """Return the value that the context describes."""


class IOManager(InputManager):
    """Stores the values of outputs and loads them for the inputs that need them."""

    #: Where values are, as far as planning needs to know: `home` (below orch's home: there if and only if a
    #: materialization is recorded), `memory` (gone with the run) or `elsewhere`.
    value_home: str = "elsewhere"

    def within(self, storage: str) -> Self:  # noqa: ARG002  for those that keep values in orch's home
        """The IO manager to use in a run whose home keeps values below the folder `storage`."""
        return self

    @abstractmethod
    def handle_output(self, context: "OutputContext", obj: Any) -> None:
        """Store `obj` as the value that the context describes."""


def store_value(manager: Any, context: "OutputContext", obj: Any) -> None:
    """Let an IO manager store a value, and keep what it says about it in the context.

    `handle_output` may return or yield metadata (dicts) and events, besides calling methods of the context.

    Raises:
        InvariantError: it returned or yielded something else.
    """
    returned = manager.handle_output(context, obj)
    if returned is None:
        return
    for said in returned if isinstance(returned, Iterator) else (returned,):
        if isinstance(said, Mapping):
            context.add_output_metadata(said)
        elif isinstance(said, AssetMaterialization | AssetObservation):
            context.log_event(said)
        else:
            raise InvariantError(
                f"handle_output of {type(manager).__name__} returned {said!r:.60}",
                hint="return nothing, metadata (a dict) or an AssetMaterialization",
            )


def stores_values(resource: object) -> bool:
    """Whether a resource is an IO manager, or makes one when a run starts."""
    return _has(resource, "handle_output") and _has(resource, "load_input")


def loads_values(resource: object) -> bool:
    """Whether a resource can load inputs, or makes what can when a run starts."""
    return _has(resource, "load_input")


def takes_value_config(resource: object) -> bool:
    """Whether a resource may take config for single inputs and outputs: it is an `InputManagerDefinition`."""
    return isinstance(getattr(resource, "makes", None), tuple)


def _has(resource: object, method: str) -> bool:
    makes = getattr(resource, "makes", None)  # an `InputManagerDefinition`, whose module is not loaded for all
    if isinstance(makes, tuple):
        return method in makes
    kind = getattr(resource, "resource_cls", None)  # a class configured at launch
    if isinstance(kind, type):
        return hasattr(kind, method) or hasattr(kind, "create_io_manager")
    if isinstance(resource, type):
        return False
    return hasattr(resource, method) or hasattr(resource, "create_io_manager")
