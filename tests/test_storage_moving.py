"""Archives that move from SQLite to PostgreSQL and back: everything arrives as it was, or nothing does."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, select, text

from schedules.stamping import stamp
from storage import schema
from storage.archive import Archive
from storage.errors import ArchiveError
from storage.moving import moved
from storage.queries import Queries
from storage.rows import Searched
from storage.stamps.terms import Authority
from storage.verifying.whole import Verifier
from storage.visits import FoundPage, Visit
from tests.authority import Keys
from tests.newsroom import EDITED, FOOTBALL, NOON, OTHER_URL, RAIN, URL, Newsroom, an_hour_later, history
from tests.postgres import Postgres

LONG = " ".join(f"Đoạn {number} dài thêm chữ." for number in range(20))  # long enough to have copies
TSVECTOR = schema.search_entry.c.words


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
    yield made
    made.close()


@pytest.fixture
def target(any_archive: str, postgres: Postgres, tmp_path: Path) -> Iterator[str]:
    """Where to: PostgreSQL for an archive in SQLite, and the other way round."""
    if any_archive.startswith("postgresql"):
        yield f"sqlite:///{tmp_path / 'target.db'}"
        return
    made = postgres.make()
    yield made
    postgres.drop(made)


@pytest.fixture
def empty(postgres: Postgres) -> Iterator[str]:
    made = postgres.make()
    yield made
    postgres.drop(made)


def move(source: str, target: str) -> None:
    with moved(source, target) as arrived:
        assert list(arrived.faults()) == []


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All that an archive holds, as the schema reads it; of the search index only the entries."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: sorted(
                (tuple(row) for row in connection.execute(select(*(one for one in table.c if one is not TSVECTOR)))),
                key=repr,
            )
            for table in schema.metadata.sorted_tables
        }
    engine.dispose()
    return found


def answers(url: str) -> list[Any]:
    """What is found in an archive: of current texts, of edits, and copies."""
    with Queries(url) as queries:
        found: list[Any] = [list(queries.search("ngập tuyến phố")), list(queries.search('"ba ban khong"'))]
        found += [list(queries.search(word, what=what)) for word in ("35", "53") for what in Searched]
        found += [[list(queries.edits()), queries.history(1), queries.copies(1)]]
    return found


def holds_nothing(url: str) -> bool:
    if url.startswith("sqlite"):
        return not list(Path(url.removeprefix("sqlite:///")).parent.glob("target*"))
    engine = create_engine(url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    return not names


def stamp_chains(room: Newsroom, keys: Keys) -> None:
    answered = Authority(url="http://127.0.0.1/tsa", certificates=keys.roots.read_bytes())
    clock = partial(datetime.now, UTC)
    stamp(room.archive, room.queries, answered, ask=lambda _url, query: keys.answer(query), clock=clock)


def test_all_that_an_archive_holds_arrives_as_it_was(room: Newsroom, target: str, authority_keys: Keys) -> None:
    room.now = datetime.now(UTC) - timedelta(days=9)  # before the time that an authority states
    history(room)
    room.archive.hold_host("vidu.example", "me:1", room.now)
    room.archive.pause_host("nghi.example", room.now, room.now)
    room.archive.watch_site("vidu", room.now, [("feed", "https://vidu.example/rss")])
    room.sees((LONG,), url=OTHER_URL, title="Nửa chữ \ud83d và \x00")
    stamp_chains(room, authority_keys)
    assert room.archive.compact(few=True).bodies > 9
    before = everything(room.url)
    assert all(before.values()), [name for name, rows in before.items() if not rows]
    move(room.url, target)
    assert everything(target) == everything(room.url) == before
    assert answers(target) == answers(room.url)
    with Verifier(room.url) as old, Verifier(target) as new:
        assert list(new.faults()) == []
        assert new.heads() == old.heads()


def test_what_comes_after_goes_on_where_the_source_was(room: Newsroom, target: str) -> None:
    room.archive.add_pages("vidu", [FoundPage(url=f"https://vidu.example/{name}") for name in "abc"], NOON)
    room.write("DELETE FROM page_url")
    room.write("DELETE FROM page")  # whose numbers are not used again
    room.sees(RAIN)
    room.sees(EDITED)
    move(room.url, target)
    finding = room.finding(RAIN)
    for url in (room.url, target):
        with Archive(url, next_due=an_hour_later) as archive:
            archive.add_pages("vidu", [FoundPage(url=f"https://vidu.example/{name}") for name in "de"], NOON)
            archive.record([finding])
    old, new = everything(room.url), everything(target)
    assert len(old.pop("search_entry")) == len(new.pop("search_entry"))  # SQLite gives their numbers again
    assert new == old
    assert [row[0] for row in new["page"]] == [4, 5, 6]
    with Verifier(target) as verifier:
        assert list(verifier.faults()) == []


def test_an_archive_without_a_page_moves_too(room: Newsroom, target: str) -> None:
    move(room.url, target)
    assert everything(target) == everything(room.url)
    with Archive(target, next_due=an_hour_later) as archive:
        assert archive.add_pages("vidu", [FoundPage(url=URL)], NOON) == 1


def test_an_archive_moves_as_it_was_at_one_moment_while_others_write_to_it(room: Newsroom, target: str) -> None:
    room.sees(RAIN)
    stop = threading.Event()
    counted: list[Visit] = []

    def crawl() -> None:
        while not stop.is_set():
            counted.append(room.sees((f"Nước dâng {len(counted)} cm.", *RAIN)))

    thread = threading.Thread(target=crawl)
    thread.start()
    try:
        move(room.url, target)
    finally:
        stop.set()
        thread.join()
    with Verifier(target) as verifier:
        assert list(verifier.faults()) == []


def test_it_is_told_how_far_moving_is(room: Newsroom, target: str) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    steps: list[tuple[int, int]] = []
    with moved(room.url, target, lambda done, total: steps.append((done, total))):
        pass
    assert steps == sorted(steps)
    assert steps[-1] == (sum(len(rows) for rows in everything(room.url).values()),) * 2


def test_an_archive_that_is_there_is_not_written_over(room: Newsroom, target: str) -> None:
    room.sees(RAIN)
    other = Newsroom(target)
    other.sees(FOOTBALL, url=OTHER_URL)
    before = everything(target)
    with pytest.raises(ArchiveError, match="already; nothing is ever written over"):
        move(room.url, target)
    assert everything(target) == before
    other.close()


def test_a_database_of_others_is_not_written_to(room: Newsroom, empty: str) -> None:
    engine = create_engine(empty)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipe (id integer)"))
    engine.dispose()
    with pytest.raises(ArchiveError, match="not a Luutin archive; it holds recipe"):
        move(room.url, empty)


def _fails(source: str, target: str) -> None:
    with moved(source, target):
        raise RuntimeError


def test_nothing_has_arrived_where_it_ends_before_the_end(room: Newsroom, target: str) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    with pytest.raises(RuntimeError):
        _fails(room.url, target)
    assert holds_nothing(target)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE visit SET at = 'noon' WHERE id = 1", "'visit' is damaged"),
        ("UPDATE page SET title = CAST(x'c3' AS TEXT) WHERE id = 1", "UTF-8"),
        ("DROP TABLE copy_band", "no such table"),
    ],
)
def test_of_a_source_that_cannot_be_read_nothing_arrives(tmp_path: Path, empty: str, damage: str, said: str) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'a.db'}")
    room.sees(RAIN)
    room.close()
    with closing(sqlite3.connect(tmp_path / "a.db")) as plain, plain:
        plain.execute(damage)
    with pytest.raises(ArchiveError, match=said):
        move(f"sqlite:///{tmp_path / 'a.db'}", empty)
    assert holds_nothing(empty)


def test_what_the_target_cannot_hold_is_an_error_for_a_person(tmp_path: Path, empty: str) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'a.db'}")
    room.sees(RAIN)
    room.write("UPDATE page SET etag = 'nul' || char(0)")
    with pytest.raises(ArchiveError, match="postgresql"):
        move(room.url, empty)
    assert holds_nothing(empty)
    room.close()


def test_a_damaged_body_moves_as_it_is_and_is_found(room: Newsroom, target: str) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    room.damaged = True
    room.write("UPDATE body SET sha256 = (SELECT data FROM body WHERE id = 2) WHERE id = 1")
    with moved(room.url, target) as arrived:
        assert list(arrived.faults())
    assert everything(target)["body"] == everything(room.url)["body"]
