"""Copies an SQLite archive to a file and back, as it was at one moment, while others write to it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy.engine import URL

from storage.database import BUSY_TIMEOUT_MS, archive_url, explain, file_of, how_to_read
from storage.errors import ArchiveError
from storage.newfiles import flush, new_place

_PAGES = 1_000  # of 4 kB, between two words on how far it is

OnPages = Callable[[int, int], None]  # pages that are left, pages in all


def sqlite_file(url: str) -> Path:
    """The file of an archive that can be copied as one.

    Raises:
        ArchiveError: it is on a server, which has its own ways; the text says which.
    """
    parsed = archive_url(url)
    file = file_of(parsed)
    if file is None:
        name = parsed.database
        raise ArchiveError(
            f"{parsed.render_as_string()}: an archive in PostgreSQL is backed up, while crawls run, with: "
            f"pg_dump --format=custom --file=FILE {name}; and restored into an empty database with: "
            f"pg_restore --dbname={name} FILE; an archive in SQLite, as a backup of one is, moves there with: "
            "luutin restore --from sqlite:///FILE"
        )
    return file


@contextmanager
def copied(source: Path, target: Path, on_pages: OnPages = lambda _left, _all: None) -> Iterator[Path]:
    """A copy of an archive's file beside `target`, which takes that name when the block ends well and else is removed.

    Raises:
        ArchiveError: there is something at `target` already, also if it comes to be there meanwhile; or copying fails.
    """
    with new_place(target) as part:
        if not source.exists():
            raise ArchiveError(f"{source}: there is no such file")
        _copy(source, part, target, on_pages)
        yield part


def replace_copy(source: Path, target: Path) -> None:
    """Make or renew a copy of an archive's file at `target`; there is the old copy or the new one whatever happens.

    Raises:
        ArchiveError: copying fails.
    """
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    _copy(source, part, target, lambda _left, _all: None)
    part.replace(target)


def _copy(source: Path, part: Path, target: Path, on_pages: OnPages) -> None:
    """By the backup API of SQLite, within one reading transaction, so that no writer makes it begin anew.

    What goes wrong with `part` is told of `target`.

    https://sqlite.org/backup.html: a step keeps to the snapshot of a transaction that is open on the source already.
    """
    where: Path = source
    try:
        with closing(_open(f"{source.absolute().as_uri()}?{urlencode(how_to_read(source))}")) as old:
            old.execute("BEGIN")
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()
            where = target
            with closing(_open(part.absolute().as_uri())) as new:
                old.backup(new, pages=_PAGES, progress=lambda _status, left, pages: on_pages(left, pages))
                new.execute("PRAGMA journal_mode=DELETE")  # one file, and no others beside it
    except sqlite3.Error as error:
        raise explain(error, URL.create("sqlite", database=str(where))) from error
    flush(part)


def _open(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000)
