"""Which page a visit belongs to: pages found under two names become one, and a page takes its new URL."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from storage import frontier, indexes, schema
from storage.chain import entering
from storage.deciding import Decision, elsewhere
from storage.errors import ArchiveError
from storage.visits import Finding

_page = schema.page.c


def settle(connection: Connection, finding: Finding) -> int:
    """The page that a finding belongs to, from before it is judged.

    A page's first reading may say that it is another page, which is known already: the two become one.
    """
    page_id = _present(connection, finding)
    page = connection.execute(select(_page.url, _page.version_id).where(_page.id == page_id)).one()
    article = finding.reading.article if finding.reading and not finding.reading.suspect else None
    if article is None or page.version_id is not None or finding.identity in {"", page.url}:
        return page_id
    known = frontier.page_at(connection, finding.identity)
    if known is None or known == page_id:
        rename(connection, page_id, finding.identity, finding.at)
        return page_id
    merge(connection, page_id, known)
    return known


def take(connection: Connection, page_id: int, finding: Finding, decision: Decision) -> Decision:
    """What comes of a move once it is known who has the new URL.

    A page that was found there and never read is this one. One with versions of its own is watched by itself.
    """
    known = frontier.page_at(connection, finding.identity)
    if known is None or known == page_id:
        return decision
    if connection.execute(select(_page.version_id).where(_page.id == known)).scalar_one() is not None:
        return elsewhere(finding.identity)
    merge(connection, known, page_id)
    return decision


def rename(connection: Connection, page_id: int, url: str, now: datetime) -> None:
    """Give a page its URL; it stays known under those that it had."""
    connection.execute(update(schema.page).where(_page.id == page_id).values(url=url, host=frontier.host_of(url)))
    frontier.add_url(connection, page_id, url, now, "canonical")
    entering.enter(connection, entering.site_of(connection, page_id), {"page": [page_id]})


def _present(connection: Connection, finding: Finding) -> int:
    """The finding's page, or the one that it was merged into while the visit was under way."""
    page_id = connection.execute(select(_page.id).where(_page.id == finding.page_id)).scalar_one_or_none()
    if page_id is None:
        page_id = frontier.page_at(connection, finding.url)
    if page_id is None:
        raise ArchiveError(f"the archive knows no page {finding.page_id}, and none at {finding.url}")
    return int(page_id)


def merge(connection: Connection, stub: int, page_id: int) -> None:
    """Give the URLs, visits and captures of a page without a version to the page that it turned out to be."""
    entering.enter(connection, entering.site_of(connection, stub), {}, gone={"page": [stub]}, merged=[stub, page_id])
    indexes.merge(connection, stub, page_id)
    for table in (schema.page_url, schema.visit, schema.capture):
        connection.execute(update(table).where(table.c.page_id == stub).values(page_id=page_id))
    visits = select(func.count()).where(schema.visit.c.page_id == page_id).scalar_subquery()
    first_seen = select(func.min(_page.first_seen)).where(_page.id.in_([stub, page_id])).scalar_subquery()
    connection.execute(update(schema.page).where(_page.id == page_id).values(visits=visits, first_seen=first_seen))
    connection.execute(schema.page.delete().where(_page.id == stub))
