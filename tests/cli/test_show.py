"""`orch show`: metadata drawn in a terminal, plain on a pipe; and stored values."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_commands import in_terminal
from tests.conftest import Orch

Write = Callable[[str, str], Path]

CEREALS = """
    M = dg.MetadataValue
    SCHEMA = dg.TableSchema(
        [dg.TableColumn("name", "text", constraints=dg.TableColumnConstraints(nullable=False)), dg.TableColumn("sugar", "int")]
    )

    @dg.asset(metadata={"schema": SCHEMA, "note": object()})
    def cereals():
        rows = [dg.TableRecord({"name": "Trix", "sugar": 12}), dg.TableRecord({"name": "씨리얼", "sugar": None})]
        lineage = dg.TableColumnLineage({"sugar": [dg.TableColumnDep("raw/cereals", "grams")]})
        return dg.Output(
            [{"name": "Trix"}],
            metadata={
                "preview": M.table(rows), "words": M.md("# Sweet\\n\\n**much** sugar"), "data": {"한": [1, None]},
                "lineage": lineage, "job": M.job("nightly", "here"), "code": M.python_artifact(dict), "none": None,
            },
        )

    defs = dg.Definitions(assets=dg.with_source_code_references([cereals]))
"""


@pytest.fixture
def materialized(write: Write, orch: Orch) -> Path:
    path = write("definitions.py", CEREALS)
    assert orch("materialize", "--select", "*").returncode == 0
    return path


def test_metadata_on_a_pipe_is_plain(materialized: Path, orch: Orch) -> None:
    text = orch("show", "cereals").stdout
    assert "\x1b" not in text
    assert "    name    sugar\n    Trix    12\n    씨리얼\n" in text
    assert "    column  type  constraints\n    name    text  not null\n    sugar   int\n" in text
    assert "    # Sweet\n    \n    **much** sugar\n" in text
    assert '    {\n      "한": [\n        1,\n        null\n      ]\n    }\n' in text
    assert "    column  made from\n    sugar   raw/cereals: grams\n" in text
    assert "nightly (here)" in text
    assert "builtins.dict" in text
    assert re.search(r"none +null\n", text)
    assert re.search(r"note +\(object\)\n", text)
    assert re.search(rf"dagster/code_references +{re.escape(str(materialized))}:\d+\n", text)


@pytest.mark.filterwarnings("ignore:This process")
def test_metadata_in_a_terminal_is_drawn(materialized: Path, project: Path) -> None:
    text = in_terminal(["show", "cereals"], project)
    assert "─────" in text
    assert "**much**" not in text
    assert "\x1b[1mmuch\x1b[0m" in text
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert re.search(r"Trix +12\n", plain)
    assert all(len(line) <= 80 for line in plain.splitlines() if "─" in line)


def test_a_value(materialized: Path, orch: Orch) -> None:
    done = orch("show", "cereals", "--value")
    assert json.loads(done.stdout) == [{"name": "Trix"}]
    assert done.stderr == "list\n"
    shown = json.loads(orch("show", "cereals", "--value", "--json").stdout)
    assert shown == {
        "key": "cereals", "type": "list", "value": {"kind": "json", "value": [{"name": "Trix"}]}, "note": "",
    }  # fmt: skip


def test_values_of_other_kinds(write: Write, orch: Orch) -> None:
    write(
        "definitions.py",
        """
        import pandas as pd, polars as pl, pyarrow as pa

        @dg.asset
        def pandas(): return pd.DataFrame({"a": range(30), "b": [1.5] * 30})
        @dg.asset
        def polars(): return pl.DataFrame({"a": [None, "x"]})
        @dg.asset
        def arrow(): return pa.table({"a": [1]})
        @dg.asset
        def text(): return "x" * 5000
        @dg.asset
        def thing(): return {1, 1}

        defs = dg.Definitions(assets=[pandas, polars, arrow, text, thing])
        """,
    )
    assert orch("materialize", "--select", "*").returncode == 0
    frame = orch("show", "pandas", "--value")
    assert len(frame.stdout.splitlines()) == 21
    assert "30 rows, 2 columns; the first 20" in frame.stderr
    assert orch("show", "polars", "--value").stdout == "a\n\nx\n"
    assert orch("show", "arrow", "--value").stdout == "a\n1\n"
    assert "the first 4000 of 5000 characters" in orch("show", "text", "--value").stderr
    assert orch("show", "thing", "--value").stdout == "{1}\n"


def test_values_that_cannot_be_shown(write: Write, orch: Orch) -> None:
    write(
        "definitions.py",
        """
        class Broken(dg.IOManager):
            def handle_output(self, context, obj): ...
            def load_input(self, context): raise ValueError("no oven")

        @dg.asset
        def never(): ...
        @dg.asset(io_manager_def=Broken())
        def broken(): ...

        defs = dg.Definitions(assets=[never, broken, dg.AssetSpec("outside", deps=["nobody"])])
        """,
    )
    missing = orch("show", "never", "--value")
    assert missing.returncode == 1
    assert "nothing is stored for `never`" in missing.stderr
    raised = orch("show", "broken", "--value")
    assert raised.returncode == 1
    assert "cannot load `broken`: ValueError: no oven" in raised.stderr
    assert "definitions.py:5" in raised.stderr
    assert orch("show", "nobody", "--value").returncode == 3
    assert orch("show", "outside", "--value").returncode == 1


def test_a_value_of_a_location_in_a_worker(write: Write, orch: Orch) -> None:
    write("one.py", "@dg.asset\ndef first(): return [1]\ndefs = dg.Definitions(assets=[first])\n")
    write("two.py", "@dg.asset\ndef second(): return [2]\ndefs = dg.Definitions(assets=[second])\n")
    flags = ("-f", "one.py", "-f", "two.py")
    assert orch("materialize", "--select", "*", *flags).returncode == 0
    assert json.loads(orch("show", "second", "--value", *flags).stdout) == [2]
    assert json.loads(orch("show", "first", "--value", *flags).stdout) == [1]


SIZES = """
    import pydantic

    class Oven(dg.Config):
        degrees: int = 220
        mode: str = "fan"

    class Baking(dg.Config):
        loaves: int = pydantic.Field(description="How many to bake.")
        token: str = dg.EnvVar("TOKEN")
        oven: Oven = Oven()

    class Store(dg.ConfigurableResource):
        password: str

    @dg.asset
    def bread(config: Baking, store: Store): ...

    @dg.op(config_schema={"grams": int})
    def weigh():
        return 1

    @dg.op(required_resource_keys={"store"})
    def pack(weight):
        return weight

    @dg.graph_asset
    def parcel():
        return pack(weigh())

    @dg.graph
    def shipping():
        pack(weigh())

    @dg.job
    def ship():
        shipping()

    defs = dg.Definitions(
        assets=[bread, parcel],
        jobs=[ship, dg.define_asset_job("daily", [bread])],
        resources={"store": Store(password=dg.EnvVar("TOKEN"))},
    )
