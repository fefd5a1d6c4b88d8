"""Archives that are as they were written, and archives that are not: every alteration is found and named."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

from storage import bodycodec, schema
from storage.database import archive_url, open_engine
from storage.verifying.faults import Fault
from storage.verifying.whole import Verifier
from storage.visits import FoundPage
from tests.newsroom import EDITED, NEW_URL, RAIN, Newsroom, history

# What is working state and no evidence (docs/evidence.md): when a page is due, what lists show of it.
WORKING = {
    "page": {column.name for column in schema.page.c} - {"id", "site_id", "url"},
    "site": {column.name for column in schema.site.c} - {"key"},
}
TABLES = ("site", "page", "body", "piece", "capture", "visit", "version", "reading", "memory", "edit", "link")


def faults(url: str) -> list[Fault]:
    with Verifier(url) as verifier:
        return list(verifier.faults())


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
    yield made
    made.close()


def test_a_sound_archive_has_no_fault(room: Newsroom) -> None:
    history(room)
    assert faults(room.url) == []
    with Verifier(room.url) as verifier:
        assert verifier.heads()["vidu"][0] > 30
        steps: list[int] = []
        assert list(verifier.faults(steps.append)) == []
        assert sum(steps) == verifier.total()


def _as_an_earlier_release_kept(url: str) -> None:
    """Pack all bodies anew as zstd writes them, against half as much of those that they are built on."""
    lines: dict[int, list[bytes]] = {}
    engine = open_engine(archive_url(url))
    with engine.begin() as connection:
        for row in connection.execute(select(schema.body).order_by(schema.body.c.id)).mappings().all():
            line = lines.get(row["base_id"], [])
            data = bodycodec.unpack(row["data"], line)
            lines[row["id"]] = [data, *line]
            kept: dict[str, Any] = {"data": bodycodec.compress(data, bodycodec.prefix_of(line, 1 << 19))}
            kept["crc32"] = schema.body_crc32({**row, **kept})
            connection.execute(update(schema.body).where(schema.body.c.id == row["id"]).values(kept))
    engine.dispose()


def test_bodies_that_an_earlier_release_kept_are_no_fault_nor_those_that_are_packed_against_them(
    room: Newsroom,
) -> None:
    history(room)
    _as_an_earlier_release_kept(room.url)
    room.sees(RAIN)
    room.sees(EDITED)
    forms = {bytes(data)[:1] for (data,) in room.sql("SELECT data FROM body")}
    assert forms == {b"\x28", b"\x01"}
    assert faults(room.url) == []


@pytest.mark.parametrize("seen", [RAIN, EDITED], ids=["the same", "edited"])
@pytest.mark.parametrize("site", ["vidu", "khac"])
def test_a_page_that_was_joined_to_another_is_no_fault(room: Newsroom, seen: tuple[str, ...], site: str) -> None:
    room.sees(RAIN)
    room.archive.watch_site(site, room.now)
    room.archive.add_pages(site, [FoundPage(url=NEW_URL)], room.now)
    room.sees(seen, url=NEW_URL)
    room.sees((*seen, "Sáng nay nước đã rút."), url=NEW_URL)
    joined = room.sees((*seen, "Sáng nay nước đã rút."), identity=NEW_URL)
    assert joined.version == (2 if seen is RAIN else 3)
    assert faults(room.url) == []
    assert len(list(room.queries.edits(site="vidu"))) == joined.version - 1


def test_an_edit_that_is_kept_with_those_of_another_site_is_found(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    room.archive.watch_site("khac", room.now)
    room.damaged = True
    engine = open_engine(archive_url(room.url))
    with engine.begin() as connection:
        khac = select(schema.site.c.id).where(schema.site.c.key == "khac").scalar_subquery()
        connection.execute(update(schema.edit).values(site_id=khac))
    engine.dispose()
    (fault,) = faults(room.url)
    assert (fault.what, fault.text, fault.site) == ("edit", "is kept with the edits of another site", "vidu")


def test_many_damaged_bodies_are_told_with_the_visits_that_need_them_in_one_look_through_the_captures(
    room: Newsroom,
) -> None:
    history(room)
    room.damaged = True
    needed = room.sql("SELECT body_id, visit.id FROM capture JOIN visit ON visit.capture_id = capture.id")
    room.write("UPDATE body SET size = size + 1")
    looks: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        looks.extend(["look"] if "UNION ALL" in statement else [])

    event.listen(Engine, "before_cursor_execute", note)
    told = [fault for fault in faults(room.url) if fault.what == "body"]
    event.remove(Engine, "before_cursor_execute", note)
    assert looks == ["look"]
    assert {fault.number for fault in told} == {number for (number,) in room.sql("SELECT id FROM body")}
    assert {(fault.number, fault.visit) for fault in told} >= set(needed)


def test_the_days_commit_to_the_heads_of_all_chains(room: Newsroom) -> None:
    for _ in range(30):
        room.sees(RAIN)
    days = room.sql("SELECT said FROM link WHERE site_id = 0 ORDER BY seq")
    assert [day[0][:7] for day in days] == ['{"day":'] * 2
    assert '"heads":{"vidu":[' in days[-1][0]


def test_verifying_does_not_stand_in_the_way_of_a_crawl(room: Newsroom) -> None:
    history(room)
    before = room.rows()

    def crawl(_rows: int) -> None:
        room.sees(EDITED)

    with Verifier(room.url) as verifier:
        assert list(verifier.faults(crawl)) == []
    assert room.rows()["visit"] > before["visit"] + 30


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "a.db"
    room = Newsroom(f"sqlite:///{path}")
    history(room)
    assert room.archive.compact(few=True).bodies > 9
    for headline in ("Mưa lớn", "Mưa rất lớn"):
        room.sees(RAIN, title=headline)
    room.close()
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA journal_mode=DELETE")
    plain.close()
    assert faults(f"sqlite:///{path}") == []
    return path


class Altered:
    """A copy of the sound archive in which SQL has altered something."""

    def __init__(self, sound: Path, tmp_path: Path) -> None:
        self.path = tmp_path / "altered.db"
        shutil.copy(sound, self.path)
        self._connection = sqlite3.connect(self.path, isolation_level=None)

    def sql(self, statement: str, *values: object) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    def faults(self) -> list[Fault]:
        self._connection.close()
        return faults(f"sqlite:///{self.path}")


def _keys(table: str) -> str:
    return "site_id || ' ' || seq" if table == "link" else "id"


def _flipped(value: object, chance: random.Random) -> object:
    """The value with one bit flipped; text as the bytes that it is kept in."""
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(8))
    data = bytearray(value if isinstance(value, bytes) else str(value).encode())
    place = chance.randrange(len(data))
    data[place] ^= 1 << chance.randrange(8)
    return bytes(data)


def _flip(altered: Altered, chance: random.Random) -> str:
    """Flip one bit of one value of a random row and column; says which."""
    while True:
        table = chance.choice(TABLES)
        columns = [c.name for c in schema.metadata.tables[table].c if c.name not in WORKING.get(table, set())]
        column = chance.choice(columns)
        key, value, kind = chance.choice(altered.sql(f"SELECT {_keys(table)}, {column}, typeof({column}) FROM {table}"))
        if value in {None, ""}:
            continue
        new = "CAST(? AS TEXT)" if kind == "text" else "?"
        try:
            altered.sql(f"UPDATE {table} SET {column} = {new} WHERE {_keys(table)} = ?", _flipped(value, chance), key)
        except sqlite3.IntegrityError:  # the bit would make two rows one, and SQLite says no
            continue
        return f"{table}.{column} of {key}"


def test_a_hundred_of_a_hundred_flipped_bits_are_found(sound: Path, tmp_path: Path) -> None:
    missed, flipped = [], []
    for seed in range(100):
        altered = Altered(sound, tmp_path)
        flipped.append(_flip(altered, random.Random(seed)))
        if not altered.faults():
            missed.append(flipped[-1])
    assert missed == []
    assert len(set(flipped)) > 60


def _remove(altered: Altered, chance: random.Random) -> str:
    table = chance.choice(TABLES)
    (key,) = chance.choice(altered.sql(f"SELECT {_keys(table)} FROM {table}"))
    altered.sql(f"DELETE FROM {table} WHERE {_keys(table)} = ?", key)
    return f"{table} {key} removed"


def _swap(altered: Altered, chance: random.Random) -> str:
    """Have two rows of a table change places: each under the other's key."""
    table = chance.choice([table for table in TABLES if altered.sql(f"SELECT count(*) FROM {table}")[0][0] > 1])
    chain = "WHERE site_id = 1" if table == "link" else ""
    name = "seq" if table == "link" else "id"
    one, other = (row[0] for row in chance.sample(altered.sql(f"SELECT {name} FROM {table} {chain}"), 2))
    where = "AND site_id = 1" if table == "link" else ""
    for old, new in ((one, -1), (other, one), (-1, other)):
        altered.sql(f"UPDATE {table} SET {name} = ? WHERE {name} = ? {where}", new, old)
    return f"{table} {one} and {other} swapped"


@pytest.mark.parametrize("alter", [_remove, _swap])
def test_fifty_of_fifty_rows_removed_or_swapped_are_found(
    sound: Path, tmp_path: Path, alter: Callable[[Altered, random.Random], str]
) -> None:
    missed, done = [], []
    for seed in range(50):
        altered = Altered(sound, tmp_path)
        done.append(alter(altered, random.Random(seed)))
        if not altered.faults():
            missed.append(done[-1])
    assert missed == []
    assert len(set(done)) > 30
