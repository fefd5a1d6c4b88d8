"""The memory of a site in the database: what it is learned from, its snapshots, and what each of them concerns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from storage import articles, bodies, schema, selecting
from storage.chain import entering
from storage.fillrates import BEFORE, RECENT
from storage.records import Article
from storage.sitememory import NOTHING, PAGES, Memory, block_key

_site = schema.site.c
_page = schema.page.c
_reading = schema.reading.c
_version = schema.version.c
_memory = schema.memory.c
VERSIONS = 4  # of a page, the newest


def newest_reading(connection: Connection, site: str, after: int) -> int | None:
    """The number of the newest reading of a site's pages, where it is one of those `after` that one."""
    of_reading = (  # asked of one after the other, from the newest back: a site has many pages
        select(_page.site_id)
        .join(schema.version, _version.page_id == _page.id)
        .where(_version.id == _reading.version_id)
        .correlate(schema.reading)
        .scalar_subquery()
    )
    query = (
        select(_reading.id)
        .where(_reading.id > after, of_reading == selecting.site_id(site))
        .order_by(_reading.id.desc())
    )
    return connection.execute(query.limit(1)).scalar_one_or_none()


def blocks_of_pages(connection: Connection, site: str) -> dict[int, Mapping[int, int]]:
    """The newest versions of a site's newest pages, as `learn` takes them, by the number of the page.

    Earlier versions count as well: what a site has put in place of its furniture must not make it forget the old one,
    or going back to an earlier capture would find that in the article again.
    """
    pages = (
        select(_page.id)
        .where(_page.site_id == selecting.site_id(site), _page.versions > 0)
        .order_by(_page.first_seen.desc(), _page.id.desc())
        .limit(PAGES)
    )
    query = (
        select(_version.page_id, _reading.body_id, _reading.learned)
        .join(schema.version, _version.id == _reading.version_id)
        .join(schema.page, _page.id == _version.page_id)
        .where(_reading.current, _version.number > _page.versions - VERSIONS)
    )
    found: dict[int, dict[int, int]] = {}
    numbers = list(connection.scalars(pages))
    for row in connection.execute(query.where(_page.id.in_(numbers)).order_by(_version.page_id, _version.id)).all():
        article = articles.from_bytes(bodies.get(connection, row.body_id))
        texts = (article.lead, *(block.text for block in article.body))
        blocks = found.setdefault(row.page_id, {})
        blocks |= {block_key(text): len(text.split()) for text in texts if text}
        blocks |= dict.fromkeys(row.learned, 0)
    return dict(found)


def current(connection: Connection, site: str) -> tuple[Memory, int]:
    """A site's memory, and the newest reading that it was learned from."""
    query = (
        select(_site.learned_until, _memory.body_id)
        .outerjoin(schema.memory, _memory.id == _site.memory_id)
        .where(_site.key == site)
    )
    row = connection.execute(query).one_or_none()
    if row is None or row.body_id is None:
        return NOTHING, row.learned_until if row else 0
    return _from_bytes(bodies.get(connection, row.body_id)), row.learned_until


def snapshots(connection: Connection, site: str) -> list[tuple[datetime, Memory]]:
    """What was known of a site at one time after the other, with when it was learned."""
    query = select(_memory.at, _memory.body_id).join(schema.site, _site.id == _memory.site_id).where(_site.key == site)
    rows = connection.execute(query.order_by(_memory.at, _memory.id)).all()
    return [(row.at, _from_bytes(bodies.get(connection, row.body_id))) for row in rows]


def newest_articles(connection: Connection, site: str) -> list[tuple[str, Article]]:
    """The newest texts that pages of a site have now, the newest first, with the URLs of the pages."""
    newest = (
        select(_page.url, _page.version_id)
        .where(_page.site_id == selecting.site_id(site), _page.version_id.is_not(None))
        .order_by(_page.version_id.desc())
        .limit(RECENT + BEFORE)
        .subquery()
    )
    query = (
        select(newest.c.url, _reading.body_id)
        .join(schema.reading, _reading.version_id == newest.c.version_id)
        .where(_reading.current)
        .order_by(newest.c.version_id.desc())
    )
    rows = connection.execute(query).all()
    return [(row.url, articles.from_bytes(bodies.get(connection, row.body_id))) for row in rows]


def lost_fields(connection: Connection, site: str) -> tuple[str, ...]:
    """The fields that a site's newest articles are known to lack."""
    known = connection.execute(select(_site.lost_fields).where(_site.key == site)).scalar_one_or_none()
    return tuple(known or ())


def note_lost(connection: Connection, site: str, fields: Sequence[str]) -> None:
    """Keep which fields a site's newest articles lack."""
    connection.execute(update(schema.site).where(_site.key == site).values(lost_fields=list(fields)))


def probed(connection: Connection, site: str, title: str, blocks: Sequence[int], now: datetime) -> None:
    """Keep what the site answers to a URL that cannot exist; empty where it says that there is nothing.

    A title that an article of the site has too tells nothing.
    """
    memory, until = current(connection, site)
    used = select(_page.id).join(schema.site, _site.id == _page.site_id).where(_site.key == site, _page.title == title)
    telling = bool(title) and connection.execute(used.limit(1)).first() is None
    missing = (block_key(title) if telling else 0, *blocks) if title or blocks else ()
    connection.execute(update(schema.site).where(_site.key == site).values(probed=now))
    if missing != memory.missing:
        keep(connection, site, replace(memory, missing=missing), until, now)


def probe_due(connection: Connection, site: str, before: datetime) -> bool:
    """Whether a site was not probed since `before`."""
    last = connection.execute(select(_site.probed).where(_site.key == site)).scalar_one_or_none()
    return last is None or last < before


def keep(connection: Connection, site: str, memory: Memory, until: int, now: datetime) -> None:
    """Make a snapshot the site's memory; snapshots are kept, so that an old reading can be had again."""
    site_id = connection.execute(select(_site.id).where(_site.key == site)).scalar_one()
    memory_id = connection.execute(
        select(_memory.id).where(_memory.site_id == site_id, _memory.digest == memory.digest)
    ).scalar_one_or_none()
    if memory_id is None:
        body_id = bodies.put(connection, _to_bytes(memory), f"memory:{site_id}")
        values = {"site_id": site_id, "digest": memory.digest, "at": now, "body_id": body_id}
        memory_id = connection.execute(insert(schema.memory).values(values).returning(_memory.id)).scalar_one()
        entering.enter(connection, site_id, {"memory": [memory_id]})
    connection.execute(update(schema.site).where(_site.id == site_id).values(memory_id=memory_id, learned_until=until))


def _to_bytes(memory: Memory) -> bytes:
    return json.dumps({"blocks": memory.blocks, "missing": memory.missing}, separators=(",", ":")).encode()


def _from_bytes(data: bytes) -> Memory:
    fields = json.loads(data)
    return Memory(blocks=tuple((key, spread) for key, spread in fields["blocks"]), missing=tuple(fields["missing"]))
