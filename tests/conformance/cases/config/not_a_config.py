import dagster as dg
from observe import fails

# Annotations a config parameter may not have.


class Plain:
    a: int = 1


with fails("class"):

    @dg.asset
    def a(config: Plain): ...


from pydantic import BaseModel


class Model(BaseModel):
    a: int = 1


with fails("pydantic model"):

    @dg.asset
    def b(config: Model): ...


with fails("field of a strange type"):

    class Strange(dg.Config):
        when: Plain

    @dg.asset
    def c(config: Strange): ...
