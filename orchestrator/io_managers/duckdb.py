"""An IO manager for data frames: one table of a DuckDB database per value."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from orchestrator.definitions.io import IOManager
from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.definitions.metadata import MetadataValue
from orchestrator.errors import DefinitionError, ExecutionError
from orchestrator.io_managers.frames import describe_table, from_arrow, to_arrow, wanted_columns
from orchestrator.io_managers.places import nothing_stored, read

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: One process at a time may have a database open for writing; the others wait this long for it.
_PATIENCE_S = 60.0


class DuckDBIOManager(IOManager):
    """Keeps frames of pandas, polars or pyarrow as tables of a DuckDB database.

    Asset `a/b` is table `b` of schema `a`; metadata `{"schema": ...}` on the asset, or `schema` here, names another, and an
    asset whose key has one part lies in `public`. An output that is no asset is the table of its name. A table is replaced
    in one transaction. A parameter gets the kind of frame it is annotated with, else the kind that was stored;
    `AssetIn(metadata={"columns": [...]})` loads some of the columns. Needs `pip install orchestrator[duckdb]`.

    Args:
        database: the file of the database; made when the first value is stored. An `EnvVar` is read when a run needs it.
        schema: of assets that do not say otherwise.
        connection_config: settings of DuckDB, such as `{"threads": 2}`.
    """

    def __init__(
        self,
        database: str | os.PathLike[str],
        schema: str | None = None,
        connection_config: Mapping[str, Any] | None = None,
    ) -> None:
        self._database = os.fspath(database)
        self._schema = schema
        self._config = dict(connection_config or {})

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Store a frame.

        Raises:
            TypeCheckError: the value is no frame.
            ExecutionError: the database cannot be opened.
        """
        table, kind = to_arrow(context, obj, keep_index=False)
        schema, name = self._place(context)
        with self._connected() as connection:
            connection.register("stored_value", table)
            connection.begin()
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {_quoted(schema)}")
            place = f"{_quoted(schema)}.{_quoted(name)}"
            connection.execute(f"CREATE OR REPLACE TABLE {place} AS SELECT * FROM stored_value")  # noqa: S608  quoted
            connection.execute(f"COMMENT ON TABLE {place} IS '{kind}'")
            connection.commit()
        database = os.path.splitext(os.path.basename(read(self._database)))[0]
        context.add_output_metadata(
            {**describe_table(table), "dagster/table_name": MetadataValue.text(f"{database}.{schema}.{name}")}
        )

    def load_input(self, context: InputContext) -> Any:
        """Load a frame.

        Raises:
            StoredValueError: nothing is stored.
            ExecutionError: the database cannot be opened.
        """
        schema, name = self._place(context)
        columns = wanted_columns(context)
        chosen = "*" if columns is None else ", ".join(_quoted(column) for column in columns)
        with self._connected() as connection:
            found = connection.execute(
                "SELECT comment FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?", [schema, name]
            ).fetchall()
            if not found:
                raise nothing_stored(context, f"table {schema}.{name} of {read(self._database)}")
            query = f"SELECT {chosen} FROM {_quoted(schema)}.{_quoted(name)}"  # noqa: S608  quoted
            table = connection.sql(query).to_arrow_table()
        return from_arrow(context, table, found[0][0])

    def _place(self, context: InputContext | OutputContext) -> tuple[str, str]:
        """Schema and table of a value."""
        stored = context if isinstance(context, OutputContext) else context.upstream_output
        said = None if stored is None else stored.definition_metadata.get("schema")
        if not context.has_asset_key:
            name = context.name if stored is None else stored.name
            return str(said or self._schema or "public"), name
        *prefix, name = context.asset_key.path
        return str(said or self._schema or (prefix[-1] if prefix else "public")), name

    @contextmanager
    def _connected(self) -> "Iterator[DuckDBPyConnection]":
        try:
            import duckdb
        except ImportError:
            raise DefinitionError("DuckDB is not installed", hint="pip install orchestrator[duckdb]") from None
        database = read(self._database)
        os.makedirs(os.path.dirname(database) or ".", exist_ok=True)
        deadline, pause = time.monotonic() + _PATIENCE_S, 0.02
        connection: DuckDBPyConnection | None = None
        while connection is None:
            try:
                connection = duckdb.connect(database, config=self._config)
            except duckdb.IOException as error:
                if "lock" not in str(error) or time.monotonic() > deadline:
                    raise ExecutionError(f"cannot open the database {database}: {error}") from error
                time.sleep(pause)
                pause = min(pause * 2, 1.0)
        with connection:
            yield connection


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
