"""Tables of a build as arrays, and back: a missing number is NaN here and null there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

#: Columns by name, all of one length.
Columns = dict[str, NDArray[Any]]


def read(connection: duckdb.DuckDBPyConnection, table: str) -> Columns:
    """A table's columns; floating-point numbers have NaN for null, others must have none."""
    found = connection.execute(f"from {table}").fetchnumpy()
    return {
        name: np.ma.filled(column, np.nan) if column.dtype.kind == "f" else np.asarray(column)
        for name, column in found.items()
    }


def rows_where(columns: Columns, chosen: NDArray[np.bool_]) -> Columns:
    """The rows chosen, of every column."""
    return {name: column[chosen] for name, column in columns.items()}


def stacked(parts: Sequence[Columns]) -> Columns:
    """Tables of the same columns below each other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def write(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Columns,
    whole: Collection[str] = (),
) -> None:
    """Create a table of these columns; those named as whole are stored as whole numbers."""
    frame = pa.table(
        {
            name: pa.array(column, pa.int32() if name in whole else None, from_pandas=True)
            for name, column in columns.items()
        }
    )
    connection.register("computed", frame)
    connection.execute(f"create table {table} as from computed")
    connection.unregister("computed")
