"""The archive's schema and its numbered upgrades, run in one transaction."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

from storage import schema
from storage.columns import AnyText, RowId, UtcDateTime
from storage.errors import ArchiveError


def _index_what_is_looked_up(connection: Connection) -> None:
    """Indexes for what took the longer, the more the archive held; and away with one that nothing used."""
    for table, columns in (
        ("edit", ("from_version_id",)),
        ("edit", ("to_version_id",)),
        ("page", ("site_id", "first_seen")),
        ("page", ("site_id", "last_change")),
        ("page", ("site_id", "version_id")),
    ):
        name = f"ix_{table}_{'_'.join(columns)}"
        connection.execute(text(f"CREATE INDEX {name} ON {table} ({', '.join(columns)})"))
    connection.execute(text("DROP INDEX ix_page_next_due"))


_NUMBERED_ONCE = (
    "PRAGMA defer_foreign_keys=ON",  # until the transaction ends; readings and edits refer to versions
    "CREATE TEMP TABLE version_before AS SELECT id, page_id, number, capture_id, at FROM version",
    "DROP TABLE version",
    (
        "CREATE TABLE version (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, page_id INTEGER NOT NULL, "
        "number INTEGER NOT NULL, capture_id INTEGER NOT NULL, at DATETIME NOT NULL, "
        "CONSTRAINT uq_version_page_id_number UNIQUE (page_id, number), "
        "CONSTRAINT fk_version_page_id FOREIGN KEY(page_id) REFERENCES page (id), "
        "CONSTRAINT fk_version_capture_id FOREIGN KEY(capture_id) REFERENCES capture (id))"
    ),
    "INSERT INTO version (id, page_id, number, capture_id, at) SELECT * FROM version_before ORDER BY id",
    "DROP TABLE version_before",
    "DELETE FROM sqlite_sequence WHERE name = 'version'",
    (
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'version', coalesce(max(id), 0) FROM "
        "(SELECT max(id) AS id FROM version UNION ALL SELECT max(version_id) FROM link)"
    ),
)


def _number_versions_once(connection: Connection) -> None:
    """No number of a version is given twice: entries of visits name versions by it, those too that are gone since."""
    for statement in _NUMBERED_ONCE if connection.dialect.name == "sqlite" else ():  # a sequence never does
        connection.execute(text(statement))


def _add_stamps(connection: Connection) -> None:
    """Tables for time stamps."""
    added = MetaData(naming_convention={"pk": "pk_%(table_name)s"})
    Table(
        "stamp",
        added,
        Column("id", RowId, primary_key=True),
        Column("at", UtcDateTime, nullable=False),
        Column("url", Text, nullable=False),
        Column("said", Text, nullable=False),
        Column("token", LargeBinary, nullable=False),
        Column("crc32", BigInteger, nullable=False),
    )
    Table(
        "authority",
        added,
        Column("url", Text, primary_key=True),
        Column("last_try", UtcDateTime, nullable=False),
        Column("outcome", String(24), nullable=False),
        Column("note", AnyText, nullable=False),
        Column("failures", Integer, nullable=False),
    )
    added.create_all(connection)


def _pack_bodies_otherwise(_connection: Connection) -> None:
    """Earlier releases cannot read the bodies that are stored from now on; those that are there stay as they are."""


def _keep_several_templates(connection: Connection) -> None:
    """Several bodies of a site that first captures are packed against, instead of one."""
    added = MetaData(naming_convention={"pk": "pk_%(table_name)s"})
    Table(
        "template",
        added,
        Column("site_id", RowId, primary_key=True, autoincrement=False),
        Column("body_id", RowId, primary_key=True, autoincrement=False),
        Column("uses", Integer, nullable=False),
        Column("last_use", RowId, nullable=False),
        sqlite_with_rowid=False,
    )
    added.create_all(connection)
    connection.execute(
        text(
            "INSERT INTO template (site_id, body_id, uses, last_use) "
            "SELECT id, template_body_id, template_uses, template_body_id FROM site WHERE template_body_id IS NOT NULL"
        )
    )
    for column in ("template_body_id", "template_uses"):
        connection.execute(text(f"ALTER TABLE site DROP COLUMN {column}"))


_EDITS_WITH_SITES = (
    "PRAGMA defer_foreign_keys=ON",  # until the transaction ends; the search index refers to edits
    "CREATE TABLE edit_before AS SELECT edit.*, page.site_id FROM edit JOIN page ON page.id = edit.page_id",
    "DROP TABLE edit",
    (
        "CREATE TABLE edit (id INTEGER NOT NULL, page_id INTEGER NOT NULL, from_version_id INTEGER NOT NULL, "
        'to_version_id INTEGER NOT NULL, "after" DATETIME NOT NULL, "before" DATETIME NOT NULL, '
        "reader VARCHAR(255) NOT NULL, significance VARCHAR(16) NOT NULL, significance_rank INTEGER NOT NULL, "
        "acknowledged VARCHAR(16) NOT NULL, status VARCHAR(16) NOT NULL, fields JSON NOT NULL, kinds JSON NOT NULL, "
        "reasons JSON NOT NULL, changes BLOB NOT NULL, site_id INTEGER NOT NULL, CONSTRAINT pk_edit PRIMARY KEY (id), "
        "CONSTRAINT fk_edit_page_id FOREIGN KEY(page_id) REFERENCES page (id), "
        "CONSTRAINT fk_edit_from_version_id FOREIGN KEY(from_version_id) REFERENCES version (id), "
        "CONSTRAINT fk_edit_to_version_id FOREIGN KEY(to_version_id) REFERENCES version (id), "
        "CONSTRAINT fk_edit_site_id FOREIGN KEY(site_id) REFERENCES site (id))"
    ),
    "INSERT INTO edit SELECT * FROM edit_before ORDER BY id",
    "DROP TABLE edit_before",
    "CREATE INDEX ix_edit_page_id ON edit (page_id)",
    "CREATE INDEX ix_edit_from_version_id ON edit (from_version_id)",
    "CREATE INDEX ix_edit_to_version_id ON edit (to_version_id)",
    'CREATE INDEX ix_edit_before ON edit ("before")',
)
_SITES_TO_EDITS = (
    "ALTER TABLE edit ADD COLUMN site_id BIGINT CONSTRAINT fk_edit_site_id REFERENCES site (id)",
    "UPDATE edit SET site_id = page.site_id FROM page WHERE page.id = edit.page_id",
    "ALTER TABLE edit ALTER COLUMN site_id SET NOT NULL",
    "ALTER INDEX ix_search_entry_words SET (gin_pending_list_limit = 64)",  # kB that each search goes through
)


def _find_edits_by_site(connection: Connection) -> None:
    """Edits say of which site they are: the newest of one are looked up, and the pending ones of all."""
    for statement in _EDITS_WITH_SITES if connection.dialect.name == "sqlite" else _SITES_TO_EDITS:
        connection.execute(text(statement))
    connection.execute(text('CREATE INDEX ix_edit_site_id_before ON edit (site_id, "before")'))
    connection.execute(text("""CREATE INDEX ix_edit_pending ON edit ("before") WHERE status = 'pending'"""))


def _lay_frames_end_to_end(connection: Connection) -> None:
    """A table for the frames of compacted bodies, of which there are none yet."""
    added = MetaData(naming_convention={"pk": "pk_%(table_name)s"})
    Table(
        "piece",
        added,
        Column("id", RowId, primary_key=True, autoincrement=False),
        Column("data", LargeBinary, nullable=False),
        Column("crc32", BigInteger, nullable=False),
    )
    added.create_all(connection)


# Upgrade n brings an archive from schema version n + 1 to n + 2; a new archive is made at the newest version at once.
# An upgrade that has been released is never changed, and names its tables and columns itself: add another.
UPGRADES: tuple[Callable[[Connection], None], ...] = (
    _index_what_is_looked_up,
    _number_versions_once,
    _add_stamps,
    _pack_bodies_otherwise,
    _keep_several_templates,
    _find_edits_by_site,
    _lay_frames_end_to_end,
)


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
