"""Data frames of three libraries, with the cereals of the example project."""

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import polars.testing
import pyarrow as pa
import pytest
from pyarrow import csv

import orchestrator as dg
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.types import type_of
from orchestrator.errors import DefinitionError, StoredValueError, TypeCheckError

CEREALS = Path(__file__).parents[2] / "example_projects" / "cereals" / "data" / "cereals.csv"
CEREAL_COLUMNS = 16


@pytest.fixture(params=["parquet", "duckdb"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> IOManager:
    if request.param == "parquet":
        return dg.ParquetIOManager(tmp_path / "frames")
    return dg.DuckDBIOManager(tmp_path / "made" / "cereals.duckdb")


def store(manager: IOManager, value: object, key: str = "cereals", **more: Any) -> dict[str, Any]:
    context = dg.OutputContext(asset_key=dg.AssetKey(key), **more)
    manager.handle_output(context, value)
    return {name: one.value for name, one in context.get_logged_metadata().items()}


def load(manager: IOManager, wanted: Any = None, key: str = "cereals", **more: Any) -> Any:
    kind = None if wanted is None else type_of(wanted, "x")
    return manager.load_input(dg.InputContext(asset_key=dg.AssetKey(key), name="x", dagster_type=kind, **more))


def test_every_library_reads_what_every_other_stored(manager: IOManager) -> None:
    frames = {"pandas": pd.read_csv(CEREALS), "polars": pl.read_csv(CEREALS), "pyarrow": csv.read_csv(CEREALS)}
    for frame in frames.values():
        store(manager, frame)
        pd.testing.assert_frame_equal(load(manager, pd.DataFrame), frames["pandas"], check_dtype=False)
        polars.testing.assert_frame_equal(load(manager, pl.DataFrame), frames["polars"])
        polars.testing.assert_frame_equal(load(manager, pl.LazyFrame).collect(), frames["polars"])
        assert load(manager, pa.Table).to_pylist() == frames["pyarrow"].to_pylist()
        assert load(manager, pd.DataFrame | None).shape == (77, CEREAL_COLUMNS)


def test_without_annotation_a_frame_comes_back_as_it_was(manager: IOManager) -> None:
    for frame in (pd.DataFrame({"a": [1]}), pl.DataFrame({"a": [1]}), pa.table({"a": [1]}), pl.LazyFrame({"a": [1]})):
        store(manager, frame)
        assert type(load(manager)) is type(frame)
        assert type(load(manager, dict)) is type(frame)


def test_rows_and_columns_are_recorded(manager: IOManager) -> None:
    said = store(manager, pl.read_csv(CEREALS).select("name", "calories", "rating"))
    assert said["dagster/row_count"] == 77
    columns = [(column.name, column.type) for column in said["dagster/column_schema"].columns]
    assert columns == [("name", "large_string"), ("calories", "int64"), ("rating", "double")]


def test_some_columns(manager: IOManager) -> None:
    store(manager, pd.read_csv(CEREALS))
    frame = load(manager, definition_metadata={"columns": ["rating", "name"]})
    assert sorted(frame.columns) == ["name", "rating"]
    with pytest.raises(DefinitionError, match="must be a list of names"):
        load(manager, definition_metadata={"columns": "rating"})


def test_the_newest_frame_replaces_the_others(manager: IOManager) -> None:
    store(manager, pd.DataFrame({"a": [1, 2]}))
    store(manager, pd.DataFrame({"b": ["x"]}))
    assert load(manager).to_dict("list") == {"b": ["x"]}


def test_what_is_no_frame_is_refused_and_the_old_frame_stays(manager: IOManager) -> None:
    store(manager, pd.DataFrame({"a": [1]}))
    with pytest.raises(TypeCheckError, match="`cereals` is no data frame but list"):
        store(manager, [1])
    assert len(load(manager)) == 1


def test_nothing_stored(manager: IOManager) -> None:
    with pytest.raises(StoredValueError, match="nothing is stored for `other`"):
        load(manager, key="other")


def test_an_index_of_pandas(manager: IOManager) -> None:
    named = pd.DataFrame({"a": [1, 2]}, index=pd.Index(["x", "y"], name="id"))
    store(manager, named)
    loaded = load(manager)
    if isinstance(manager, dg.ParquetIOManager):
        assert list(loaded.index) == ["x", "y"]
    else:
        assert loaded.to_dict("list") == {"id": ["x", "y"], "a": [1, 2]}
    store(manager, named.reset_index().set_index(pd.Index([5, 6])))
    assert "a" in load(manager).columns
    assert not [column for column in load(manager).columns if column.startswith("__")]


def test_runs_of_assets_and_of_outputs(manager: IOManager) -> None:
    @dg.asset(key_prefix="shop")
    def cereals() -> pd.DataFrame:
        return pd.read_csv(CEREALS)

    @dg.asset(ins={"cereals": dg.AssetIn(key_prefix="shop", metadata={"columns": ["name", "sugars"]})})
    def sweet(cereals: pd.DataFrame) -> pd.DataFrame:
        return cereals[cereals["sugars"] > 10]

    done = dg.materialize([cereals, sweet], resources={"io_manager": manager})
    assert list(done.asset_value("sweet").columns) == ["name", "sugars"]
    upstream = dg.OutputContext(step_key="make", name="frame", run_id="r")
    manager.handle_output(upstream, pl.DataFrame({"a": [1]}))
    assert manager.load_input(dg.InputContext(name="x", upstream_output=upstream)).height == 1


def test_schemas_of_duckdb(tmp_path: Path) -> None:
    import duckdb

    file = tmp_path / "cereals.duckdb"
    frame = pl.DataFrame({"a": [1]})
    manager = dg.DuckDBIOManager(str(file))
    assert store(manager, frame)["dagster/table_name"] == "cereals.public.cereals"
    store(manager, frame, "shop/cereals")
    store(manager, frame, "shop/sweet", definition_metadata={"schema": 'odd "name"'})
    store(dg.DuckDBIOManager(file, schema="main"), frame, "shop/sour")
    with duckdb.connect(file) as connection:
        found = connection.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
    assert sorted(found) == [("main", "sour"), ('odd "name"', "sweet"), ("public", "cereals"), ("shop", "cereals")]
    upstream = dg.OutputContext(asset_key=dg.AssetKey("shop/sweet"), definition_metadata={"schema": 'odd "name"'})
    assert load(manager, key="shop/sweet", upstream_output=upstream).height == 1


def test_a_database_that_is_locked_is_waited_for(tmp_path: Path) -> None:
    import subprocess

    file = tmp_path / "cereals.duckdb"
    program = f"import duckdb; c = duckdb.connect({str(file)!r}); print('open', flush=True); input(); c.close()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "open\n"
        tries: list[float] = []

        def let_go(seconds: float) -> None:
            tries.append(seconds)
            if holder.poll() is None:
                holder.communicate("\n")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("orchestrator.io_managers.duckdb.time.sleep", let_go)
            store(dg.DuckDBIOManager(file), pl.DataFrame({"a": [1]}))
        assert tries


@pytest.mark.parametrize("missing", ["duckdb", "polars"])
def test_a_package_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    manager = dg.DuckDBIOManager(tmp_path / "x.duckdb")
    store(manager, pl.DataFrame({"a": [1]}))
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(DefinitionError) as caught:
        load(manager)
    assert caught.value.hint == f"pip install orchestrator[{missing}]"


def test_frames_in_a_bucket(bucket: str) -> None:
    manager = dg.ParquetIOManager(f"{bucket}/frames")
    store(manager, pl.read_csv(CEREALS))
    assert load(manager, pd.DataFrame).shape == (77, CEREAL_COLUMNS)
