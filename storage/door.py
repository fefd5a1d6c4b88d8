"""What the write door and the read door share: an open database, closed at the end, whose errors a person can read."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from storage import migrations
from storage.database import USUAL, archive_url, explain, file_of, open_engine
from storage.errors import ArchiveError


class Door:
    """An archive's database, open for reading or also for writing.

    Raises:
        ArchiveError: there is no archive of this release's schema, or the database fails; the text says what to do.
    """

    def __init__(self, url: str, *, read_only: bool, create: bool = False, older: bool = False) -> None:
        """Open the archive; with `create` there may be none yet, with `older` it may be one of an older release."""
        self._url = archive_url(url)
        self._file = file_of(self._url)
        if self._file is not None and not create and not self._file.exists():
            named = "" if url == USUAL else f" --archive {url}"
            raise ArchiveError(f"{url}: there is no archive here yet; make one with: luutin init{named}")
        if self._file is not None and self._file.is_dir():
            raise ArchiveError(f"{url}: cannot be opened: it is a folder, and no archive")
        self._engine = open_engine(self._url, read_only=read_only)
        if create:
            return
        try:
            with self._transaction() as connection, self._named():
                migrations.check(connection, older=older)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _transaction(self) -> AbstractContextManager[Connection]:
        return self._begun(self._engine)

    @contextmanager
    def _begun(self, engine: Engine) -> Iterator[Connection]:
        """A transaction on the archive's database, by any engine of it, whose errors a person can read."""
        try:
            with engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise explain(error, self._url) from error

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Have what is wrong with an archive told with its name."""
        try:
            yield
        except ArchiveError as error:
            raise ArchiveError(f"{self._url.render_as_string()}: {error}") from error

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that sees one state of the archive, whatever is stored meanwhile."""
        with self._engine.connect() as connection:
            if connection.dialect.name != "sqlite":  # which always does
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection
