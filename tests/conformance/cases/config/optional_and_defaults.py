import dagster as dg
from typing import Optional

from observe import fails, see
from pydantic import Field

# What is required, what is optional, and what a default is.


class Inner(dg.Config):
    x: int = 1
    y: Optional[str] = None


class Conf(dg.Config):
    required: int
    optional: Optional[int]
    with_default: Optional[int] = 5
    inner: Inner = Inner(x=10)
    inners: list[Inner] = []
    by_name: dict[str, Inner] = {}
    aliased: int = Field(default=0, alias="other")
    factory: list[int] = Field(default_factory=lambda: [1])
    maybe_inner: Optional[Inner] = None


@dg.op
def show(config: Conf):
    return [
        config.required,
        config.optional,
        config.with_default,
        [config.inner.x, config.inner.y],
        [i.x for i in config.inners],
        {k: v.y for k, v in config.by_name.items()},
        config.aliased,
        config.factory,
        config.maybe_inner.x if config.maybe_inner else None,
    ]


@dg.job
def j():
    show()


def run(label, **config):
    with fails(f"{label} raises"):
        see(label, j.execute_in_process({"ops": {"show": {"config": config}}}).output_for_node("show"))


run("least", required=1)
run("none", required=1, optional=None, with_default=None)
run("inner", required=1, inner={"y": "q"})
run("lists", required=1, inners=[{"x": 2}, {}], by_name={"a": {"y": "b"}})
run("alias", required=1, other=3)
run("name of alias", required=1, aliased=3)
run("none for required", required=None)
run("none for inner", required=1, inner=None)
run("float for int", required=1.0)
run("bool for int", required=True)
run("factory", required=1, factory=[])
run("maybe inner", required=1, maybe_inner={"x": 4})
