"""Opening an archive's database: engines whose transactions and pragmas hold what the archive promises."""

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from storage.errors import ArchiveError, DamagedArchiveError

USUAL = "sqlite:///luutin.db"  # the archive, where nothing else is said
_PAUSE = 0.05  # seconds between two attempts at what SQLite does not wait for
BUSY_TIMEOUT_MS = 60_000  # 20 writers that commit in groups of some 10 ms each wait a second at most
_WRITER_LOCK = 0x4C757574696E  # "Luutin": the key of PostgreSQL's lock that whoever writes holds

_POSTGRESQL = {"lock_timeout": BUSY_TIMEOUT_MS, "TimeZone": "UTC"}
# A statement that PostgreSQL has seen ten times may get a plan that is to suit any values: it then reckons with a tenth
# of all for a LIMIT, and with one text in two hundred for a word, and goes through whole tables. So what is asked is
# planned each time, in 0.1 to 0.6 ms. https://www.postgresql.org/docs/current/sql-prepare.html#SQL-PREPARE-NOTES
_POSTGRESQL_READING = {**_POSTGRESQL, "plan_cache_mode": "force_custom_plan"}
_PAGE_SIZE = 8192  # bytes; of the default, 4096, a quarter is left empty by what pages change by, 1 to 2 kB mostly
# Of pages that a connection keeps. The indexes of digests and chains are read and written at random; with the 2 MB that
# SQLite takes by default, to store a body takes 4 % longer in a file of 7 MB already.
_CACHE_KIB = 16_384
_DAMAGE = {"disk I/O error", "malformed"}  # what SQLite says of a database that it cannot read all of
_BATCH = 500  # values in one statement
_T = TypeVar("_T")
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(value: object) -> str:
    """JSON that any database takes: half a surrogate pair, which pages do have, has no UTF-8 form and is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def batched(values: Iterable[_T], size: int = _BATCH) -> Iterator[list[_T]]:
    """The values in lists that fit into one statement: SQLite takes 32,766 parameters at most."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def archive_url(text: str) -> URL:
    """The database URL that `--archive` names.

    Raises:
        ArchiveError: it is no database URL of a kind that Luutin knows.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ArchiveError(f"--archive {text!r} is no database URL; write it like sqlite:///luutin.db") from error
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        shown = url.render_as_string()  # without the password
        raise ArchiveError(f"--archive {shown!r}: an archive is sqlite:///FILE or postgresql+psycopg://…")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ArchiveError(
            f"--archive {text!r} names no file; several processes share an archive, so it cannot live in memory"
        )
    return url


def file_of(url: URL) -> Path | None:
    """The file of an SQLite archive; None for a server."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _on_connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # SQLAlchemy says when a transaction begins, not the driver
    connection.execute(f"PRAGMA page_size={_PAGE_SIZE}").close()  # counts while a file is new, and not after that
    pragmas = ("synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", f"cache_size=-{_CACHE_KIB}")
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", *pragmas):
        connection.execute(f"PRAGMA {pragma}").close()


def how_to_read(file: Path) -> dict[str, str]:
    """The parameters of a URI by which SQLite opens a file and cannot write to it.

    Readers share memory with writers through files beside the archive. Where these are missing and cannot be made, as
    on a read-only medium, nobody is writing either: `immutable` does without (https://sqlite.org/wal.html#readonly).
    """
    if not os.access(file.absolute().parent, os.W_OK) and not Path(f"{file}-wal").exists():
        return {"mode": "ro", "immutable": "1"}
    return {"mode": "ro"}


def _read_only(url: URL) -> URL:
    file = Path(url.database or "").absolute()
    return url.set(database=file.as_uri()).update_query_dict({"uri": "true", **how_to_read(file)})


def _sqlite_engine(url: URL, *, read_only: bool) -> Engine:
    engine = create_engine(
        _read_only(url) if read_only else url,
        json_serializer=to_json,
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
        max_overflow=-1,  # threads wait for the database, which says who kept it, not for the pool
    )
    event.listen(engine, "connect", _on_connect)
    # A writer that begins as a reader loses its turn with SQLITE_BUSY, whatever the timeout:
    # https://sqlite.org/lang_transaction.html#immediate
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy passes its Connection
        connection.exec_driver_sql(begin)

    return engine


