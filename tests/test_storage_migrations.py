"""Schema versions: made once, upgraded in one transaction, a newer one left alone."""

import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from storage import migrations
from storage.archive import Archive, init
from storage.database import archive_url, open_engine
from storage.errors import ArchiveError
from storage.queries import Queries
from tests.newsroom import NEW_URL, OTHER_URL, RAIN, Newsroom, history
from tests.postgres import Postgres

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
NOW = migrations.current()
VERSION_6 = {  # brings edits back to what they were in the sixth schema, by kind of database, and has no pieces
    "sqlite": """DROP TABLE piece; CREATE TABLE away AS SELECT * FROM edit; DROP TABLE edit;
CREATE TABLE edit (id INTEGER NOT NULL, page_id INTEGER NOT NULL, from_version_id INTEGER NOT NULL,
to_version_id INTEGER NOT NULL, "after" DATETIME NOT NULL, "before" DATETIME NOT NULL, reader VARCHAR(255) NOT NULL,
significance VARCHAR(16) NOT NULL, significance_rank INTEGER NOT NULL, acknowledged VARCHAR(16) NOT NULL,
status VARCHAR(16) NOT NULL, fields JSON NOT NULL, kinds JSON NOT NULL, reasons JSON NOT NULL, changes BLOB NOT NULL,
CONSTRAINT pk_edit PRIMARY KEY (id), CONSTRAINT fk_edit_page_id FOREIGN KEY(page_id) REFERENCES page (id),
CONSTRAINT fk_edit_from_version_id FOREIGN KEY(from_version_id) REFERENCES version (id),
CONSTRAINT fk_edit_to_version_id FOREIGN KEY(to_version_id) REFERENCES version (id));
INSERT INTO edit SELECT id, page_id, from_version_id, to_version_id, "after", "before", reader, significance,
significance_rank, acknowledged, status, fields, kinds, reasons, changes FROM away; DROP TABLE away;
CREATE INDEX ix_edit_page_id ON edit (page_id); CREATE INDEX ix_edit_before ON edit ("before");
CREATE INDEX ix_edit_from_version_id ON edit (from_version_id);
CREATE INDEX ix_edit_to_version_id ON edit (to_version_id);
""",
    "postgresql": """DROP TABLE piece; DROP INDEX ix_edit_pending; ALTER TABLE edit DROP COLUMN site_id;
ALTER INDEX ix_search_entry_words RESET (gin_pending_list_limit);""",
}
VERSION_3 = """DROP TABLE stamp; DROP TABLE authority; DROP TABLE template;
ALTER TABLE site ADD COLUMN template_body_id INTEGER;
ALTER TABLE site ADD COLUMN template_uses INTEGER NOT NULL DEFAULT 0;
UPDATE meta SET value = '3' WHERE key = 'schema_version'
"""  # brings an archive back to what the third schema was
VERSION_1 = f"""
PRAGMA legacy_alter_table=ON; PRAGMA foreign_keys=OFF;
{VERSION_6["sqlite"]}
{VERSION_3};
DROP INDEX ix_edit_from_version_id; DROP INDEX ix_edit_to_version_id; DROP INDEX ix_page_site_id_first_seen;
DROP INDEX ix_page_site_id_last_change; DROP INDEX ix_page_site_id_version_id;
CREATE INDEX ix_page_next_due ON page (next_due);
ALTER TABLE version RENAME TO away;
CREATE TABLE version (id INTEGER NOT NULL, page_id INTEGER NOT NULL, number INTEGER NOT NULL,
capture_id INTEGER NOT NULL, at DATETIME NOT NULL, CONSTRAINT pk_version PRIMARY KEY (id),
CONSTRAINT uq_version_page_id_number UNIQUE (page_id, number),
CONSTRAINT fk_version_page_id FOREIGN KEY(page_id) REFERENCES page (id),
CONSTRAINT fk_version_capture_id FOREIGN KEY(capture_id) REFERENCES capture (id));
INSERT INTO version SELECT * FROM away; DROP TABLE away;
UPDATE meta SET value = '1' WHERE key = 'schema_version';
"""  # brings an archive back to what the first schema was


def _open(url: str) -> Archive:
    return Archive(url, next_due=lambda _site, _history, _now: None)


def _execute(url: str, statement: str) -> None:
    engine = open_engine(archive_url(url))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _values(url: str, query: str) -> list[str]:
    engine = open_engine(archive_url(url))
    with engine.begin() as connection:
        found = [str(value) for value in connection.scalars(text(query))]
    engine.dispose()
    return found


def _columns(url: str) -> set[str]:
    engine = open_engine(archive_url(url))
    with engine.connect() as connection:
        names = {column["name"] for column in inspect(connection).get_columns("site")}
    engine.dispose()
    return names


