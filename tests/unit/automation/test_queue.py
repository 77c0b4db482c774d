"""Which requests may run."""

from orchestrator.automation.queue import QueueLimits, admitted
from orchestrator.runs.requests import RunRequestData
from orchestrator.runs.ticks import RunRequestRecord


def request(name: str, job: str = "cakes", location: str = "bakery", **tags: str) -> RunRequestRecord:
    asked = RunRequestData(job=job, tags=tags)
    return RunRequestRecord(id=name, tick_id="t", location=location, name="s", run_id=name, request=asked)


def names(waiting: list[RunRequestRecord], running: list[RunRequestRecord], limits: QueueLimits) -> list[str]:
    return [one.id for one in admitted(waiting, running, limits)]


def test_so_many_in_all_the_oldest_first() -> None:
    waiting = [request("a"), request("b"), request("c")]
    assert names(waiting, [request("x")], QueueLimits(runs=3)) == ["a", "b"]
    assert names(waiting, [request("x")], QueueLimits(runs=1)) == []


def test_by_job_location_and_tag_and_who_may_not_keeps_nobody_waiting() -> None:
    waiting = [
        request("a"),
        request("b", "pies"),
        request("c", "pies", "shop"),
        request("d", db="x"),
        request("e", db="y"),
    ]
    by_job = QueueLimits(runs=9, named={"job:cakes": 1})
    assert names(waiting, [request("x")], by_job) == ["b", "c"]
    assert names(waiting, [], QueueLimits(runs=9, named={"location:bakery": 2})) == ["a", "b", "c"]
    assert names(waiting, [], QueueLimits(runs=9, named={"tag:db": 1})) == ["a", "b", "c", "d"]
    assert names(waiting, [request("x", db="y")], QueueLimits(runs=9, named={"tag:db=y": 1})) == ["a", "b", "c", "d"]
    assert names(waiting, [], QueueLimits(runs=9, named={"tag:db": 0})) == ["a", "b", "c"]
