import dagster as dg
from observe import fails, see

from abc import ABC, abstractmethod

# A resource asked for by its base class.


class Store(dg.ConfigurableResource, ABC):
    @abstractmethod
    def name(self) -> str: ...


class Disk(Store):
    path: str = "/d"

    def name(self) -> str:
        return self.path


@dg.asset
def a(store: Store):
    return store.name()


see("value", dg.materialize([a], resources={"store": Disk()}).output_for_node("a"))
with fails("abstract"):
    Store()
