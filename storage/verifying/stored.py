"""Reads rows as they are stored, so that a damaged value is a fault and no exception, and none passes for another.

SQLite keeps times and JSON as text and truth as numbers, which several spellings mean. A value has to be spelt as the
archive spells it, or one flipped bit of `true` would read as `true`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, Select, type_coerce
from sqlalchemy.types import NullType

from storage.columns import Digest, PackedJson
from storage.database import batched

Values = dict[str, Any]


def tolerate(connection: Connection) -> None:
    """Have SQLite give text that is no UTF-8 with its odd bytes escaped, on this connection."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.text_factory = lambda data: data.decode("utf-8", "surrogateescape")


class Stored:
    """The rows of a snapshot of the archive."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._dialect = connection.dialect
        self._raw = connection.dialect.name == "sqlite"
        self._known: dict[Column[Any], tuple[Any, Any]] = {}

    def columns(self, columns: Sequence[Column[Any]]) -> list[ColumnElement[Any]]:
        """What to select so that `values` can read it."""
        return [type_coerce(one, NullType()).label(one.name) for one in columns] if self._raw else list(columns)

    def values(self, columns: Sequence[Column[Any]], row: Sequence[Any]) -> tuple[Values, list[str]]:
        """A row's values, and the names of those columns whose value is not as it was written."""
        if not self._raw:
            return dict(zip((one.name for one in columns), row, strict=True)), []
        found: Values = {}
        damaged = []
        for column, raw in zip(columns, row, strict=True):
            found[column.name], sound = self._value(column, raw)
            if not sound:
                damaged.append(column.name)
        return found, damaged

    def _value(self, column: Column[Any], raw: object) -> tuple[Any, bool]:
        if raw is None:
            return None, bool(column.nullable)
        read, write = self._processors(column)
        if isinstance(raw, bytes) and not isinstance(column.type, Digest | PackedJson):
            return raw, isinstance(column.type, LargeBinary)
        try:
            value = read(raw) if read else raw
            if isinstance(raw, bytes):  # these tell by themselves, and another release of zlib packs otherwise
                return value, True
            again = write(value) if write else value
        except (ValueError, TypeError, AttributeError):
            return raw, False
        return value, type(again) is type(raw) and again == raw

    def _processors(self, column: Column[Any]) -> tuple[Any, Any]:
        """What reads a raw value of a column, and what writes it; None where it is as it is."""
        if column not in self._known:
            kind = column.type.dialect_impl(self._dialect)
            self._known[column] = kind.result_processor(self._dialect, None), kind.bind_processor(self._dialect)
        return self._known[column]

    def by_number(self, columns: Sequence[Column[Any]], numbers: Sequence[int]) -> dict[int, tuple[Values, list[str]]]:
        """The rows of a table with these ids, the first of `columns` being the id."""
        found: dict[int, tuple[Values, list[str]]] = {}
        for batch in batched(numbers):
            query = self._select(columns).where(columns[0].in_(batch))
            found |= {row[0]: self.values(columns, row) for row in self.connection.execute(query)}
        return found

    def all(self, columns: Sequence[Column[Any]], size: int = 500) -> Iterator[tuple[Values, list[str]]]:
        """Every row of a table in the order of its ids, `size` in memory at a time; the first column is the id."""
        last = None
        while True:
            query = self._select(columns).order_by(columns[0]).limit(size)
            rows = self.connection.execute(query if last is None else query.where(columns[0] > last)).all()
            if not rows:
                return
            yield from (self.values(columns, row) for row in rows)
            last = rows[-1][0]

    def _select(self, columns: Sequence[Column[Any]]) -> Select[Any]:
        return Select(*self.columns(columns))
