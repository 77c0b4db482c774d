"""A function that makes several assets is called more than once where others come between them."""

import pytest

import orchestrator as dg
from orchestrator.errors import PlanError


def test_a_function_is_called_for_what_can_be_made() -> None:
    calls: list[list[str]] = []

    @dg.multi_asset(
        specs=[dg.AssetSpec("a"), dg.AssetSpec("c", deps=["b"]), dg.AssetSpec("e", deps=["d"]), dg.AssetSpec("x")],
        can_subset=True,
    )
    def outer(context: dg.AssetExecutionContext):  # type: ignore[no-untyped-def]
        calls.append(sorted(key.to_user_string() for key in context.selected_asset_keys))
        for key in sorted(context.selected_asset_keys):
            yield dg.MaterializeResult(asset_key=key)

    @dg.asset(deps=["a"])
    def b() -> None:
        calls.append(["b"])

    @dg.asset(deps=["c"])
    def d() -> None:
        calls.append(["d"])

    result = dg.materialize([outer, b, d])
    assert result.success
    assert calls == [["a", "x"], ["b"], ["c"], ["d"], ["e"]]
    assert [event.step_key for event in result.get_step_success_events()] == ["outer", "b", "outer_2", "d", "outer_3"]


def test_a_function_that_makes_all_at_once_is_in_a_circle() -> None:
    @dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("c", deps=["b"])])
    def outer() -> None: ...

    @dg.asset(deps=["a"])
    def b() -> None: ...

    with pytest.raises(PlanError, match="wait for each other"):
        dg.materialize([outer, b])
