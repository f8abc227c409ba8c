"""Parquet by DuckDB: writing leaves and other rows, and merging files. Nothing is loaded over the network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

MEMORY = "256MB"
"""What DuckDB may use; beyond it, it goes to the disk."""


class DamagedSegment(RuntimeError):
    """A file that was written does not hold what was to be written: disk, memory or program are at fault."""


def write_leaves(path: Path, rows: Iterable[Mapping[str, Any]], *, expected: int) -> None:
    """Write leaves with their facts, and prove them: each text must give its leaf hash.

    A row has leaf_index, seq, leaf_hash (hexadecimal), sealed_at (ISO) and body (the canonical text). Raises
    DamagedSegment.
    """
    with _lines(path.parent, rows) as lines, _duckdb(path.parent) as base:
        base.execute(f"COPY ({_LEAVES}) TO {_quoted(path)} ({_OPTIONS})", [str(lines)])
        counted = base.execute(f"SELECT count(*), {_WRONG} FROM read_parquet(?)", [str(path)]).fetchone()  # noqa: S608
    if counted != (expected, 0):
        raise DamagedSegment(f"{path.name}: {counted} instead of {(expected, 0)} (leaves, wrong hashes)")


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows of texts, numbers and truth values, with the columns of the first; returns how many."""
    with _lines(path.parent, rows) as lines, _duckdb(path.parent) as base:
        source = "SELECT * FROM read_json(?, format = 'newline_delimited', sample_size = -1)"
        if not lines.stat().st_size:
            source = "SELECT NULL AS nothing WHERE ? = ''"
        base.execute(f"COPY ({source}) TO {_quoted(path)} ({_OPTIONS})", [str(lines)])
        counted = base.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
    return int(counted[0]) if counted else 0


def merge(path: Path, files: Sequence[Path]) -> None:
    """Write the rows of the files, in their order, into one."""
    with _duckdb(path.parent) as base:
        source = "SELECT * FROM read_parquet(?)"
        base.execute(f"COPY ({source}) TO {_quoted(path)} ({_OPTIONS})", [[str(file) for file in files]])


_OPTIONS = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536"

_FACT = {
    "id": "UUID",
    "kind": "VARCHAR",
    "occurred_at": "TIMESTAMP",
    "recorded_at": "TIMESTAMP",
    "channel": "VARCHAR",
    "entry": "VARCHAR",
    "interaction": "VARCHAR",
    "intermediary": "VARCHAR",
    "authority": "VARCHAR",
    "territory": "VARCHAR",
    "service": "VARCHAR",
    "service_version": "INTEGER",
    "actor": "VARCHAR",
    "behalf_of": "VARCHAR",
    "mandate": "VARCHAR",
    "objects": [{"id": "VARCHAR", "role": "VARCHAR", "type": "VARCHAR"}],
    "payload": "JSON",
}
"""The columns that are read out of the canonical text of a fact; times are UTC."""

_LEAVES = f"""
    SELECT leaf_index, seq, unhex(leaf_hash) AS leaf_hash, sealed_at AT TIME ZONE 'UTC' AS sealed_at,
           unnest(from_json(body, '{json.dumps(_FACT)}')), body
    FROM read_json(?, format = 'newline_delimited', columns = {{leaf_index: 'BIGINT', seq: 'BIGINT',
                   leaf_hash: 'VARCHAR', sealed_at: 'TIMESTAMPTZ', body: 'VARCHAR'}})
"""  # noqa: S608

_WRONG = r"count(*) FILTER (sha256('\x00'::BLOB || encode(body)) IS DISTINCT FROM lower(hex(leaf_hash)))"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def _lines(folder: Path, rows: Iterable[Mapping[str, Any]]) -> Iterator[Path]:
    """The rows as a file of JSON lines, which is what DuckDB reads as a stream."""
    with TemporaryDirectory(dir=folder, prefix=".lines-") as place:
        lines = Path(place) / "rows.ndjson"
        with lines.open("w", encoding="utf-8") as file:
            for row in rows:
                json.dump(row, file, ensure_ascii=False)
                file.write("\n")
        yield lines


@contextmanager
def _duckdb(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with TemporaryDirectory(dir=folder, prefix=".duckdb-") as place:
        base = duckdb.connect(
            config={
                "memory_limit": MEMORY,
                "threads": 2,
                "temp_directory": place,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        try:
            base.execute("SET TimeZone = 'UTC'")
            yield base
        finally:
            base.close()