"""


def test_config_and_resources_of_an_asset_are_shown_and_no_secret(orch: Orch, write: Write) -> None:
    write("definitions.py", SIZES)
    text = orch("show", "bread", TOKEN="hunter2").stdout
    assert "  resources    store\n" in text
    assert (
        "  config\n"
        "    loaves: int, required  # How many to bake.\n"
        '    token: text = {"env": "TOKEN"}\n'
        "    oven:\n"
        "      degrees: int = 220\n"
        '      mode: text = "fan"\n'
    ) in text
    assert (
        "  config\n    ops:\n      weigh:\n        config:\n          grams: int, required\n"
        in orch("show", "parcel").stdout
    )
    written = orch("show", "bread", "--json", TOKEN="hunter2").stdout
    assert "hunter2" not in text + written
    data = json.loads(written)
    assert data["required_resources"] == ["store"]
    (config,) = data["config"]["children"]
    assert [(one["name"], one["type"], one["required"], one["default"]) for one in config["children"][:2]] == [
        ("loaves", "int", True, None),
        ("token", "text", False, '{"env": "TOKEN"}'),
    ]


def test_config_and_resources_of_a_job_are_shown_in_short(orch: Orch, write: Write) -> None:
    write("definitions.py", SIZES)
    tree = orch("show", "ship").stdout
    assert "weigh  config grams (int)\n" in tree
    assert "pack  weight from shipping.weigh; uses store\n" in tree
    assert "  bread  config loaves (int), [token], [oven]; uses store\n" in orch("show", "daily").stdout
    data = json.loads(orch("show", "ship", "--json").stdout)
    assert [op["resources"] for op in data["ops"]] == [[], ["store"]]
    assert data["config"]["children"][0]["name"] == "shipping"
