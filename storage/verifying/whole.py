"""Verifies a whole archive, as it was at one moment, while crawls may go on."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DatabaseError

from storage import schema
from storage.chain import entering, forms
from storage.database import explain
from storage.door import Door
from storage.stamps import tokens
from storage.verifying import bodies, links, placing, rows, stamps
from storage.verifying.faults import Fault, OnStep
from storage.verifying.stored import Stored, tolerate

_site = schema.site.c
_CHECKED = ("body", "link", "stamp", *forms.STATED)


class Verification:
    """The verification of what one transaction sees of an archive.

    `certificates`, in PEM, are the root certificates that time stamps have to be signed under, where they are known.
    """

    def __init__(self, connection: Connection, certificates: bytes = b"") -> None:
        self._connection = connection
        self._certificates = certificates

    @property
    def checks_signatures(self) -> bool:
        """Whether the signatures of time stamps are checked."""
        return bool(self._certificates) and tokens.is_installed()

    def total(self) -> int:
        """How many rows there are to check."""
        counts = (select(func.count()).select_from(schema.metadata.tables[table]) for table in _CHECKED)
        return sum(int(self._connection.execute(count).scalar_one()) for count in counts)

    def stamps(self) -> int:
        """How many time stamps there are."""
        return int(self._connection.execute(select(func.count()).select_from(schema.stamp)).scalar_one())

    def heads(self) -> dict[str, tuple[int, str]]:
        """Number and digest of the newest entry of each chain: what to keep elsewhere, as nobody can forge it later."""
        return {key: (seq, digest.hex()) for key, (seq, digest) in sorted(entering.heads(self._connection).items())}

    def faults(self, on_step: OnStep = lambda _rows: None) -> Iterator[Fault]:
        """Every fault, found while it is iterated; `on_step` is told how many rows have been checked."""
        tolerate(self._connection)
        yield from _file_faults(self._connection)
        yield from _faults(Stored(self._connection), self._certificates, on_step)


class Verifier(Door):
    """An archive open for verification.

    Raises:
        ArchiveError: there is no archive of this release's schema.
    """

    def __init__(self, url: str, certificates: bytes = b"") -> None:
        super().__init__(url, read_only=True)
        self._certificates = certificates

    @property
    def checks_signatures(self) -> bool:
        """As `Verification.checks_signatures`."""
        return bool(self._certificates) and tokens.is_installed()

    def total(self) -> int:
        """As `Verification.total`."""
        with self._transaction() as connection:
            return Verification(connection).total()

    def stamps(self) -> int:
        """As `Verification.stamps`."""
        with self._transaction() as connection:
            return Verification(connection).stamps()

    def heads(self) -> dict[str, tuple[int, str]]:
        """As `Verification.heads`."""
        with self._transaction() as connection:
            return Verification(connection).heads()

    def faults(self, on_step: OnStep = lambda _rows: None) -> Iterator[Fault]:
        """As `Verification.faults`; that the database fails is a fault too."""
        try:
            with self.snapshot() as connection:
                yield from Verification(connection, self._certificates).faults(on_step)
                connection.rollback()  # to commit a damaged file fails, though nothing was written
        except DatabaseError as error:
            yield Fault(what="database", text=str(explain(error, self._url)))


def _faults(stored: Stored, certificates: bytes, on_step: OnStep) -> Iterator[Fault]:
    yield from bodies.check(stored, on_step)
    sites = {row["id"]: row["key"] for row, _ in stored.all([_site.id, _site.key])}
    chains = sites | {forms.ARCHIVE: ""}
    for number in stored.connection.scalars(select(schema.link.c.site_id).distinct()):
        if number not in chains:
            yield Fault(what="chain", text=f"the site {number} of a chain is missing")
    placed = placing.Placing()
    yield from placing.gather(stored, chains, placed)
    for number, key in chains.items():
        yield from links.check(stored, number, key, placed, on_step)
    yield from links.check_days(stored, sites)
    yield from stamps.check(stored, chains, certificates, on_step)
    yield from rows.check(stored, placed, on_step)


def _file_faults(connection: Connection) -> Iterator[Fault]:
    """What SQLite itself finds: rows that indexes lack, references to nothing (https://sqlite.org/pragma.html)."""
    if connection.dialect.name != "sqlite":
        return
    try:
        for (said,) in connection.execute(text("PRAGMA integrity_check")):
            if said != "ok":
                yield Fault(what="database", text=said)
        for table, number, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
            yield Fault(what=table, text=f"refers to a row of {parent} that is missing", number=number)
    except DatabaseError as error:  # what can be read is checked all the same
        yield Fault(what="database", text=f"the file cannot be read whole: {error.orig}; restore a backup")
