"""Every case of the suite answers under orch's alias what Dagster answered, except where it says why not."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from suite import FIRST_LINE, Case, Player, cases, differences, facts, used_names

ALL = cases()
HAS_ALIAS = importlib.util.find_spec("orchestrator.compat") is not None


@pytest.fixture(scope="session")
def player() -> Iterator[Player]:
    player = Player(alias=True)
    yield player
    player.close()


@pytest.mark.skipif(not HAS_ALIAS, reason="the alias is not there yet")
@pytest.mark.parametrize("case", ALL, ids=str)
def test_answers_as_dagster_does(case: Case, player: Player) -> None:
    seen, why = player.play(case)
    wrong = differences(case, facts(case.area)[case.name], seen)
    assert not wrong, "\n".join([*wrong, why])


def test_every_case_starts_with_the_import() -> None:
    for case in ALL:
        assert case.path.read_text().splitlines()[0] == FIRST_LINE, case.path


@pytest.mark.parametrize("area", sorted({case.area for case in ALL}))
def test_facts_and_cases_belong_together(area: str) -> None:
    known = facts(area)
    assert set(known) == {case.name for case in ALL if case.area == area}, "run `make conformance`"
    assert all(known.values()), "a case without observations proves nothing"


@pytest.mark.skipif(not HAS_ALIAS, reason="the alias is not there yet")
def test_every_name_that_is_served_has_a_case_that_uses_it() -> None:
    from orchestrator.compat.names import served_names  # not there without the alias

    assert sorted(served_names() - used_names(ALL)) == []
