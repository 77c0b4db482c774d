"""Metadata: every kind of value, from what users write and back from storage."""

import datetime as dt
import enum
import math
import pickle
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, get_args

import msgspec
import numpy as np
import pandas as pd
import pytest

import orchestrator as dg
from orchestrator.definitions.metadata import check_metadata, coerce_metadata, describe_metadata, plain_metadata
from orchestrator.definitions.metadata_values import AnyMetadataValue
from orchestrator.errors import ArgumentError, DefinitionError, MetadataError

M = dg.MetadataValue
SCHEMA = dg.TableSchema(
    [dg.TableColumn("a", "int", "first", dg.TableColumnConstraints(nullable=False, other=["> 0"]), {"t": "v"})],
    dg.TableConstraints(["one row at least"]),
)
LINEAGE = dg.TableColumnLineage({"a": [dg.TableColumnDep("up/stream", "b")]})
EVERY_KIND = [
    M.text("x"), M.url("https://x"), M.path("/a"), M.notebook(Path("/a.ipynb")), M.json({"a": [1, None]}), M.md("# x"),
    M.python_artifact(Path), M.float(1.5), M.int(2**80), M.bool(True), M.timestamp(5.0), M.asset("a/b"),
    M.job("j", "here"), M.dagster_run("r"), M.pool("p"), M.table([dg.TableRecord({"a": 1})]), M.table_schema(SCHEMA),
    M.column_lineage(LINEAGE), M.code_location_reconstruction("x"), M.null(),
    dg.CodeReferencesMetadataValue([
        dg.LocalFileCodeReference(file_path="/a", line_number=1), dg.UrlCodeReference(url="https://x", label="l")
    ]),
]  # fmt: skip


def test_every_kind_is_here() -> None:
    assert {type(value) for value in EVERY_KIND} == set(get_args(AnyMetadataValue))


@pytest.mark.parametrize("value", EVERY_KIND, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_from_storage_and_from_another_process(value: Any) -> None:
    assert isinstance(value, dg.MetadataValue)
    assert msgspec.json.decode(msgspec.json.encode(value), type=AnyMetadataValue) == value
    assert pickle.loads(pickle.dumps(value)) == value
    assert msgspec.to_builtins(value)["kind"]
    assert repr(value).startswith(type(value).__name__)
    assert coerce_metadata({"x": value}, "it") == {"x": value}


class Word(str, enum.Enum):  # noqa: UP042  as older code writes it
    CAKE = "cake"


class Plain:
    def __fspath__(self) -> str:
        return "/x"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (np.int64(3), M.int(3)),
        (np.float32(2.5), M.float(2.5)),
        (np.float64(2.5), M.float(2.5)),
        (np.bool_(True), M.bool(True)),
        (np.str_("x"), M.text("x")),
        (pd.Timestamp("2026-01-01", tz="UTC"), M.timestamp(1767225600.0)),
        (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), M.timestamp(1767225600.0)),
        ((1, (2, np.int8(3))), M.json([1, [2, 3]])),
        ({"a": {2: dt.date(2026, 1, 1), None: Word.CAKE, True: 1}}, M.json({"a": {"2": "2026-01-01", "null": "cake", "true": 1}})),
        (MappingProxyType({"a": 1}), M.json({"a": 1})),
        (Word.CAKE, M.text("cake")),
        (PurePosixPath("a/b"), M.path("a/b")),
        (Plain(), M.path("/x")),
        (dg.AssetKey("a/b"), M.asset("a/b")),
        (SCHEMA, M.table_schema(SCHEMA)),
        (LINEAGE, M.column_lineage(LINEAGE)),
        (None, M.null()),
    ],
)  # fmt: skip
def test_plain_objects_become_values(written: object, value: object) -> None:
    made = coerce_metadata({"x": written}, "it")["x"]
    assert made == value
    assert type(made) is type(value)


@pytest.mark.parametrize("written", [float("nan"), np.float64("nan")])
def test_what_is_no_number_stays_none(written: float) -> None:
    made = coerce_metadata({"x": written}, "it")["x"]
    assert isinstance(made.value, float)
    assert math.isnan(made.value)


