"""An IO manager for data frames: one Parquet file per value."""

from typing import TYPE_CHECKING, Any

from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.io_managers.frames import KIND_KEY, describe_table, from_arrow, to_arrow, wanted_columns
from orchestrator.io_managers.upath import UPathIOManager

if TYPE_CHECKING:
    from upath import UPath


class ParquetIOManager(UPathIOManager):
    """Keeps frames of pandas, polars or pyarrow as Parquet: asset `a/b` in the file `a/b.parquet` below a base path.

    A parameter gets the kind of frame it is annotated with, else the kind that was stored; `AssetIn(metadata={"columns":
    [...]})` loads some of the columns. Number of rows and columns are recorded. Needs `pip install orchestrator[pandas]`,
    `[polars]` or `[pyarrow]`.

    Args:
        base_path: a folder, or a URL that fsspec reads, such as `s3://bucket/folder`. Left out, values go below orch's
            home.
    """

    extension = ".parquet"

    def dump_to_path(self, context: OutputContext, obj: Any, path: "UPath") -> None:
        """Write a frame.

        Raises:
            TypeCheckError: the value is no frame.
        """
        from pyarrow import parquet

        table, kind = to_arrow(context, obj, keep_index=True)
        noted = table.replace_schema_metadata({**(table.schema.metadata or {}), KIND_KEY: kind})
        with path.open("wb") as file:
            parquet.write_table(noted, file)
        context.add_output_metadata(describe_table(table))

    def load_from_path(self, context: InputContext, path: "UPath") -> Any:
        """Read a frame."""
        from pyarrow import parquet

        with path.open("rb") as file:
            table = parquet.read_table(file, columns=wanted_columns(context))
        kind = (table.schema.metadata or {}).get(KIND_KEY.encode())
        return from_arrow(context, table, None if kind is None else kind.decode())
