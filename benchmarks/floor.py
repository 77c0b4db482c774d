"""The floor: what a run costs that only does what has to be done, in a plain loop.

For each asset: read the pickles of its inputs, write its own to a temporary file, rename it, and commit four rows to
SQLite in write-ahead mode. Run as: floor.py SHAPE COUNT FOLDER
"""

import pickle
import sqlite3
import sys
from pathlib import Path

from projects import upstream


def main(shape: str, count: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(folder / "floor.db", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, step TEXT, body TEXT)")
    for number in range(count):
        value = 1
        for before in upstream(shape, number):
            with (folder / f"a{before}").open("rb") as file:
                value += pickle.load(file)
        temporary = folder / f".tmp{number}"
        with temporary.open("wb") as file:
            pickle.dump(value & 255, file)
        temporary.rename(folder / f"a{number}")
        rows = [(f"a{number}", '{"type": "some event", "timestamp": 1795466323.33}')] * 4
        database.execute("BEGIN")
        database.executemany("INSERT INTO events (step, body) VALUES (?, ?)", rows)
        database.execute("COMMIT")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
