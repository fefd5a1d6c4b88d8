"""Writing one visit: its capture, its version, its edit and what the page is now, in the caller's transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from storage import articles, bodies, deciding, edits, frontier, pagestate, schema
from storage.bodies import sha256
from storage.deciding import Decision, Prior
from storage.records import Article, EditStatus, Finding, Outcome, PageHistory, Response, Visit

NextDue = Callable[[str, PageHistory, datetime], datetime | None]  # site key, history, now

_TEMPLATE_USES = 256  # first captures; after that many the site's template has probably changed
_page = schema.page.c


def record(connection: Connection, finding: Finding, next_due: NextDue) -> Visit:
    """Judge one finding and write all that follows from it."""
    page = _page_row(connection, _settle_identity(connection, finding))
    prior = _prior(connection, page)
    decision = _unless_taken(connection, page.id, finding, deciding.decide(prior, finding))
    capture_id = _capture(connection, page, finding.response) if finding.response else None
    version_id, edit_id = page.version_id, None
    if decision.outcome in {Outcome.NEW, Outcome.CHANGED}:
        assert capture_id is not None
        version_id = _version(connection, page, finding, capture_id)
    if decision.comparison is not None:
        edit_id = edits.add(connection, page, version_id, finding, decision.comparison)
    elif decision.reverted:
        version_id = edits.revert(connection, page.pending_edit_id)
    elif pagestate.saw_the_same(decision):
        edits.settle(connection, page.pending_edit_id, EditStatus.CONFIRMED)
    visit = _visit(connection, page, finding, decision, capture_id, version_id)
    _aliases(connection, page.id, finding, decision)
    pagestate.advance(connection, page, finding, decision, version_id, edit_id, next_due)
    return _line(connection, finding, decision, visit, edit_id)


def _unless_taken(connection: Connection, page_id: int, finding: Finding, decision: Decision) -> Decision:
    """A page cannot take a URL under which another page is known: it has moved there, and is watched there."""
    known = frontier.page_at(connection, finding.identity) if decision.renamed else None
    if known in {None, page_id}:
        return decision
    return Decision(outcome=Outcome.MOVED, note=f"now at {finding.identity}, which is watched by itself")


def _page_row(connection: Connection, page_id: int) -> Row[Any]:
    return connection.execute(
        select(schema.page, schema.site.c.key.label("site")).join(schema.site).where(_page.id == page_id)
    ).one()


def _settle_identity(connection: Connection, finding: Finding) -> int:
    """The page that a first reading belongs to: a URL found twice under two names becomes one page."""
    article = finding.reading.article if finding.reading and not finding.reading.suspect else None
    page = _page_row(connection, finding.page_id)
    if article is None or page.version_id is not None or finding.identity in {"", page.url}:
        return finding.page_id
    known = frontier.page_at(connection, finding.identity)
    if known is None or known == page.id:
        _rename(connection, page.id, finding.identity, finding.at)
        return finding.page_id
    _merge(connection, page.id, known)
    return known


def _rename(connection: Connection, page_id: int, url: str, now: datetime) -> None:
    connection.execute(update(schema.page).where(_page.id == page_id).values(url=url, host=frontier.host_of(url)))
    frontier.add_url(connection, page_id, url, now, "canonical")


def _merge(connection: Connection, stub: int, page_id: int) -> None:
    """Give all that is known under a page without a version to the page that it turned out to be."""
    for table in (schema.page_url, schema.visit, schema.capture):
        connection.execute(update(table).where(table.c.page_id == stub).values(page_id=page_id))
    connection.execute(schema.page.delete().where(_page.id == stub))


def _current(connection: Connection, version_id: int | None) -> tuple[Article | None, str]:
    if version_id is None:
        return None, ""
    row = connection.execute(
        select(schema.reading.c.body_id, schema.reading.c.reader).where(
            schema.reading.c.version_id == version_id, schema.reading.c.current
        )
    ).one()
    return articles.from_bytes(bodies.get(connection, row.body_id)), row.reader


def _prior(connection: Connection, page: Row[Any]) -> Prior:
    article, reader = _current(connection, page.version_id)
    before_id = edits.from_version(connection, page.pending_edit_id)
    before, before_reader = _current(connection, before_id)
    return Prior(
        url=page.url,
        body_sha256=page.body_sha256,
        reader=reader,
        article=article,
        before_pending=before if before_reader == reader else None,
    )


def _capture(connection: Connection, page: Row[Any], response: Response) -> int:
    chain = f"page:{page.id}"
    body_id = bodies.put(connection, response.body, chain, sibling=_template(connection, page))
    _refresh_template(connection, page, body_id)
    wire_id = None
    if response.wire is not None:
        wire_id = bodies.put(connection, response.wire, f"wire:{page.id}")
    values = {
        "page_id": page.id,
        "requested_url": response.requested_url,
        "url": response.url,
        "hops": list(response.hops),
        "at": response.at,
        "elapsed_us": int(response.elapsed.total_seconds() * 1_000_000),
        "address": response.address,
        "request_head": response.request_head,
        "status": response.status,
        "head": response.head,
        "body_id": body_id,
        "wire_body_id": wire_id,
        "sha256": sha256(response.body),
        "wire_sha256": sha256(response.body if response.wire is None else response.wire),
        "fault": response.fault,
    }
    return int(connection.execute(insert(schema.capture).values(values).returning(schema.capture.c.id)).scalar_one())


def _template(connection: Connection, page: Row[Any]) -> int | None:
    site = schema.site.c
    row = connection.execute(select(site.template_body_id, site.template_uses).where(site.id == page.site_id)).one()
    return row.template_body_id if row.template_uses < _TEMPLATE_USES else None


def _refresh_template(connection: Connection, page: Row[Any], body_id: int) -> None:
    """Count the use of the site's template; a body that stands alone becomes the next template."""
    if page.visits:
        return
    site = schema.site.c
    change: dict[str, Any] = {"template_uses": site.template_uses + 1}
    if bodies.is_keyframe(connection, body_id):
        change = {"template_body_id": body_id, "template_uses": 0}
    connection.execute(update(schema.site).where(site.id == page.site_id).values(change))


