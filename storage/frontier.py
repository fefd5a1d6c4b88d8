"""The frontier: which pages are known, which are due, and who has leased them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, not_, or_, select, update

from storage import schema
from storage.database import batched
from storage.owners import is_dead
from storage.visits import Due, FoundPage

LEASE = timedelta(minutes=15)
PAUSED = "paused"  # holds the lease on a host that asked to be left alone

_page = schema.page.c
_host = schema.host_lease.c
_alias = schema.page_url.c


def host_of(url: str) -> str:
    """The host, and the port where one is named: what politeness is kept towards."""
    return urlsplit(url).netloc.lower()


def add_pages(connection: Connection, site_id: int, found: Sequence[FoundPage], now: datetime, how: str) -> int:
    """Put URLs that are not known yet into the frontier, due at once; gives how many were new."""
    wanted = {page.url: page for page in found}
    added = 0
    for urls in batched(wanted):
        known = pages_at(connection, urls)
        new = [wanted[url] for url in urls if url not in known]
        if new:
            _insert_pages(connection, site_id, new, now, how)
            added += len(new)
    return added


def _insert_pages(connection: Connection, site_id: int, pages: Sequence[FoundPage], now: datetime, how: str) -> None:
    """Sitemaps name pages by the ten thousand: whole batches, so that other writers wait for milliseconds only."""
    rows = [
        {
            "site_id": site_id,
            "url": page.url,
            "host": host_of(page.url),
            "state": "found",
            "title": page.title,
            "published": page.published,
            "first_seen": now,
            "next_due": now,
        }
        for page in pages
    ]
    # Asked for their numbers, all rows are one statement with ten thousand values, which psycopg takes long to read.
    connection.execute(insert(schema.page), rows)
    added = connection.execute(select(_page.id, _page.url).where(_page.url.in_([page.url for page in pages])))
    aliases = [{"url": page.url, "page_id": page.id, "first_seen": now, "last_seen": now, "how": how} for page in added]
    connection.execute(insert(schema.page_url), aliases)


def add_url(connection: Connection, page_id: int, url: str, now: datetime, how: str) -> None:
    """Note that a page is known under `url`, unless another page is; `how` says where that was learned."""
    seen = connection.execute(
        update(schema.page_url).where(_alias.url == url, _alias.page_id == page_id).values(last_seen=now)
    )
    if seen.rowcount == 0 and page_at(connection, url) is None:
        connection.execute(
            insert(schema.page_url).values(url=url, page_id=page_id, first_seen=now, last_seen=now, how=how)
        )


def page_at(connection: Connection, url: str) -> int | None:
    """The page that is known under `url`."""
    return connection.execute(select(_alias.page_id).where(_alias.url == url)).scalar_one_or_none()


def pages_at(connection: Connection, urls: Iterable[str]) -> dict[str, int]:
    """The pages that are known under these URLs."""
    known: dict[str, int] = {}
    for batch in batched(urls):
        rows = connection.execute(select(_alias.url, _alias.page_id).where(_alias.url.in_(batch)))
        known |= {row.url: row.page_id for row in rows}
    return known


def claim_due(connection: Connection, site_id: int, owner: str, now: datetime, limit: int) -> list[Due]:
    """Lease the pages of a site that are due, the longest overdue first."""
    return _claim(connection, owner, now, limit, and_(_page.site_id == site_id, _page.next_due <= now))


def claim_known(
    connection: Connection, site_id: int, owner: str, now: datetime, limit: int, before: datetime
) -> list[Due]:
    """Lease the pages of a site that have not been visited since `before`, due or not.

    A visit later than now was made by a clock that was ahead, and counts as one before.
    """
    not_since = or_(_page.last_visit.is_(None), _page.last_visit < before, _page.last_visit > now)
    given_up = and_(_page.state == "moved", _page.next_due.is_(None))  # it is another page now
    return _claim(connection, owner, now, limit, and_(_page.site_id == site_id, not_since, not_(given_up)))


def recall(connection: Connection, site_id: int, now: datetime) -> int:
    """Make the pages due that were visited, or found, later than now by a clock that was ahead; gives their number."""
    later = or_(_page.last_visit.is_(None), _page.last_visit > now)
    ahead = and_(_page.site_id == site_id, later, _page.next_due > now)
    return connection.execute(update(schema.page).where(ahead).values(next_due=now)).rowcount


def claim_pages(connection: Connection, owner: str, now: datetime, pages: Sequence[int]) -> list[Due]:
    """Lease just these pages, due or not."""
    dues: list[Due] = []
    for batch in batched(pages):
        dues += _claim(connection, owner, now, len(batch), _page.id.in_(batch))
    return dues


def lease_pages(connection: Connection, owner: str, now: datetime, pages: Sequence[int]) -> list[Due]:
    """Lease these pages for something else than fetching: whoever holds their host is no matter."""
    free = or_(_page.lease_owner.is_(None), _page.lease_owner == owner, _page.lease_until < now)
    ids: list[int] = []
    for batch in batched(pages):
        chosen = select(_page.id).where(_page.id.in_(batch), free).with_for_update(skip_locked=True)
        ids += connection.scalars(chosen)
    connection.execute(update(schema.page).where(_page.id.in_(ids)).values(lease_owner=owner, lease_until=now + LEASE))
    return _dues(connection, ids)


def _claim(connection: Connection, owner: str, now: datetime, limit: int, which: ColumnElement[bool]) -> list[Due]:
    taken = select(_host.host).where(_host.owner != owner, _host.until >= now)
    free = or_(_page.lease_owner.is_(None), and_(_page.lease_owner != owner, _page.lease_until < now))
    chosen = (
        select(_page.id, _page.host)
        .where(which, free, _page.host.not_in(taken))
        .order_by(_page.next_due, _page.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = connection.execute(chosen).all()
    for host in {row.host for row in rows}:
        lock_host(connection, host, owner, now)
    ids = [row.id for row in rows]
    connection.execute(update(schema.page).where(_page.id.in_(ids)).values(lease_owner=owner, lease_until=now + LEASE))
    return _dues(connection, ids)


def _dues(connection: Connection, ids: Sequence[int]) -> list[Due]:
    version, reading = schema.version, schema.reading
    current = and_(reading.c.version_id == version.c.id, reading.c.current)
    rows = connection.execute(
        select(
            schema.page,
            schema.site.c.key.label("site"),
            version.c.number,
            version.c.capture_id,
            reading.c.reader,
        )
        .select_from(schema.page.join(schema.site, _page.site_id == schema.site.c.id))
        .outerjoin(version, version.c.id == _page.version_id)
        .outerjoin(reading, current)
        .where(_page.id.in_(ids))
        .order_by(_page.next_due, _page.id)
    )
    return [
        Due(
            page_id=row.id,
            site=row.site,
            url=row.url,
            etag=row.etag,
            last_modified=row.last_modified,
            body_sha256=row.body_sha256,
            version=row.number,
            reader=row.reader or "",
            capture_id=row.capture_id,
            last_visit=row.last_visit,
        )
        for row in rows
    ]


def lock_host(connection: Connection, host: str, owner: str, now: datetime) -> bool:
    """Take or renew the lease on a host; False when another owner holds it."""
    holder = connection.execute(select(_host.owner, _host.until).where(_host.host == host)).one_or_none()
    if holder is None:
        connection.execute(insert(schema.host_lease).values(host=host, owner=owner, until=now + LEASE))
        return True
    if holder.owner != owner and holder.until >= now:
        return False
    connection.execute(update(schema.host_lease).where(_host.host == host).values(owner=owner, until=now + LEASE))
    return True


def paused_until(connection: Connection, host: str, now: datetime) -> datetime | None:
    """Until when a host asked to be left alone; None where it did not, or may be asked again."""
    return connection.scalar(select(_host.until).where(_host.host == host, _host.owner == PAUSED, _host.until >= now))


def renew_host(connection: Connection, host: str, owner: str | None, now: datetime) -> None:
    """Keep a host for a crawl that is at work there, however slowly its pages come."""
    if owner is not None:
        connection.execute(
            update(schema.host_lease)
            .where(_host.host == host, _host.owner == owner, _host.until < now + LEASE)
            .values(until=now + LEASE)
        )


def pause_host(connection: Connection, host: str, now: datetime, until: datetime) -> None:
    """Lease a host to nobody until it may be asked again; a longer pause that it asked for before stays."""
    connection.execute(delete(schema.host_lease).where(_host.until < now))  # of any host: nobody else tidies up
    holder = connection.execute(select(_host.owner, _host.until).where(_host.host == host)).one_or_none()
    if holder is None:
        connection.execute(insert(schema.host_lease).values(host=host, owner=PAUSED, until=until))
    elif holder.owner != PAUSED or holder.until < until:
        connection.execute(update(schema.host_lease).where(_host.host == host).values(owner=PAUSED, until=until))


def release(connection: Connection, owner: str) -> None:
    """Give back every lease of an owner."""
    connection.execute(update(schema.page).where(_page.lease_owner == owner).values(lease_owner=None, lease_until=None))
    connection.execute(delete(schema.host_lease).where(_host.owner == owner))


def release_dead(connection: Connection) -> int:
    """Give back the leases of processes that have died on this machine; gives how many there were."""
    owners = set(connection.scalars(select(_page.lease_owner).where(_page.lease_owner.is_not(None)).distinct()))
    owners.update(connection.scalars(select(_host.owner)))
    dead = [owner for owner in owners if is_dead(owner)]
    for owner in dead:
        release(connection, owner)
    return len(dead)
