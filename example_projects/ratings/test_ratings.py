"""Tests as one writes them for a code location: functions called, graphs run with resources replaced."""

from pathlib import Path

import pytest
from definitions import (
    MarkdownFiles,
    Score,
    Weights,
    defs,
    load_cereals,
    rank_makers,
    ratings,
    score_maker,
    tell,
    what_if,
    winner,
)

import orchestrator as dg

ROWS = [
    {"name": "Oats", "mfr": "Q", "protein": "4", "fiber": "3", "sugars": "0"},
    {"name": "Loops", "mfr": "K", "protein": "1", "fiber": "0", "sugars": "13"},
    {"name": "Bran", "mfr": "K", "protein": "4", "fiber": "9", "sugars": "5"},
]


class Shelf:
    """Three cereals, after so many failures."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures

    def rows(self):
        self.failures -= 1
        if self.failures >= 0:
            raise OSError("no network")
        return ROWS


class Told(list[str]):
    """Keeps what people would be told."""

    send = list.append


@pytest.fixture
def resources(tmp_path: Path):
    return {"source": Shelf(), "notices": Told(), "reports": MarkdownFiles(folder=str(tmp_path))}


def test_an_op_is_a_function():
    assert score_maker(dg.build_op_context(), ROWS[1:], Weights()) == Score("Kelloggs", 2, 7.5, "Bran")
    assert load_cereals(source=Shelf()) == ROWS


def test_a_graph_runs_without_its_job():
    done = rank_makers.to_job(input_values={"cereals": ROWS}).execute_in_process()
    assert [score.maker for score in done.output_value()] == ["Quaker Oats", "Kelloggs"]
    assert set(done.output_for_node("score_maker")) == {"K", "Q"}


def test_the_job_takes_weights(resources, tmp_path):
    sweet = dg.RunConfig(ops={"rank_makers": {"ops": {"score_maker": Weights(sugars=10)}}})
    done = what_if.execute_in_process(run_config=sweet, resources=resources)
    assert done.output_for_node("rank_makers.rank")[0].maker == "Kelloggs"
    assert "| 1 | Kelloggs | 2 |" in (tmp_path / "what_if.md").read_text()
    assert resources["notices"] == ["what_if: a new report is ready"]


def test_a_source_that_fails_twice_is_asked_three_times(resources):
    done = what_if.execute_in_process(resources=resources | {"source": Shelf(failures=2)})
    assert done.retry_attempts_for_node("load_cereals") == 2
    with pytest.raises(dg.MaxRetriesExceededError, match="no network"):
        what_if.execute_in_process(resources=resources | {"source": Shelf(failures=9)})


def test_the_asset_is_made_by_the_same_ops(resources, tmp_path):
    done = dg.materialize([ratings, winner], resources=resources)
    assert done.asset_value("winner") == "Quaker Oats"
    assert (tmp_path / "ratings.md").exists()


def test_a_hook_is_a_function():
    notices = Told()
    tell(dg.build_hook_context(resources={"notices": notices}, job_name="a job"))
    assert notices == ["a job: a new report is ready"]


def test_everything_fits_together():
    dg.Definitions.validate_loadable(defs)
