"""Builds a big archive through the path by which archives are moved: whole batches, by COPY on PostgreSQL."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, Engine, text

from bench.big import rows
from bench.big.indexing import Indexed, indexed
from bench.big.rows import Entry, Made
from bench.big.stories import BETWEEN, FIRST, SITES, Layout, first_page, site_key
from storage import schema
from storage.archive import init
from storage.chain import forms
from storage.database import archive_url, open_engine
from storage.plainrows import PlainTable, Values
from storage.search import fulltext

CHUNK = 250  # pages that a process takes at once
_ORDER = ("body", "capture", "visit", "version", "reading", "edit")
_TABLES = {table.name: PlainTable(table) for table in schema.metadata.sorted_tables}
OnStep = Callable[[int], None]  # told how many visits have been stored


def steps(layout: Layout) -> int:
    """How many steps there are to build an archive, in visits."""
    return layout.pages * (layout.visits + 1)


def build(url: str, layout: Layout, pool: Executor, on_step: OnStep) -> None:
    """Make an archive at the URL of a database with nothing in it."""
    init(url, FIRST)
    engine = open_engine(archive_url(url))
    chains = _Chains()
    with _bulk(engine) as connection:
        _begin(connection, layout, pool)
    for turn in range(layout.visits):
        with _bulk(engine) as connection:
            for made in pool.map(partial(_visited, layout, turn), rows.chunks(layout, CHUNK)):
                _write(connection, made, _ORDER)
                chains.enter(connection, made.entries)
                on_step(len(made.rows["visit"]))
    with _bulk(engine) as connection:
        chains.close(connection, FIRST + layout.visits * BETWEEN)
        _index(connection, layout, pool, on_step)
        _number(connection)
    _settle(engine)
    engine.dispose()


def _settle(engine: Engine) -> None:
    """Have PostgreSQL know what it holds now, as it does by itself some minutes after so much was written."""
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


@contextmanager
def _bulk(engine: Engine) -> Iterator[Connection]:
    """A transaction on a database that nobody else uses, and that is made anew if it fails."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            driver = connection.connection.driver_connection
            assert driver is not None
            for pragma in ("synchronous=OFF", "cache_size=-800000", "foreign_keys=OFF", "wal_autocheckpoint=20000"):
                driver.execute(f"PRAGMA {pragma}").close()
        with connection.begin():
            if not sqlite:
                connection.execute(text("SET LOCAL synchronous_commit = off"))
            yield connection


def _begin(connection: Connection, layout: Layout, pool: Executor) -> None:
    """The sites, and their pages as they are at the end."""
    sites = Made()
    for site in range(1, SITES + 1):
        template = layout.visit(first_page(site).number, 0)
        sites.add("site", _site(site, template, FIRST + layout.visits * BETWEEN))
        sites.add("template", {"site_id": site, "body_id": 2 * template, "uses": 0, "last_use": 2 * template})
    rows.nothing(sites)
    _write(connection, sites, ("site", "template", "body"))
    for made in pool.map(partial(_known, layout), rows.chunks(layout, CHUNK)):
        _write(connection, made, ("page", "page_url"))


def _site(number: int, template: int, last: object) -> rows.Row:
    return {
        "id": number,
        "key": site_key(number),
        "first_seen": FIRST,
        "next_discovery": last,
        "last_crawl": last,
        "head_capture_id": template,
        "probed": FIRST,
        "memory_id": None,
        "lost_fields": "[]",
        "learned_until": 0,
    }


def _visited(layout: Layout, turn: int, part: tuple[int, int]) -> Made:
    return rows.visited(layout, turn, *part)


def _known(layout: Layout, part: tuple[int, int]) -> Made:
    return rows.known(layout, *part)


def _indexed(layout: Layout, part: tuple[int, int]) -> Indexed:
    return indexed(layout, *part)


def _write(connection: Connection, made: Made, tables: tuple[str, ...]) -> None:
    for name in tables:
        if name in made.rows:
            _TABLES[name].write(connection, made.rows[name])


class _Chains:
    """The chains of all sites: where each has come to."""

    def __init__(self) -> None:
        self._heads = {site: (0, forms.beginning(site_key(site))) for site in range(1, SITES + 1)}

    def enter(self, connection: Connection, entries: list[Entry]) -> None:
        """Enter what was written."""
        _TABLES["link"].write(connection, [self._row(entry) for entry in entries])

    def _row(self, entry: Entry) -> Values:
        last, before = self._heads[entry.site]
        seq, digest = last + 1, forms.link_digest(last + 1, before, entry.said)
        self._heads[entry.site] = seq, digest
        said = None if entry.visit is not None else forms.canonical(entry.said).decode()
        return [entry.site, seq, entry.visit, entry.page, entry.version, said, digest]

    def close(self, connection: Connection, at: object) -> None:
        """Enter in the archive's own chain where all others have come to."""
        heads = {site_key(site): [seq, digest.hex()] for site, (seq, digest) in self._heads.items() if seq}
        said = {"day": f"{at:%Y-%m-%d}", "heads": heads}
        digest = forms.link_digest(1, forms.beginning(""), said)
        own = [forms.ARCHIVE, 1, None, None, None, forms.canonical(said).decode(), digest]
        _TABLES["link"].write(connection, [own])


def _index(connection: Connection, layout: Layout, pool: Executor, on_step: OnStep) -> None:
    bands: list[Values] = []
    for found in pool.map(partial(_indexed, layout), rows.chunks(layout, CHUNK)):
        _write(connection, found.made, ("search_entry", "copy_signature"))
        bands += found.made.rows.get("copy_band", [])
        for number, words in found.words:
            fulltext.put(connection, number, words)
        on_step(len(found.made.rows["search_entry"]) and CHUNK)
    bands.sort(key=tuple)
    _TABLES["copy_band"].write(connection, bands)


def _number(connection: Connection) -> None:
    """Have new rows numbered after those that are there."""
    for table in _TABLES.values():
        table.number_from(connection, table.last_number(connection))
