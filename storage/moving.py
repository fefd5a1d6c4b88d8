"""Moves an archive from one database to another, of whatever kinds: all of it, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

from storage import migrations, schema
from storage.database import archive_url, explain, file_of, open_engine
from storage.door import Door
from storage.errors import ArchiveError
from storage.newfiles import new_place
from storage.plainrows import PlainTable, Sum, Values
from storage.search import entries
from storage.verifying.whole import Verification

OnStep = Callable[[int, int], None]  # rows that have been moved, rows in all

_TABLES = [PlainTable(table) for table in schema.metadata.sorted_tables]
_EVERY = 500  # rows between two words on how far it is


@contextmanager
def moved(source: str, target: str, on_step: OnStep = lambda _done, _all: None) -> Iterator[Verification]:
    """The archive at `source` as it arrived at `target`, to be verified: it is there when the block ends well.

    It is moved as it was at one moment, while others may write to the source. Counts and digests of all tables have
    been compared. All is one transaction; a file has its name after that.

    Raises:
        ArchiveError: the target holds something already, or one of the two databases fails.
    """
    url = archive_url(target)
    with Door(source, read_only=True) as old, old.snapshot() as connection, _made(url) as new:
        _refuse_taken(new, url)
        schema.metadata.create_all(new)
        _move(connection, new, archive_url(source), on_step)
        yield Verification(new)


@contextmanager
def _made(url: URL) -> Iterator[Connection]:
    """A transaction on the target; where it is a file, on one that takes its name at the end."""
    file = file_of(url)
    if file is None:
        with _writing(open_engine(url), url) as connection:
            yield connection
        return
    with new_place(file) as part, _writing(open_engine(url.set(database=str(part))), url) as connection:
        yield connection


@contextmanager
def _writing(engine: Engine, url: URL) -> Iterator[Connection]:
    """A transaction whose errors a person can read, those of COPY too, which SQLAlchemy does not see."""
    try:
        with engine.begin() as connection:
            yield connection
    except (DatabaseError, engine.dialect.loaded_dbapi.Error) as error:
        raise explain(error, url) from error
    finally:
        engine.dispose()


def _refuse_taken(connection: Connection, url: URL) -> None:
    where = url.render_as_string()
    try:
        found = migrations.version_of(connection)
    except ArchiveError as error:
        raise ArchiveError(f"{where}: {error}") from error
    if found is not None:
        raise ArchiveError(f"{where} holds an archive already; nothing is ever written over")


def _move(old: Connection, new: Connection, source: URL, on_step: OnStep) -> None:
    total = sum(table.count(old) for table in _TABLES)
    done = 0

    def step(rows: int) -> None:
        nonlocal done
        done += rows
        on_step(done, total)

    for table in _TABLES:
        sent, arrived = Sum(), Sum()
        table.write(new, _stepping(sent.of(_read(table, old, source)), step))
        table.number_from(new, table.last_number(old))
        for _ in arrived.of(table.rows(new)):
            pass
        if sent != arrived:
            raise ArchiveError(f"{table.name}: {sent.told} were sent, and {arrived.told} have arrived")
    entries.fill(new, lambda _rows: None)


def _read(table: PlainTable, connection: Connection, url: URL) -> Iterator[Values]:
    try:
        yield from table.rows(connection)
    except DatabaseError as error:
        raise explain(error, url) from error
    except ValueError as error:  # a time that is none
        raise ArchiveError(f"a row of {table.name!r} is damaged; see: luutin verify") from error


def _stepping(rows: Iterator[Values], step: Callable[[int], None]) -> Iterator[Values]:
    number = 0
    for number, row in enumerate(rows, 1):
        yield row
        if number % _EVERY == 0:
            step(_EVERY)
    step(number % _EVERY)
