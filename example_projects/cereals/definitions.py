"""77 breakfast cereals in SQLite: assets that SQL makes, with `deps` instead of values passed around."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import orchestrator as dg

FOLDER = Path(__file__).parent / "data"
DATABASE = FOLDER / "out" / "cereals.db"


def execute(*statements: str) -> None:
    """Run statements as one transaction."""
    DATABASE.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def preview(table: str, order_by: str, rows: int = 5) -> dict[str, object]:
    """Metadata that shows a table: its number of rows, and the first of them."""
    with closing(sqlite3.connect(DATABASE)) as connection:
        connection.row_factory = sqlite3.Row
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        first = connection.execute(f"SELECT * FROM {table} ORDER BY {order_by} LIMIT {rows}").fetchall()
    return {
        "rows": count,
        "preview": dg.MetadataValue.table([dg.TableRecord(dict(row)) for row in first]),
    }


@dg.asset(kinds={"sqlite"}, group_name="cereals")
def cereals() -> dg.MaterializeResult:
    """The cereals of the data file, as a table."""
    with (FOLDER / "cereals.csv").open(newline="") as file:
        rows = [(row["name"], row["mfr"], int(row["sugars"]), float(row["rating"])) for row in csv.DictReader(file)]
    execute(
        "DROP TABLE IF EXISTS cereals",
        "CREATE TABLE cereals (name TEXT PRIMARY KEY, maker TEXT, sugar_grams INTEGER, rating REAL)",
    )
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.executemany("INSERT INTO cereals VALUES (?, ?, ?, ?)", rows)
    return dg.MaterializeResult(metadata=preview("cereals", "name"))


@dg.asset(deps=[cereals], kinds={"sqlite"}, group_name="cereals")
def sugary_cereals() -> dg.MaterializeResult:
    """Cereals with more than 10 g of sugar in a serving."""
    execute(
        "DROP TABLE IF EXISTS sugary_cereals",
        "CREATE TABLE sugary_cereals AS SELECT * FROM cereals WHERE sugar_grams > 10",
    )
    return dg.MaterializeResult(metadata=preview("sugary_cereals", "sugar_grams DESC, name"))


@dg.asset(deps=[sugary_cereals], kinds={"sqlite"}, group_name="cereals")
def shopping_list() -> dg.MaterializeResult:
    """What a child would buy: the best rated of the sugary ones."""
    execute(
        "DROP TABLE IF EXISTS shopping_list",
        "CREATE TABLE shopping_list AS SELECT name, sugar_grams, rating FROM sugary_cereals ORDER BY rating DESC LIMIT 10",
    )
    return dg.MaterializeResult(metadata=preview("shopping_list", "rating DESC"))


defs = dg.Definitions(assets=[cereals, sugary_cereals, shopping_list])