@pytest.mark.parametrize(
    "written",
    [{1}, b"x", object(), 1j, dt.date(2026, 1, 1), dt.datetime(2026, 1, 1), np.array([1]), [{1}], {"a": b"x"}, {(1,): 1}, len],  # noqa: DTZ001
)  # fmt: skip
def test_anything_else_is_a_one_line_error_that_names_the_entry(written: object) -> None:
    with pytest.raises(MetadataError, match="metadata `x` of it: ") as caught:
        coerce_metadata({"x": written}, "it")
    assert "\n" not in caught.value.message


def test_json_that_holds_itself() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(MetadataError, match="holds itself"):
        M.json(endless)


@pytest.mark.parametrize("metadata", [{...}, [1], "x", {1: 2}])
def test_metadata_that_is_no_mapping_of_names(metadata: object) -> None:
    with pytest.raises(DefinitionError):
        check_metadata(metadata, "it")


@pytest.mark.parametrize(
    "make",
    [
        lambda: M.text(5), lambda: M.url(5), lambda: M.path(5), lambda: M.md(5), lambda: M.int(1.5), lambda: M.bool(1),
        lambda: M.float("x"), lambda: M.python_artifact(5), lambda: M.table([]), lambda: M.table([{"a": 1}]),
        lambda: M.table_schema(5), lambda: M.column_lineage(5), lambda: dg.TableRecord({"a": object()}),
        lambda: dg.TableColumn(5), lambda: dg.TableSchema([5]), lambda: dg.TableColumnLineage({"a": [5]}),
        lambda: dg.TableColumn("a", constraints=5), lambda: dg.CodeReferencesMetadataValue([5]),
    ],
)  # fmt: skip
def test_constructors_check_what_they_are_given(make: Any) -> None:
    with pytest.raises(DefinitionError):
        make()


def test_timestamps_that_are_no_moment() -> None:
    for wrong in (float("inf"), dt.datetime(2026, 1, 1), "x"):  # noqa: DTZ001
        with pytest.raises(ArgumentError):
            M.timestamp(wrong)  # type: ignore[arg-type]


def test_members_of_values() -> None:
    assert dg.TextMetadataValue(text="x").text == M.text("x").value == "x"
    assert dg.PathMetadataValue(path="x").fspath == M.path("x").path == "x"
    assert dg.JsonMetadataValue(data=[1]).data == M.json([1]).value == [1]
    assert dg.MarkdownMetadataValue(md_str="x").md_str == "x"
    assert M.asset("a/b").asset_key == M.asset("a/b").value == dg.AssetKey("a/b")
    assert M.job("j", "l").job_name == "j"
    assert M.dagster_run("r").run_id == M.dagster_run("r").value == "r"
    assert M.pool("p").name == M.pool("p").pool == M.pool("p").value == "p"
    assert M.python_artifact(Path).module == "pathlib"
    assert M.column_lineage(LINEAGE).lineage is M.column_lineage(LINEAGE).value is LINEAGE
    assert M.null().value is None
    assert dg.LocalFileCodeReference(file_path="/a", line_number=3).source == "/a:3"
    assert LINEAGE.deps_by_column["a"][0].asset_key == dg.AssetKey(["up", "stream"])


def test_a_table_tells_its_schema() -> None:
    rows = [dg.TableRecord({"a": None, "b": 1, "c": None}), dg.TableRecord({"a": "x", "b": 2, "c": None, "d": 1.5})]
    kinds = [(column.name, column.type) for column in M.table(rows).schema.columns]
    assert kinds == [("a", "string"), ("b", "int"), ("c", "string"), ("d", "float")]


def test_metadata_of_a_definition_may_be_any_object() -> None:
    thing = object()
    assert dg.AssetSpec("a", metadata={"x": thing}).metadata == {"x": thing}
    assert describe_metadata({"x": thing, "y": 1}) == {"x": M.text("(object)"), "y": M.int(1)}
    assert plain_metadata({"x": M.text("t"), "y": M.json([1]), "z": M.md("#")}) == {"x": "t", "y": [1], "z": M.md("#")}
