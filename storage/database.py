"""Opening an archive's database: engines whose transactions and pragmas hold what the archive promises."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from storage.errors import ArchiveError

BUSY_TIMEOUT_MS = 60_000  # 20 writers that commit in groups of some 10 ms each wait a second at most


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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
        raise ArchiveError(f"--archive {text!r}: an archive is sqlite:///FILE or postgresql+psycopg://…")
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
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _sqlite_engine(url: URL, *, read_only: bool) -> Engine:
    engine = create_engine(url, json_serializer=_dumps, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _on_connect)
    if read_only:
        event.listen(engine, "connect", lambda dbapi, _entry: dbapi.execute("PRAGMA query_only=ON").close())
    # A writer that begins as a reader loses its turn with SQLITE_BUSY, whatever the timeout:
    # https://sqlite.org/lang_transaction.html#immediate
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy passes its Connection
        connection.exec_driver_sql(begin)

    return engine


def open_engine(url: URL, *, read_only: bool = False) -> Engine:
    """An engine on the database at `url`; with `read_only` every statement that writes fails.

    Raises:
        ArchiveError: the driver for this kind of database is not installed.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, read_only=read_only)
    options = {"postgresql_readonly": True} if read_only else {}
    try:
        return create_engine(url, json_serializer=_dumps, execution_options=options)
    except (ImportError, NoSuchModuleError) as error:
        raise ArchiveError(f"{url.render_as_string()}: no driver for this database is installed") from error


def explain(error: DatabaseError, url: URL) -> ArchiveError:
    """What went wrong with the database, for a person."""
    where = url.render_as_string()
    said = str(error.orig or error)
    for sign, meaning in (
        ("not a database", "this file is not a Luutin archive"),
        ("unable to open", "the archive cannot be opened; does its folder exist, and may you write there?"),
        ("readonly", "the archive is read-only here"),
        ("locked", f"another process kept the archive locked for {BUSY_TIMEOUT_MS // 1000} s"),
        ("disk is full", "the disk is full"),
    ):
        if sign in said:
            return ArchiveError(f"{where}: {meaning} ({said})")
    return ArchiveError(f"{where}: {said}")
