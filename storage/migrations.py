"""The archive's schema and its numbered upgrades, run in one transaction."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, inspect, select, update

from storage import schema
from storage.errors import ArchiveError

# Upgrade n brings an archive from schema version n + 1 to n + 2; a new archive is made at the newest version at once.
# An upgrade that has been released is never changed, and names its tables and columns itself: add another.
UPGRADES: tuple[Callable[[Connection], None], ...] = ()


def current() -> int:
    """The schema version of this release."""
    return 1 + len(UPGRADES)


def version_of(connection: Connection) -> int | None:
    """The schema version of the database; None when it holds no archive.

    Raises:
        ArchiveError: the database holds other tables, but no archive.
    """
    tables = inspect(connection).get_table_names()
    if "meta" not in tables:
        if tables:
            raise ArchiveError(f"this database is not a Luutin archive; it holds {', '.join(sorted(tables)[:5])}")
        return None
    row = connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "schema_version")).one_or_none()
    if row is None:
        raise ArchiveError("this database is not a Luutin archive: its table 'meta' names no schema_version")
    if not row.value.isdecimal():
        raise ArchiveError(f"this archive is damaged: its schema_version is {row.value!r}")
    return int(row.value)


def check(connection: Connection, *, older: bool = False) -> None:
    """Raises ArchiveError unless the database holds an archive that this release of Luutin can use.

    With `older`, one that it can bring to its own schema will do.
    """
    found = version_of(connection)
    if found is None:
        raise ArchiveError("there is no archive here yet; make one with: luutin init")
    if found > current():
        raise ArchiveError(
            f"this archive has schema version {found}; this release of Luutin knows {current()}. Upgrade Luutin"
        )
    if found < current() and not older:
        raise ArchiveError(f"this archive has schema version {found} and has to be brought to {current()}: luutin init")


def migrate(connection: Connection, now: datetime) -> int:
    """Bring the database to the current schema, all in the caller's transaction; gives the version it had, 0 for none.

    Raises:
        ArchiveError: the database is no archive, or one of a newer release.
    """
    found = version_of(connection)
    if found is None:
        schema.metadata.create_all(connection)
        values = {"schema_version": str(current()), "created": now.isoformat()}
        connection.execute(insert(schema.meta), [{"key": key, "value": value} for key, value in values.items()])
        return 0
    if found > current():
        check(connection)
    for upgrade in UPGRADES[found - 1 :]:
        upgrade(connection)
    connection.execute(update(schema.meta).where(schema.meta.c.key == "schema_version").values(value=str(current())))
    return found
