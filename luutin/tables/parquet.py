"""Writes the tables as Parquet files, some thousand rows at a time; only here is pyarrow known."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Any

from luutin.tables.columns import NAMED, TIME, Kind, whole
from luutin.tables.rows import TABLES, Row
from storage.errors import ConfigError
from storage.queries import Queries
from storage.records import Moment

try:
    import pyarrow as pa
    import pyarrow.parquet as files
except ImportError:
    pa = None

_ROWS = 5_000  # in a row group; versions of news are some 8 kB each, so that is 40 MB in memory


def check_installed() -> None:
    """Raises ConfigError where pyarrow is not installed."""
    if pa is None:
        raise ConfigError(["Parquet needs pyarrow, which is not installed; add it with: pip install 'luutin[parquet]'"])


def write_folder(queries: Queries, folder: Path, site: str | None, on_row: Callable[[], None]) -> None:
    """A file for each table: `pages.parquet` and so on."""
    for name, table in TABLES.items():
        schema = schema_of(table.columns)
        with _writer(folder / f"{name}.parquet", schema) as out:
            for group in _groups(table.rows(queries, site), on_row):
                rows = [{key: _fit(kind, row[key]) for key, kind in table.columns.items()} for row in group]
                out.write_batch(pa.RecordBatch.from_pylist(rows, schema))


def schema_of(columns: Mapping[str, Kind]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """The columns as pyarrow states them."""
    return pa.schema([(name, _arrow(kind)) for name, kind in columns.items()])


def _writer(path: Path, schema: Any) -> AbstractContextManager[Any]:  # noqa: ANN401 - as above
    writer: AbstractContextManager[Any] = files.ParquetWriter(path, schema, compression="zstd")
    return writer


def _groups(rows: Iterator[Row], on_row: Callable[[], None]) -> Iterator[list[Row]]:
    while group := list(islice(rows, _ROWS)):
        yield group
        for _ in group:
            on_row()


def _arrow(kind: Kind) -> Any:  # noqa: ANN401 - as above
    match kind:
        case [inner]:
            return pa.list_(_arrow(inner))
        case dict():
            return pa.struct([(name, _arrow(inner)) for name, inner in kind.items()])
        case _ if kind == NAMED:
            return pa.map_(pa.string(), pa.string())
        case _ if kind == TIME:
            return pa.timestamp("us", tz="UTC")
    return getattr(pa, f"{kind}" if kind != "bool" else "bool_")()


def _fit(kind: Kind, value: Any) -> Any:  # noqa: ANN401 - any value of a row
    """A value as pyarrow takes it."""
    if value is None:
        return None
    match kind:
        case [inner]:
            return [_fit(inner, one) for one in value]
        case dict():
            return {name: _fit(inner, value[name]) for name, inner in kind.items()}
        case _ if kind == NAMED:
            return [(name, whole(text)) for name, text in value.items()]
    match value:
        case str():
            return whole(value)
        case Moment():
            return value.at
    return value
