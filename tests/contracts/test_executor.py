"""What holds for every executor: the same jobs come to the same end, by the same events, with the same values."""

import json
import os
import pickle
import shutil
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from orchestrator.execution.captured_text import CapturedText
from orchestrator.execution.executors.settings import DASK, MULTIPROCESS, ExecutorSettings
from orchestrator.execution.tag_slots import TagLimit
from orchestrator.graph.selection import SelectionScope, read_selection
from orchestrator.instance import Instance
from orchestrator.launch import run_in_workspace
from orchestrator.planning.plan import RunPlan
from orchestrator.planning.planner import plan_job, plan_run
from orchestrator.runs.events import Event, LogsCaptured, LogWritten
from orchestrator.workspace.settings import Target, find_locations
from orchestrator.workspace.workspace import Workspace, open_workspace

JOBS = Path(__file__).with_name("executor_jobs")
EXAMPLES = Path(__file__).parents[2] / "example_projects"

REFERENCE = "in_process"
EXECUTORS = {
    REFERENCE: ExecutorSettings(),
    "one worker": ExecutorSettings(name=MULTIPROCESS, max_workers=1),
    "four workers": ExecutorSettings(name=MULTIPROCESS, max_workers=4),
    "spawned": ExecutorSettings(name=MULTIPROCESS, max_workers=2, fork=False),
    "isolated": ExecutorSettings(name=MULTIPROCESS, max_workers=2, isolate_steps=True),
    "recycled": ExecutorSettings(name=MULTIPROCESS, max_workers=2, max_steps_per_worker=2),
    # its own threads here; the tests of Dask have a real cluster
    "dask": ExecutorSettings(name=DASK, max_workers=2, cluster={"local": {"processes": False}}),
}
#: What differs from run to run, or says where a step ran.
_INCIDENTAL = {"run_id", "timestamp", "duration_s", "worker", "pid", "cpu_s", "peak_rss", "file", "wait_s"}


class Case(Struct, frozen=True, kw_only=True):
    """Something to run, and what must come of it besides being the same everywhere."""

    status: str
    #: A job of ops, or else a selection of assets.
    job: str = ""
    select: str = ""
    config: Mapping[str, Any] = {}
    fail_fast: bool = False
    #: What a step logs before a first Ctrl-C comes.
    interrupt_at: str = ""
    #: Whether one step runs after the other everywhere, so that what never ran is the same.
    one_by_one: bool = False
    #: Steps by how they end.
    ends: Mapping[str, str] = {}
    #: Values by their place.
    values: Mapping[str, Any] = {}


_WORD = {"ops": {"raw": {"config": {"word": "bye"}}}}

CASES = {
    "assets": Case(
        status="success",
        select="+by_a_graph or left or right",
        config=_WORD,
        values={"raw": [0, 10, 20, 30, 40], "read_from_json": 100, "by_a_graph": 201},
    ),
    "a resource of run config": Case(
        status="success",
        select="raw",
        config={"resources": {"factor": {"config": {"by": 2}}}},
        values={"raw": [0, 2, 4, 6, 8]},
    ),
    "an asset fails": Case(
        status="failure",
        select="raw+",
        config=_WORD,
        ends={"failing": "step_failed", "after_failing": "step_skipped", "beside_failing": "step_succeeded"},
    ),
    "optional assets": Case(
        status="success", select="+on_made or +on_left_out", ends={"on_left_out": "step_skipped"}, values={"on_made": 1}
    ),
    "dynamic outputs": Case(status="success", job="dynamic", values={".runs/RUN/total/result": 2 * 6 + 4}),
    "no dynamic outputs": Case(status="success", job="nothing_dynamic", values={".runs/RUN/total/result": 0}),
    "nested graphs and config": Case(
        status="success", job="nested", config={"ops": {"start": {"config": {"start": 3}}}}
    ),
    "optional outputs": Case(
        status="success",
        job="optional",
        config={"ops": {"sort_out": {"config": {"n": 3}}}},
        ends={"of_even": "step_skipped", "of_odd": "step_succeeded", "of_any": "step_succeeded"},
    ),
    "retries": Case(
        status="failure",
        job="retries",
        ends={"asks_for_another": "step_succeeded", "never_lucky": "step_failed", "doubled": "step_skipped"},
    ),
    "hooks": Case(status="failure", job="hooked", ends={"fails": "step_failed", "fine": "step_succeeded"}),
    "a broken hook": Case(status="success", job="with_a_broken_hook"),
    "fail fast": Case(
        status="failure",
        job="one_breaks",
        fail_fast=True,
        one_by_one=True,
        ends={"breaks": "step_failed", "plus_one": "step_skipped"},
    ),
    "a resource": Case(
        status="success",
        job="with_a_resource",
        config={"resources": {"opened": {"config": {"name": "me"}}}},
        values={".runs/RUN/uses_a_resource/result": "me"},
    ),
    "a value that cannot be stored": Case(
        status="failure", job="cannot_be_stored", ends={"lambda_maker": "step_failed"}
    ),
    "a run that is stopped": Case(
        status="canceled",
        job="waiting",
        interrupt_at="waiting",
        ends={"waits": "step_canceled", "total": "step_canceled"},
    ),
}
ACROSS = {
    "assets across": Case(status="success", select="+and_further", values={"and_further": 105 + 100}),
    "a failure across": Case(
        status="failure", select="+across_failing", ends={"failing": "step_failed", "across_failing": "step_skipped"}
    ),
}


