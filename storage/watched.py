"""The sites that an archive watches, and the sources in which their articles are found."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from storage import schema
from storage.errors import ArchiveError
from storage.visits import SourceState, SourceVisit

_site = schema.site.c
_source = schema.source.c

AHEAD = timedelta(hours=1)  # a crawl that began so much later than now had a clock that was wrong, or this one has


def watch(connection: Connection, key: str, now: datetime, sources: Sequence[tuple[str, str]]) -> None:
    """Make a site and its sources (kind, URL) known; sources that it no longer names are dropped."""
    site_id = _site_id(connection, key, now)
    known = {row.url: row.id for row in connection.execute(_sources_of(site_id))}
    wanted = {url: kind for kind, url in sources}
    for url, kind in wanted.items():
        if url in known:
            connection.execute(update(schema.source).where(_source.id == known[url]).values(kind=kind))
        else:
            connection.execute(insert(schema.source).values(site_id=site_id, kind=kind, url=url))
    dropped = [known[url] for url in known.keys() - wanted.keys()]
    connection.execute(schema.source.delete().where(_source.id.in_(dropped)))


def _site_id(connection: Connection, key: str, now: datetime) -> int:
    known = connection.execute(select(_site.id).where(_site.key == key)).scalar_one_or_none()
    if known is not None:
        return int(known)
    values = {"key": key, "first_seen": now}
    return int(connection.execute(insert(schema.site).values(values).returning(_site.id)).scalar_one())


def number_of(connection: Connection, key: str) -> int:
    """The number of a site.

    Raises:
        ArchiveError: the archive knows none by this key.
    """
    site_id = connection.execute(select(_site.id).where(_site.key == key)).scalar_one_or_none()
    if site_id is None:
        raise ArchiveError(f"the archive knows no site named {key!r}")
    return int(site_id)


def note(connection: Connection, key: str, **values: datetime) -> None:
    """Note when something was done for a site, or is to be done."""
    connection.execute(update(schema.site).where(_site.id == number_of(connection, key)).values(**values))


def last_crawl(connection: Connection, key: str) -> datetime | None:
    """When a site was crawled last."""
    return connection.scalar(select(_site.last_crawl).where(_site.key == key))


def sources(connection: Connection, key: str) -> list[SourceState]:
    """The sources of a site, with what is needed to ask for them cheaply."""
    rows = connection.execute(_sources_of(number_of(connection, key)))
    return [SourceState(kind=row.kind, url=row.url, etag=row.etag, last_modified=row.last_modified) for row in rows]


def source_visited(connection: Connection, key: str, visit: SourceVisit, found: int) -> None:
    """Note what came of asking a source: how many articles it names, or what went wrong."""
    values: dict[str, Any] = {
        "last_visit": visit.at,
        "outcome": visit.outcome.value,
        "note": visit.note,
        "failures": _source.failures + 1 if visit.failed else 0,
    }
    if not visit.failed and not visit.not_modified:
        values |= {"etag": visit.etag, "last_modified": visit.last_modified, "found": found}
    of_site = _source.site_id == number_of(connection, key)
    connection.execute(update(schema.source).where(of_site, _source.url == visit.url).values(values))


def _sources_of(site_id: int) -> Select[Any]:
    return select(schema.source).where(_source.site_id == site_id).order_by(_source.id)
