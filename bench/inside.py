"""What an archive's file is made of: bytes of bodies by kind, bytes of each table and index, hops to a body."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage import packs


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """`frames` are bytes by the kind of a chain, `empty` bytes in `tables` (and indexes) that hold nothing."""

    frames: Mapping[str, int]
    tables: Mapping[str, int]
    empty: int
    hops: int
    versions: int
    edits: int


def look_inside(path: Path) -> Inside:
    """What is in a file with a table of bodies, and with others or not."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        frames = _frames(connection)
        tables = dict(connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC"))
        (empty,) = connection.execute("SELECT sum(unused) FROM dbstat").fetchone()
        bases = dict(connection.execute("SELECT id, base_id FROM body"))
        counts = [_count(connection, name) if name in tables else 0 for name in ("version", "edit")]
    hops = max(sum(1 for _ in _ancestors(bases, one)) for one in bases)
    return Inside(frames=frames, tables=tables, empty=empty, hops=hops, versions=counts[0], edits=counts[1])


def _frames(connection: sqlite3.Connection) -> dict[str, int]:
    """Bytes of frames by the kind of a chain; one that several bodies share counts once."""
    found: dict[str, int] = defaultdict(int)
    seen = set[int]()
    for chain, kept in connection.execute("SELECT chain, data FROM body"):
        place = packs.place_of(kept)
        if place is None or place.at not in seen:
            found[str(chain).partition(":")[0]] += len(kept) if place is None else place.length
        if place is not None:
            seen.add(place.at)
    return dict(found)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - a name of ours


def _ancestors(bases: Mapping[int, int | None], body: int) -> Iterator[int]:
    base = bases[body]
    while base is not None:
        yield base
        base = bases[base]
