"""Rows in plain values, alike on every kind of database: read in order, summed up, and written many at once."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    Text,
    cast,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeEngine

from storage.columns import AnyText, Digest, PackedJson
from storage.database import batched

_AT_ONCE = 500  # rows in memory

Values = Sequence[Any]


class PlainTable:
    """A table whose JSON is text and whose digests are bytes, as they are stored. The words of the index are no column.

    What a row says is moved as it was written, and not read and written anew.
    """

    def __init__(self, table: Table) -> None:
        self.name = table.name
        self._table = table
        kept = [column for column in table.c if not isinstance(column.type, TSVECTOR)]
        self._plain = Table(table.name, MetaData(), *(Column(one.name, _plain(one.type)) for one in kept))
        self._selected = [
            cast(self._plain.c[one.name], Text) if isinstance(one.type, JSON) else self._plain.c[one.name]
            for one in kept
        ]

    def count(self, connection: Connection) -> int:
        """How many rows there are."""
        return int(connection.execute(select(func.count()).select_from(self._plain)).scalar_one())

    def rows(self, connection: Connection) -> Iterator[Values]:
        """Every row, in the order of its key."""
        query = select(*self._selected).order_by(*(self._plain.c[key.name] for key in self._table.primary_key))
        yield from connection.execute(query, execution_options={"yield_per": _AT_ONCE})

    def write(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Insert rows: by COPY where the database has it."""
        if connection.dialect.driver == "psycopg":
            self._copy(connection, rows)
            return
        names = self._plain.c.keys()
        for batch in batched(rows):
            connection.execute(insert(self._plain), [dict(zip(names, row, strict=True)) for row in batch])

    def _copy(self, connection: Connection, rows: Iterable[Values]) -> None:
        quote = connection.dialect.identifier_preparer.quote
        names = ", ".join(quote(column.name) for column in self._plain.c)
        cursor: Any = connection.connection.cursor()  # psycopg's, which has more than the DB API says
        with cursor, cursor.copy(f"COPY {quote(self.name)} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def last_number(self, connection: Connection) -> int | None:
        """The last number that was given to a row, which may be gone; None for a table without numbers."""
        if "id" not in self._plain.c or self._table.c.id.autoincrement is False:
            return None
        highest = connection.execute(select(func.max(self._plain.c.id))).scalar_one() or 0
        return max(highest, self._counted(connection))

    def _counted(self, connection: Connection) -> int:
        if connection.dialect.name == "sqlite":
            kept = text("SELECT seq FROM sqlite_sequence WHERE name = :name").bindparams(name=self.name)
            return connection.execute(kept).scalar() or 0
        kept = text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {self.name}_id_seq")  # noqa: S608 - ours
        return int(connection.execute(kept).scalar_one())

    def number_from(self, connection: Connection, last: int | None) -> None:
        """Have new rows get numbers after this one."""
        if not last:
            return
        if connection.dialect.name != "sqlite":
            connection.execute(select(func.setval(f"{self.name}_id_seq", last)))
        elif self._table.dialect_options["sqlite"]["autoincrement"]:  # others count on from the highest number
            values = {"name": self.name, "last": last}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), values)


class Sum:
    """The number of rows that went by, and a digest of all that they say."""

    def __init__(self) -> None:
        self.rows = 0
        self._digest = hashlib.sha256()

    def of(self, rows: Iterable[Values]) -> Iterator[Values]:
        """The rows, counted on their way."""
        for row in rows:
            self.rows += 1
            for value in row:
                told = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
                self._digest.update(b"%d:" % len(told) + told)
            yield row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and self.told == other.told

    def __hash__(self) -> int:
        return hash(self.told)

    @property
    def told(self) -> tuple[int, str]:
        """Number and digest."""
        return self.rows, self._digest.hexdigest()


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kind, Digest | PackedJson):
        return LargeBinary()
    if isinstance(kind, JSON | AnyText):
        return Text()
    return kind