def use_wal(engine: Engine) -> None:
    """Have readers and a writer of an SQLite archive not wait for each other; kept in the file from then on.

    Not done on each connection: it would write to a file before anyone knows whether it is an archive.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        _set_wal(connection.cursor(), until=monotonic() + BUSY_TIMEOUT_MS / 1000)
    finally:
        connection.close()


def _set_wal(cursor: Any, until: float) -> None:  # noqa: ANN401 - SQLAlchemy's
    """Where another writes, SQLite does not wait, but says at once that the database is locked."""
    while cursor.execute("PRAGMA journal_mode").fetchall() != [("wal",)]:
        try:
            cursor.execute("PRAGMA journal_mode=WAL").fetchall()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > until:
                raise
            sleep(_PAUSE)


def shrink(engine: Engine) -> None:
    """Write a database anew without the room that is free in it, which goes back to the disk.

    Raises:
        sqlite3.Error, DatabaseError: others hold it, or there is no room for both (https://sqlite.org/lang_vacuum.html).
    """
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
            server.exec_driver_sql("VACUUM (FULL, ANALYZE)")
        return
    connection = engine.raw_connection()
    try:
        for statement in (
            "PRAGMA temp_store=FILE",  # or all of it would be in memory
            "VACUUM",
            "PRAGMA temp_store=MEMORY",
            "PRAGMA wal_checkpoint(TRUNCATE)",
        ):
            connection.cursor().execute(statement).close()
    finally:
        connection.close()


def open_engine(url: URL, *, read_only: bool = False) -> Engine:
    """An engine on the database at `url`; with `read_only` every statement that writes fails.

    Raises:
        ArchiveError: the driver for this kind of database is not installed.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, read_only=read_only)
    try:
        return _postgresql_engine(url, read_only=read_only)
    except (ImportError, NoSuchModuleError) as error:
        raise ArchiveError(
            f"{url.render_as_string()}: no driver for this database is installed; add one with: "
            "pip install 'luutin[postgresql]'"
        ) from error


def _postgresql_engine(url: URL, *, read_only: bool) -> Engine:
    settings = _POSTGRESQL_READING if read_only else _POSTGRESQL
    engine = create_engine(
        url,
        json_serializer=to_json,
        connect_args={"options": " ".join(f"-c {name}={value}" for name, value in settings.items())},
        execution_options={"postgresql_readonly": True} if read_only else {},
        max_overflow=-1,
    )
    if not read_only:
        # One writer at a time, as on SQLite: what a transaction looks up before it writes (is this URL known?) must
        # still hold when it does. Commits of some 10 ms leave room for a hundred groups of visits a second.
        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy passes its Connection
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")

    return engine


def explain(error: Exception, url: URL) -> ArchiveError:
    """What went wrong with the database, for a person; an error of SQLAlchemy or of a driver."""
    where = url.render_as_string()
    said = " ".join(str((error.orig if isinstance(error, DatabaseError) else None) or error).split())
    for sign, meaning in (
        ("not a database", "this file is not a Luutin archive"),
        ("unable to open", "the archive cannot be opened; does its folder exist, and may you write there?"),
        ("disk I/O error", "the archive cannot be read or written; is it a file, is the disk well, are files limited?"),
        ("malformed", "the archive is damaged; restore a backup"),
        ("readonly", "the archive is read-only here"),
        ("read-only", "the archive is read-only here"),
        ("lock timeout", f"another process kept the archive locked for {BUSY_TIMEOUT_MS // 1000} s"),
        ("locked", f"another process kept the archive locked for {BUSY_TIMEOUT_MS // 1000} s"),
        ("disk is full", "the disk is full"),
        ("No space left", "the disk is full"),
    ):
        if sign in said:
            kind = DamagedArchiveError if sign in _DAMAGE else ArchiveError
            return kind(f"{where}: {meaning} ({said})")
    return ArchiveError(f"{where}: {said}")