class Workshop:
    """A workspace, and what came of each case under each executor.

    Args:
        files: of its locations.
        folder: for homes.
        project: where they are.
    """

    def __init__(self, files: Sequence[str], folder: Path, project: Path = JOBS) -> None:
        self._files = files
        self._project = project
        self._folder = folder
        self._workspace: Workspace | None = None
        self._seen: dict[tuple[str, str], Any] = {}

    def seen(self, case: Case, name: str, executor: str) -> dict[str, Any]:
        """What a case came to."""
        if EXECUTORS[executor].name == DASK:
            pytest.importorskip("distributed", reason="the extra `dask` is not installed")
        if (name, executor) not in self._seen:
            with _plain_streams():
                self._seen[name, executor] = self._run(case, executor)
        return self._seen[name, executor]

    def close(self) -> None:
        """End all workers."""
        if self._workspace is not None:
            self._workspace.close()

    def _run(self, case: Case, executor: str) -> dict[str, Any]:
        if self._workspace is None:
            self._workspace = open_workspace(find_locations(Target(files=tuple(self._files)), self._project))
        workspace = self._workspace
        assert not workspace.failures
        home = self._folder / f"{executor}-{len(self._seen)}"
        settings = EXECUTORS[executor]
        if case.one_by_one:
            settings = msgspec.structs.replace(settings, tag_limits=(TagLimit(key="all", limit=1),))
        return observe(_plan(workspace, case), workspace, home, settings, case)


