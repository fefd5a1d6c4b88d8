"""The archive's schema as numbered steps, each in one transaction."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, inspect, select

from storage import schema
from storage.errors import ArchiveError


def _first_tables(connection: Connection) -> None:
    schema.metadata.create_all(connection)


# Step n brings an archive from version n to n + 1. A step that has been released is never changed: add another.
STEPS: tuple[Callable[[Connection], None], ...] = (_first_tables,)
CURRENT = len(STEPS)


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
    return int(row.value)


def check(connection: Connection) -> None:
    """Raises ArchiveError unless the database holds an archive that this release of Luutin can use."""
    found = version_of(connection)
    if found is None:
        raise ArchiveError("there is no archive here yet; make one with: luutin init")
    if found > CURRENT:
        raise ArchiveError(
            f"this archive has schema version {found}; this release of Luutin knows {CURRENT}. Upgrade Luutin"
        )
    if found < CURRENT:
        raise ArchiveError(f"this archive has schema version {found} and has to be brought to {CURRENT}: luutin init")


def migrate(connection: Connection, now: datetime) -> int:
    """Bring the database to the current schema, all in the caller's transaction; gives the version it had."""
    found = version_of(connection) or 0
    if found > CURRENT:
        check(connection)
    for step in STEPS[found:]:
        step(connection)
    if found == 0:
        connection.execute(
            schema.meta.insert(),
            [{"key": "schema_version", "value": str(CURRENT)}, {"key": "created", "value": now.isoformat()}],
        )
    elif found < CURRENT:
        connection.execute(schema.meta.update().where(schema.meta.c.key == "schema_version").values(value=str(CURRENT)))
    return found
