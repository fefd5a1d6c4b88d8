"""What all that is asked of an archive has in common: a door that cannot write."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select

from storage.database import batched
from storage.door import Door
from storage.errors import ArchiveError


class Reader(Door):
    """An archive open for reading."""

    def __init__(self, url: str) -> None:
        super().__init__(url, read_only=True)

    def _in_batches(self, wanted: Select[int], rows: Select[Any], number: ColumnElement[int]) -> Iterator[Row[Any]]:
        """The rows with the wanted numbers, in that order.

        No transaction is open while the caller looks at them, however long: an open one keeps the write-ahead log of
        SQLite from being emptied.
        """
        with self._transaction() as connection:
            numbers = list(connection.scalars(wanted))
        yield from self._numbered(numbers, rows, number)

    def _numbered(self, numbers: Iterable[int], rows: Select[Any], number: ColumnElement[int]) -> Iterator[Row[Any]]:
        for batch in batched(numbers):
            with self._transaction() as connection:
                found = {row.id: row for row in connection.execute(rows.where(number.in_(batch)))}
            yield from (found[one] for one in batch if one in found)


def one(connection: Connection, query: Select[Any], missing: str) -> Row[Any]:
    """The one row that there is, or an ArchiveError that says what is missing."""
    row = connection.execute(query).one_or_none()
    if row is None:
        raise ArchiveError(missing)
    return row
