"""Values on a file system that is not this machine's."""

from pathlib import Path
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.errors import DefinitionError, ExecutionError, StoredValueError


class TextIOManager(dg.UPathIOManager):
    extension = ".txt"

    def dump_to_path(self, context: dg.OutputContext, obj: Any, path: Any) -> None:
        path.write_text(obj)

    def load_from_path(self, context: dg.InputContext, path: Any) -> Any:
        return path.read_text()

    def get_metadata(self, context: dg.OutputContext, obj: Any) -> dict[str, Any]:
        return {"length": len(obj)}


def names(url: str) -> list[str]:
    import s3fs

    return sorted(s3fs.S3FileSystem().find(url))


def test_pickles_in_a_bucket(bucket: str) -> None:
    @dg.asset(key_prefix="shop")
    def cakes() -> list[str]:
        return ["cheesecake", "생크림 케이크"]

    @dg.asset(ins={"cakes": dg.AssetIn(key_prefix="shop")})
    def count(cakes: list[str]) -> int:
        return len(cakes)

    manager = dg.FilesystemIOManager(base_dir=f"{bucket}/values")
    first = dg.materialize([cakes, count], resources={"io_manager": manager})
    assert first.asset_value("count") == 2
    (made,) = first.asset_materializations_for_node("shop__cakes")
    assert made.metadata["path"].value == "s3://bakery/values/shop/cakes.pickle"
    assert names(bucket) == ["bakery/values/count.pickle", "bakery/values/shop/cakes.pickle"]


def test_a_later_run_finds_what_an_earlier_one_stored(bucket: str) -> None:
    @dg.asset
    def cakes() -> list[str]:
        return ["cheesecake"]

    @dg.asset
    def count(cakes: list[str]) -> int:
        return len(cakes)

    resources = {"io_manager": dg.FilesystemIOManager(base_dir=bucket)}
    with dg.Instance.ephemeral() as instance:
        dg.materialize([cakes], resources=resources, instance=instance)
        later = dg.materialize([cakes, count], selection="count", resources=resources, instance=instance)
    assert later.asset_value("count") == 1


def test_nothing_stored_and_what_cannot_be_stored(bucket: str) -> None:
    manager = dg.FilesystemIOManager(base_dir=bucket)
    with pytest.raises(StoredValueError, match="nothing is stored for `a`"):
        manager.load_input(dg.InputContext(asset_key=dg.AssetKey("a")))
    context = dg.OutputContext(asset_key=dg.AssetKey("a"))
    with pytest.raises(ExecutionError, match="cannot be pickled"):
        manager.handle_output(context, lambda: 1)
    assert names(bucket) == []


def test_a_subclass_writes_where_its_base_path_is(bucket: str, tmp_path: Path) -> None:
    from upath import UPath

    for base in (
        f"{bucket}/texts",
        UPath(f"{bucket}/texts"),
        tmp_path,
        UPath(tmp_path),
        str(tmp_path),
        "memory://texts",
    ):
        manager = TextIOManager(base)
        stored = dg.OutputContext(asset_key=dg.AssetKey("a/b"))
        assert not manager.has_output(stored) or base != tmp_path
        manager.handle_output(stored, "flour")
        assert manager.has_output(stored)
        assert stored.get_logged_metadata()["length"] == dg.MetadataValue.int(5)
        assert manager.load_input(dg.InputContext(asset_key=dg.AssetKey("a/b"))) == "flour"
        assert manager.fs.exists(str(manager.get_path(stored)))
        manager.unlink(manager.get_path(stored))
        with pytest.raises(StoredValueError):
            manager.load_input(dg.InputContext(asset_key=dg.AssetKey("a/b")))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_package_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "upath", None)
    with pytest.raises(DefinitionError) as caught:
        dg.FilesystemIOManager(base_dir="s3://bakery")
    assert caught.value.hint == "pip install orchestrator[fsspec]"


def test_a_failed_write_leaves_the_old_value(tmp_path: Path) -> None:
    class Half(TextIOManager):
        def dump_to_path(self, context: dg.OutputContext, obj: Any, path: Any) -> None:
            path.write_text(obj)
            if obj == "bad":
                raise ValueError("half way")

    manager = Half(tmp_path)
    manager.handle_output(dg.OutputContext(asset_key=dg.AssetKey("a")), "good")
    with pytest.raises(ValueError, match="half way"):
        manager.handle_output(dg.OutputContext(asset_key=dg.AssetKey("a")), "bad")
    assert manager.load_input(dg.InputContext(asset_key=dg.AssetKey("a"))) == "good"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_value_may_be_a_folder_or_several_files(tmp_path: Path) -> None:
    class Folder(dg.UPathIOManager):
        def dump_to_path(self, context: dg.OutputContext, obj: Any, path: Any) -> None:
            path.mkdir()
            for name, text in obj.items():
                (path / name).write_text(text)
            path.with_name(f"{path.name}.index").write_text(" ".join(obj))

        def load_from_path(self, context: dg.InputContext, path: Any) -> Any:
            return {one.name: one.read_text() for one in path.iterdir()}

    manager = Folder(tmp_path)
    manager.handle_output(dg.OutputContext(asset_key=dg.AssetKey("a")), {"x": "1", "y": "2"})
    manager.handle_output(dg.OutputContext(asset_key=dg.AssetKey("a")), {"z": "3"})
    assert manager.load_input(dg.InputContext(asset_key=dg.AssetKey("a"))) == {"z": "3"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "a.index"]
    assert (tmp_path / "a.index").read_text() == "z"


def test_without_a_base_path_values_lie_in_the_home(tmp_path: Path) -> None:
    @dg.asset
    def word() -> str:
        return "cake"

    with dg.Instance.open(tmp_path / "home") as instance:
        dg.materialize([word], resources={"io_manager": TextIOManager()}, instance=instance)
        assert (instance.storage / "word.txt").read_text() == "cake"


def test_an_extension_needs_its_dot() -> None:
    class Wrong(TextIOManager):
        extension = "txt"

    with pytest.raises(DefinitionError, match="must start with a dot"):
        Wrong("x")