def _add_first(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE site ADD COLUMN first_addition TEXT"))


def _add_second(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE site ADD COLUMN second_addition TEXT"))


def _fail(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE no_such_table ADD COLUMN x TEXT"))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'a.db'}"


def test_a_second_init_changes_nothing(url: str) -> None:
    assert init(url, NOON) == 0
    with _open(url) as archive:
        archive.watch_site("vidu", NOON)
    assert init(url, NOON) == migrations.current()
    with Queries(url) as queries:
        assert [row.site for row in queries.sites(NOON)] == ["vidu"]


def test_an_archive_of_a_newer_release_is_left_alone(url: str) -> None:
    init(url, NOON)
    _execute(url, "UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    for attempt in (_open, Queries, lambda there: init(there, NOON)):
        with pytest.raises(ArchiveError, match=r"999.*Upgrade Luutin"):
            attempt(url)


def test_a_schema_version_that_is_no_number_is_told(url: str) -> None:
    init(url, NOON)
    _execute(url, "UPDATE meta SET value = 'một' WHERE key = 'schema_version'")
    with pytest.raises(ArchiveError, match="schema_version"):
        _open(url)


def test_a_meta_table_without_a_version_is_no_archive(url: str) -> None:
    init(url, NOON)
    _execute(url, "DELETE FROM meta")
    with pytest.raises(ArchiveError, match="not a Luutin archive"):
        _open(url)


def test_an_older_archive_asks_for_init_and_is_then_upgraded(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    init(url, NOON)
    monkeypatch.setattr(migrations, "UPGRADES", (*migrations.UPGRADES, _add_first, _add_second))
    with pytest.raises(ArchiveError, match="luutin init"):
        _open(url)
    assert init(url, NOON) == NOW
    assert {"first_addition", "second_addition"} <= _columns(url)
    _open(url).close()


def test_an_upgrade_that_fails_half_way_leaves_the_old_schema(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    init(url, NOON)
    before = _columns(url)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "UPGRADES", (*migrations.UPGRADES, _add_first, _fail))
        with pytest.raises(ArchiveError, match="no_such_table"):
            init(url, NOON)
    assert _columns(url) == before
    _open(url).close()


def test_a_new_archive_is_made_at_the_newest_schema_without_any_upgrade(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "UPGRADES", (_fail,))  # upgrades are for old archives only
    assert init(url, NOON) == 0
    _open(url).close()


def _schema(path: Path) -> list[tuple[str, str]]:
    plain = sqlite3.connect(path)
    found = plain.execute("SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name").fetchall()
    plain.close()
    return [(name, re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")")) for name, sql in found]


def test_an_archive_of_the_first_schema_becomes_what_a_new_one_is(url: str, tmp_path: Path) -> None:
    room = Newsroom(url)
    history(room)
    room.close()
    new = _schema(tmp_path / "a.db")
    old = sqlite3.connect(tmp_path / "a.db")
    old.executescript(VERSION_1)
    assert old.execute("PRAGMA foreign_key_check").fetchall() == []
    old.close()
    assert _schema(tmp_path / "a.db") != new
    assert init(url, NOON) == 1
    assert _schema(tmp_path / "a.db") == new
    again = Newsroom(url)
    again.sees(RAIN)
    again.close()  # which verifies


def _shape(url: str) -> dict[str, object]:
    """The tables that were added or changed, with their columns and keys, as the database tells of them."""
    engine = open_engine(archive_url(url))
    with engine.connect() as connection:
        found = inspect(connection)
        told: dict[str, object] = {
            table: (
                [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)],
                found.get_pk_constraint(table),
            )
            for table in ("stamp", "authority", "template", "site", "edit")
        }
    engine.dispose()
    return told


def test_tables_for_time_stamps_and_templates_are_added_as_a_new_archive_has_them(any_archive: str) -> None:
    made = _shape(any_archive)
    kind = archive_url(any_archive).get_backend_name()
    for statement in (VERSION_6[kind] + VERSION_3).split(";"):
        _execute(any_archive, statement)
    with pytest.raises(ArchiveError, match="luutin init"):
        _open(any_archive)
    assert init(any_archive, NOON) == 3
    assert _shape(any_archive) == made
    with _open(any_archive) as archive, Queries(any_archive) as queries:
        archive.stamped(NOON, "http://127.0.0.1/tsa", b"{}", b"x")
        assert queries.newest_stamp("http://127.0.0.1/tsa") is not None


def test_the_template_of_a_site_is_one_of_several_after_an_upgrade(url: str, tmp_path: Path) -> None:
    room = Newsroom(url)
    history(room)
    room.close()
    used = _values(url, "SELECT body_id FROM template WHERE site_id = 1")[:1]
    old = sqlite3.connect(tmp_path / "a.db")
    old.executescript(VERSION_1 + f"UPDATE site SET template_body_id = {used[0]}, template_uses = 7;")
    old.close()
    assert init(url, NOON) == 1
    assert _values(url, "SELECT body_id FROM template WHERE last_use = body_id AND uses = 7") == used


def test_the_edits_of_an_older_archive_are_of_the_sites_of_their_pages_after_an_upgrade(any_archive: str) -> None:
    room = Newsroom(any_archive)
    history(room)
    shown = list(room.queries.edits(site="vidu"))
    assert shown
    room.close()
    kind = archive_url(any_archive).get_backend_name()
    if kind == "sqlite":
        old = sqlite3.connect(archive_url(any_archive).database or "")
        old.executescript(f"{VERSION_6[kind]} UPDATE meta SET value = '6' WHERE key = 'schema_version'")
        old.close()
    else:
        for statement in (VERSION_6[kind] + "UPDATE meta SET value = '6' WHERE key = 'schema_version'").split(";"):
            _execute(any_archive, statement)
    assert init(any_archive, NOON) == 6
    again = Newsroom(any_archive)
    assert list(again.queries.edits(site="vidu")) == shown
    again.close()  # which verifies


def _indexes(url: str) -> dict[str, set[str]]:
    engine = open_engine(archive_url(url))
    with engine.connect() as connection:
        found = inspect(connection)
        names = {
            table: {
                f"{index['name']} {index['dialect_options'].get('postgresql_with')}"
                for index in found.get_indexes(table)
            }
            for table in found.get_table_names()
        }
    engine.dispose()
    return names


def test_an_archive_of_the_first_schema_on_a_server_becomes_what_a_new_one_is(postgres: Postgres) -> None:
    url = postgres.make_archive(NOON)
    new = _indexes(url)
    older = VERSION_1.replace(VERSION_6["sqlite"], VERSION_6["postgresql"])
    dropped = [
        part
        for part in older.split(";")
        if re.match(r"\s*(DROP|ALTER TABLE (site|edit)|ALTER INDEX|CREATE INDEX|UPDATE)", part)
    ]
    for statement in dropped:
        if "away" not in statement:
            _execute(url, statement)
    assert _indexes(url) != new
    assert init(url, NOON) == 1
    assert _indexes(url) == new
    postgres.drop(url)


def test_a_version_that_is_gone_leaves_its_number_to_no_other_after_an_upgrade(url: str, tmp_path: Path) -> None:
    room = Newsroom(url)
    room.sees(RAIN)
    room.sees(RAIN, url=NEW_URL)
    room.sees(RAIN, identity=NEW_URL)  # so the second page's version was the first one's
    room.close()
    old = sqlite3.connect(tmp_path / "a.db")
    old.executescript(VERSION_1)
    old.close()
    again = Newsroom(url)
    again.sees(RAIN, url=OTHER_URL)
    assert _values(url, "SELECT id FROM version ORDER BY id") == ["1", "3"]
    again.close()


def test_an_archive_is_copied_before_it_is_brought_to_another_schema(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(url, NOON)
    init(url, NOON)
    assert not list(tmp_path.glob("*.version-*"))
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "UPGRADES", (*migrations.UPGRADES, _add_first, _add_second))
        init(url, NOON)
    copy = f"sqlite:///{tmp_path / f'a.db.version-{NOW}'}"
    assert not {"first_addition", "second_addition"} & _columns(copy)
    _open(copy).close()


UPGRADE = """
import os, signal, sys
from datetime import UTC, datetime
from sqlalchemy import event, text
from storage import database, migrations
from storage.archive import init

def upgrade(number):
    def change(connection):
        for part in range(3):
            connection.execute(text(f"ALTER TABLE site ADD COLUMN added_{number}_{part} TEXT"))
        connection.execute(text(f"UPDATE site SET added_{number}_0 = 'x'"))
    return change

migrations.UPGRADES = (*migrations.UPGRADES, upgrade(1), upgrade(2))
last, made = int(sys.argv[2]), database.create_engine
count = 0

def watched(*arguments, **options):
    engine = made(*arguments, **options)
    def step(*_):
        global count
        count += 1
        if count > last:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(engine, "after_cursor_execute", step)
    event.listen(engine, "commit", step)
    event.listen(engine, "checkin", step)
    return engine

database.create_engine = watched
init(sys.argv[1], datetime.now(UTC))
print("done")
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the URL of another database with nothing in it each time."""
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        return server.make
    numbers = count()
    return lambda: f"sqlite:///{tmp_path / f'{next(numbers)}.db'}"


def test_an_upgrade_that_is_killed_at_any_moment_leaves_the_old_schema_or_the_new_one(empty: Callable[[], str]) -> None:
    old, new = 0, 0
    for last in range(100):
        url = empty()
        init(url, NOON)
        with _open(url) as archive:
            archive.watch_site("vidu", NOON)
        ended = subprocess.run(
            [sys.executable, "-c", UPGRADE, url, str(last)],
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        added = {name for name in _columns(url) if name.startswith("added")}
        (version,) = _values(url, "SELECT value FROM meta WHERE key = 'schema_version'")
        assert (len(added), version) in {(0, str(NOW)), (6, str(NOW + 2))}, last
        assert _values(url, "SELECT key FROM site") == ["vidu"]
        old, new = old + (not added), new + bool(added)
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert ended.stdout == "done\n"
    assert old > 8
    assert new > 1
