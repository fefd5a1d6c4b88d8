"""How many rows a second are written: one ORM commit a page beside whole batches, the same rows in the same tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from typing import Any

from sqlalchemy.orm import DeclarativeBase, Session

from bench.big.rows import Made, known
from bench.big.stories import FIRST, SITES, Layout, site_key
from storage import schema
from storage.archive import Archive, init
from storage.database import archive_url, batched, open_engine
from storage.plainrows import PlainTable, Values
from storage.visits import FoundPage

ONE_BY_ONE = "one ORM commit a page"
ALL_AT_ONCE = "whole batches, as an archive is moved or restored"
FOUND = "URLs that are found, as discovery adds them"
LAYOUT = Layout(pages=20_000, visits=1)
_RUNS = 5
_PATIENCE = 5  # seconds for one commit a page
_TABLES = ("page", "page_url")  # two rows a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Rows that were written, and the seconds that took."""

    rows: int
    seconds: float

    @property
    def a_second(self) -> float:
        return self.rows / self.seconds


class _Base(DeclarativeBase):
    metadata = schema.metadata


class _Page(_Base):
    __table__ = schema.page


class _PageUrl(_Base):
    __table__ = schema.page_url


def rates(new: Callable[[], str]) -> dict[str, Rate]:
    """The median of several runs of each way, by turns; `new` gives the URL of a database with nothing in it."""
    runs = [{way: write(way, new()) for way in (ONE_BY_ONE, FOUND, ALL_AT_ONCE)} for _ in range(_RUNS)]
    return {way: sorted((run[way] for run in runs), key=lambda rate: rate.a_second)[_RUNS // 2] for way in runs[0]}


def write(way: str, url: str) -> Rate:
    """One way, on a database with nothing in it."""
    ways = {ONE_BY_ONE: _one_by_one, FOUND: _found, ALL_AT_ONCE: _all_at_once}
    return ways[way](_archive(url), _rows(LAYOUT))


@lru_cache(maxsize=1)
def _rows(layout: Layout) -> Made:
    return known(layout, 1, layout.pages)


def _archive(url: str) -> str:
    init(url, FIRST)
    with Archive(url, next_due=lambda _site, _history, now: now) as archive:
        for site in range(1, SITES + 1):
            archive.watch_site(site_key(site), FIRST)
    return url


def _named(table: str, values: Values) -> dict[str, Any]:
    return dict(zip(schema.metadata.tables[table].c.keys(), values, strict=True))


def _one_by_one(url: str, made: Made) -> Rate:
    pages = [_named("page", values) for values in made.rows["page"]]
    urls = [_named("page_url", values) for values in made.rows["page_url"]]
    engine, count, started = open_engine(archive_url(url)), 0, perf_counter()
    for page, alias in zip(pages, urls, strict=True):
        with Session(engine) as session:
            session.add(_Page(**page | {"body_sha256": page["body_sha256"].hex()}))
            session.flush()
            session.add(_PageUrl(**alias))
            session.commit()
        count += len(_TABLES)
        if perf_counter() - started > _PATIENCE:
            break
    seconds = perf_counter() - started
    engine.dispose()
    return Rate(rows=count, seconds=seconds)


def _all_at_once(url: str, made: Made) -> Rate:
    engine, started = open_engine(archive_url(url)), perf_counter()
    with engine.begin() as connection:
        for name in _TABLES:
            PlainTable(schema.metadata.tables[name]).write(connection, made.rows[name])
    seconds = perf_counter() - started
    engine.dispose()
    return Rate(rows=sum(len(made.rows[name]) for name in _TABLES), seconds=seconds)


def _found(url: str, made: Made) -> Rate:
    found: Sequence[FoundPage] = [FoundPage(url=values[2]) for values in made.rows["page"]]
    with Archive(url, next_due=lambda _site, _history, now: now) as archive:
        started = perf_counter()
        for some in batched(found):
            archive.add_pages(site_key(1), some, FIRST)
        seconds = perf_counter() - started
    return Rate(rows=len(_TABLES) * len(found), seconds=seconds)