def _version(connection: Connection, page: Row[Any], finding: Finding, capture_id: int) -> int:
    reading = finding.reading
    assert reading is not None
    assert reading.article is not None
    values = {"page_id": page.id, "number": page.versions + 1, "capture_id": capture_id, "at": finding.at}
    version_id = int(
        connection.execute(insert(schema.version).values(values).returning(schema.version.c.id)).scalar_one()
    )
    body_id = bodies.put(connection, articles.to_bytes(reading.article), f"text:{page.id}")
    connection.execute(
        insert(schema.reading).values(
            version_id=version_id,
            reader=reading.reader,
            body_id=body_id,
            sources=dict(reading.sources),
            current=True,
        )
    )
    return version_id


def _visit(
    connection: Connection,
    page: Row[Any],
    finding: Finding,
    decision: Decision,
    capture_id: int | None,
    version_id: int | None,
) -> int:
    values = {
        "page_id": page.id,
        "at": finding.at,
        "url": finding.url,
        "outcome": decision.outcome.value,
        "status": finding.response.status if finding.response else None,
        "capture_id": capture_id,
        "version_id": version_id,
        "note": decision.note,
    }
    return int(connection.execute(insert(schema.visit).values(values).returning(schema.visit.c.id)).scalar_one())


def _aliases(connection: Connection, page_id: int, finding: Finding, decision: Decision) -> None:
    frontier.add_url(connection, page_id, finding.url, finding.at, "requested")
    if decision.renamed:
        _rename(connection, page_id, finding.identity, finding.at)
    if pagestate.saw_the_article(decision) and finding.response is not None:
        for hop in finding.response.hops:
            frontier.add_url(connection, page_id, hop, finding.at, "redirect")


def _line(
    connection: Connection,
    finding: Finding,
    decision: Decision,
    visit_id: int,
    edit_id: int | None,
) -> Visit:
    row = connection.execute(
        select(schema.page.c.url, schema.version.c.number, schema.capture.c.sha256)
        .select_from(schema.visit)
        .join(schema.page)
        .outerjoin(schema.version, schema.version.c.id == schema.visit.c.version_id)
        .outerjoin(schema.capture, schema.capture.c.id == schema.visit.c.capture_id)
        .where(schema.visit.c.id == visit_id)
    ).one()
    return Visit(
        url=finding.url,
        page_url=row.url,
        at=finding.at,
        outcome=decision.outcome,
        status=finding.response.status if finding.response else None,
        version=row.number,
        note=decision.note,
        capture_sha256=row.sha256 or "",
        edit_id=edit_id,
    )
