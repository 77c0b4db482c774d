"""An IO manager of the older kind, a function, with the fields of a class as its config."""

from abc import abstractmethod
from typing import Any

from orchestrator.definitions.configurable_resource import ConfigurableIOManagerFactory
from orchestrator.definitions.io_definitions import IOManagerDefinition
from orchestrator.definitions.resource_definitions import InitResourceContext


class ConfigurableLegacyIOManagerAdapter(ConfigurableIOManagerFactory[Any]):
    """A class whose fields are the config of an IO manager that a function makes: `wrapped_io_manager`."""

    @property
    @abstractmethod
    def wrapped_io_manager(self) -> IOManagerDefinition:
        """The IO manager."""
        raise NotImplementedError

    def create_io_manager(self, context: InitResourceContext) -> Any:
        """Make the IO manager from the fields."""
        return self.wrapped_io_manager(context.replace_config(context.resource_config))