@contextmanager
def _plain_streams() -> Iterator[None]:
    """Streams as a program has them, where pytest has put its own."""
    with (
        open(1, "w", closefd=False) as out,
        open(2, "w", closefd=False) as err,
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        yield


def _plan(workspace: Workspace, case: Case) -> RunPlan:
    if case.job:
        location, job = workspace.graph.job(case.job)
        plan = plan_job(job, location, config=case.config)
    else:
        keys = read_selection(case.select).evaluate(SelectionScope(workspace.graph))
        plan = plan_run(workspace.graph, keys, materialized={}, selection=case.select, config=case.config)
    return plan


def observe(plan: RunPlan, workspace: Workspace, home: Path, settings: ExecutorSettings, case: Case) -> dict[str, Any]:
    """Run a plan and say what came of it."""

    def interrupt(event: Event) -> None:
        if isinstance(event, LogWritten) and event.message == case.interrupt_at:
            os.kill(os.getpid(), signal.SIGINT)

    with Instance.open(home) as instance:
        run = run_in_workspace(
            plan, workspace, instance, executor=settings, subscribers=[interrupt], fail_fast=case.fail_fast
        ).run
        text = CapturedText(instance.logs)
        events = [stored.event for stored in instance.store.events(run_id=run.run_id)]
        records = {
            key: (one.run_id == run.run_id, one.data_version, one.metadata, one.tags)
            for key, one in instance.store.materializations().items()
        }
    steps: dict[str, list[Any]] = {}
    for event in events:
        step = getattr(event, "step", None)
        if step is not None:
            steps.setdefault(step, []).append(_shown(event, text, run.run_id, str(home)))
    return {
        "status": str(run.status),
        "counts": (run.planned, run.materialized, run.failed, run.skipped),
        "steps": steps,
        "values": _values(instance.storage, run.run_id),
        "records": _plain(records, run.run_id, str(home)),
    }


def _shown(event: Event, text: CapturedText, run_id: str, home: str) -> Any:
    if isinstance(event, LogsCaptured):
        return ("said", text.text(event, "stdout"), text.text(event, "stderr"))
    data = msgspec.to_builtins(event)
    return _plain({name: value for name, value in data.items() if name not in _INCIDENTAL}, run_id, home)


def _plain(data: Any, run_id: str, home: str) -> Any:
    return json.loads(json.dumps(msgspec.to_builtins(data)).replace(run_id, "RUN").replace(home, "HOME"))


def _values(storage: Path, run_id: str) -> dict[str, Any]:
    return {
        str(path.relative_to(storage).with_suffix("")).replace(run_id, "RUN"): repr(pickle.loads(path.read_bytes()))
        for path in storage.rglob("*.pickle")
    }


def _ends(seen: Mapping[str, Any]) -> dict[str, str]:
    ends = ("step_succeeded", "step_failed", "step_skipped", "step_canceled")
    found = {}
    for step, events in seen["steps"].items():
        (found[step],) = (event["type"] for event in events if isinstance(event, dict) and event["type"] in ends)
    return found


def _check(case: Case, seen: dict[str, Any], reference: dict[str, Any]) -> None:
    assert seen["status"] == case.status, seen["steps"]
    assert {step: end for step, end in _ends(seen).items() if step in case.ends} == case.ends
    assert {place: seen["values"].get(place) for place in case.values} == {
        place: repr(value) for place, value in case.values.items()
    }
    for part, value in reference.items():
        assert seen[part] == value, part


@pytest.fixture(scope="module", autouse=True)
def json_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where the IO manager of the jobs keeps its files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JSON_FILES", str(tmp_path_factory.mktemp("json")))
        yield


@pytest.fixture(scope="module")
def one_location(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """The jobs of one location."""
    made = Workshop(["one.py"], tmp_path_factory.mktemp("one"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def two_locations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """The jobs of two locations."""
    made = Workshop(["one.py", "two.py"], tmp_path_factory.mktemp("two"))
    yield made
    made.close()


@pytest.mark.parametrize("executor", EXECUTORS)
@pytest.mark.parametrize("name", CASES)
def test_the_same_everywhere(one_location: Workshop, name: str, executor: str) -> None:
    reference = one_location.seen(CASES[name], name, REFERENCE)
    _check(CASES[name], one_location.seen(CASES[name], name, executor), reference)


@pytest.mark.parametrize("executor", EXECUTORS)
@pytest.mark.parametrize("name", ACROSS)
def test_the_same_across_locations(two_locations: Workshop, name: str, executor: str) -> None:
    reference = two_locations.seen(ACROSS[name], name, REFERENCE)
    _check(ACROSS[name], two_locations.seen(ACROSS[name], name, executor), reference)


# --- the example projects


@pytest.fixture(scope="module", params=["cakes", "cereals", "ratings"])
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """A copy of an example project."""
    folder = tmp_path_factory.mktemp("example") / request.param
    shutil.copytree(EXAMPLES / request.param, folder, ignore=shutil.ignore_patterns(".orch", "out", "__pycache__"))
    made = Workshop([], tmp_path_factory.mktemp("homes"), folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield made
    made.close()


@pytest.mark.parametrize("executor", EXECUTORS)
def test_the_examples_are_the_same_everywhere(example: Workshop, executor: str) -> None:
    case = Case(status="success", select="*")
    reference = example.seen(case, "all", REFERENCE)
    _check(case, example.seen(case, "all", executor), reference)
    assert len(reference["values"]) + len(reference["records"]) >= 3


@pytest.mark.parametrize("example", ["ratings"], indirect=True)
def test_a_job_of_the_examples(example: Workshop) -> None:
    case = Case(status="success", job="what_if")
    reference = example.seen(case, "what_if", REFERENCE)
    for executor in EXECUTORS:
        _check(case, example.seen(case, "what_if", executor), reference)
