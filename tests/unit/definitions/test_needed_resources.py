"""Which resources need which."""

import pytest

import orchestrator as dg
from orchestrator.definitions.needed_resources import check_own_resources, cleans_up, needed_resources
from orchestrator.errors import CycleError, InvariantError, MissingResourceError


def one(*required: str) -> dg.ResourceDefinition:
    return dg.ResourceDefinition(lambda _: 1, required_resource_keys=set(required))


def test_what_requires_nothing_comes_first_by_name() -> None:
    resources = {"z": one(), "m": one("x"), "b": one(), "x": one(), "a": one("m"), "unused": one()}
    assert needed_resources(resources, ["a", "b", "z"]) == ["b", "x", "z", "m", "a"]


def test_what_is_missing_or_a_circle_is_named() -> None:
    with pytest.raises(MissingResourceError, match="`y`, which resource `x` requires"):
        needed_resources({"x": one("y")}, ["x"])
    with pytest.raises(CycleError, match="`x` -> `y` -> `x`"):
        needed_resources({"x": one("y"), "y": one("x")}, ["x"])
    with pytest.raises(InvariantError, match="job `j`: there is no resource `y`"):
        check_own_resources({"x": one("y")}, ["x"], "job `j`")


def test_what_cleans_up() -> None:
    class Box(dg.ConfigurableResource):
        n: int = 1

    class Closed(Box):
        def teardown_after_execution(self, context: dg.InitResourceContext) -> None: ...

    class Outer(dg.ConfigurableResource):
        inner: Box

    @dg.resource
    def made(_: object):
        yield 1

    assert [cleans_up(resource) for resource in (Box(), Closed(), Outer(inner=Box()), made, one(), 5)] == [
        False, True, True, True, False, False,
    ]  # fmt: skip


def test_two_assets_may_not_bring_two_resources_under_one_key() -> None:
    @dg.asset(resource_defs={"r": one()})
    def a() -> None: ...

    @dg.asset(resource_defs={"r": one()})
    def b() -> None: ...

    with pytest.raises(dg.DefinitionError, match="resource `r` of `b` is another than that of `a`"):
        dg.materialize([a, b])
    with pytest.raises(dg.InvocationError, match="brings resource `r` itself"):
        dg.materialize([a], resources={"r": 3})
