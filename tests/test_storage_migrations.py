"""Schema versions: made once, upgraded in one transaction, a newer one left alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from storage import migrations
from storage.archive import Archive, init
from storage.database import archive_url, open_engine
from storage.errors import ArchiveError
from storage.queries import Queries

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


def _open(url: str) -> Archive:
    return Archive(url, next_due=lambda _site, _history, _now: None)


def _execute(url: str, statement: str) -> None:
    engine = open_engine(archive_url(url))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


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
    monkeypatch.setattr(migrations, "UPGRADES", (_add_first, _add_second))
    with pytest.raises(ArchiveError, match="luutin init"):
        _open(url)
    assert init(url, NOON) == 1
    assert {"first_addition", "second_addition"} <= _columns(url)
    _open(url).close()


def test_an_upgrade_that_fails_half_way_leaves_the_old_schema(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    init(url, NOON)
    before = _columns(url)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "UPGRADES", (_add_first, _fail))
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
