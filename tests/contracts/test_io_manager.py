"""What holds for every IO manager orch ships."""

import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import orchestrator as dg
from orchestrator.definitions.io import IOManager
from orchestrator.errors import ExecutionError, StoredValueError


class Pickles(dg.UPathIOManager):
    extension = ".p"

    def dump_to_path(self, context: dg.OutputContext, obj: Any, path: Any) -> None:
        path.write_bytes(pickle.dumps(obj))

    def load_from_path(self, context: dg.InputContext, path: Any) -> Any:
        return pickle.loads(path.read_bytes())


@pytest.fixture(params=["filesystem", "fsspec", "memory", "upath"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> IOManager:
    made: dict[str, IOManager] = {
        "filesystem": dg.FilesystemIOManager(tmp_path),
        "fsspec": dg.FilesystemIOManager(f"memory://{tmp_path}"),
        "memory": dg.InMemoryIOManager(),
        "upath": Pickles(tmp_path),
    }
    return made[request.param]


def store(manager: IOManager, key: str, value: object) -> dg.OutputContext:
    context = dg.OutputContext(asset_key=dg.AssetKey(key))
    manager.handle_output(context, value)
    return context


def load(manager: IOManager, key: str) -> object:
    return manager.load_input(dg.InputContext(asset_key=dg.AssetKey(key)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(st.none() | st.integers() | st.text() | st.binary(), lambda x: st.lists(x) | st.tuples(x, x)))
def test_what_is_stored_is_loaded(manager: IOManager, value: object) -> None:
    store(manager, "a", value)
    assert load(manager, "a") == value


def test_the_last_value_wins(manager: IOManager) -> None:
    store(manager, "a", 1)
    store(manager, "a", 2)
    assert load(manager, "a") == 2


def test_keys_do_not_meet(manager: IOManager) -> None:
    keys = ["a", "a/b", "a.pickle/b", "a.pickle", "a.pickle_/b", "a/b/c", "a-b", "한글", "한글/a"]
    for number, key in enumerate(keys):
        store(manager, key, number)
    assert [load(manager, key) for key in keys] == list(range(len(keys)))


def test_values_of_no_asset_belong_to_their_run_and_meet_no_asset(manager: IOManager) -> None:
    outputs = [
        dg.OutputContext(run_id=run, step_key=step, name="result", mapping_key=mapping)
        for run in ("r1", "r2")
        for step, mapping in (("a", None), ("b.c", None), ("d", "k1"), ("d", "k2"), ("e[k1]", None))
    ]
    for number, output in enumerate(outputs):
        manager.handle_output(output, number)
    store(manager, "r1/a/result", "asset")
    loaded = [manager.load_input(dg.InputContext(name="x", upstream_output=output)) for output in outputs]
    assert loaded == list(range(len(outputs)))
    assert load(manager, "r1/a/result") == "asset"
    missing = dg.OutputContext(run_id="r3", step_key="a", name="result")
    with pytest.raises(StoredValueError, match=r"`a\.result`"):
        manager.load_input(dg.InputContext(name="x", upstream_output=missing))


def test_nothing_stored_is_an_error_that_says_what_to_do(manager: IOManager) -> None:
    with pytest.raises(ExecutionError) as caught:
        load(manager, "a/b")
    assert "`a/b`" in caught.value.message
    assert caught.value.hint


class Unpicklable:
    def __reduce__(self) -> str:
        raise TypeError("not today")


def test_a_value_that_cannot_be_stored_leaves_the_old_one(tmp_path: Path) -> None:
    manager = dg.FilesystemIOManager(tmp_path)
    store(manager, "a", 1)
    with pytest.raises(ExecutionError, match="cannot be pickled: not today"):
        store(manager, "a", [1, Unpicklable()])
    assert load(manager, "a") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.pickle"]


def test_a_value_that_cannot_be_read_back(tmp_path: Path) -> None:
    manager = dg.FilesystemIOManager(tmp_path)
    (tmp_path / "a.pickle").write_bytes(b"\x80\x05cno_such_module\nX\n.")
    with pytest.raises(ExecutionError, match="cannot be read back"):
        load(manager, "a")
    (tmp_path / "b.pickle").mkdir()
    with pytest.raises(ExecutionError, match="cannot read"):
        load(manager, "b")


def test_the_path_is_recorded_and_a_value_can_be_removed(tmp_path: Path) -> None:
    manager = dg.FilesystemIOManager(tmp_path)
    context = store(manager, "a/b", 1)
    assert context.get_logged_metadata()["path"].value == str(tmp_path / "a/b.pickle")
    assert manager.remove(["a", "b"])
    assert not manager.remove(["a", "b"])
