"""Writing one visit: its capture, its version, its edit and what the page is now, in the caller's transaction."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from storage import (
    capturing,
    deciding,
    edits,
    frontier,
    identity,
    indexes,
    joining,
    late,
    misnaming,
    pagestate,
    schema,
    selecting,
    variants,
    versions,
)
from storage.chain import entering
from storage.changes import EditStatus
from storage.deciding import Decision, Prior
from storage.pagestate import NextDue
from storage.records import Outcome
from storage.visits import Finding, Visit


def record(connection: Connection, finding: Finding, next_due: NextDue, stored: datetime | None = None) -> Visit:
    """Judge one finding and write all that follows from it; `stored` is the time where it is not that of the visit."""
    entering.close_day(connection, stored or finding.at)
    finding = misnaming.well_named(connection, finding)
    page_id = identity.settle(connection, finding)
    page = _page_row(connection, page_id)
    if stored is not None and late.is_late(page, finding):
        return _record_late(connection, page, finding)
    known = page.version_id
    prior = _prior(connection, page, finding)
    decision = deciding.decide(prior, finding)
    if decision.renamed and joining.join(connection, page, finding):
        page = _page_row(connection, page_id)
        prior = _prior(connection, page, finding)
        decision = deciding.decide(prior, finding)
    if decision.renamed:
        decision = identity.take(connection, page_id, finding, decision)
        page = _page_row(connection, page_id)
    decision = _of_known_texts(connection, page, finding, decision)
    first = decision.outcome is Outcome.NEW
    capture_id = capturing.add(connection, page, finding.response, first=first) if finding.response else None
    version_id, edit_id = _follow(connection, page, finding, decision, capture_id)
    if pagestate.saw_the_article(decision):
        versions.reread(connection, page, prior.reader, finding)
    visit_id = _visit(connection, page, finding, decision, capture_id, version_id)
    _aliases(connection, page_id, finding, decision)
    frontier.renew_host(connection, page.host, page.lease_owner, finding.at)
    pagestate.advance(connection, page, finding, decision, version_id, edit_id, next_due)
    if version_id != known or finding.earlier is not None:
        indexes.follow(connection, page_id)
    return _line(connection, finding, decision, visit_id, edit_id)


def _record_late(connection: Connection, page: Row[Any], finding: Finding) -> Visit:
    woven = late.weave(connection, page, finding)
    visit_id = _visit(connection, page, finding, woven.decision, woven.capture_id, woven.version_id)
    _aliases(connection, page.id, finding, woven.decision)
    return _line(connection, finding, woven.decision, visit_id, woven.edit_id)


def foresee(connection: Connection, finding: Finding) -> None:
    """Work out what recording a finding would take long for, as things are now, without writing (`foreseen.kept`)."""
    query = selecting.pages().where(schema.page.c.id == finding.page_id)
    page = connection.execute(query).one_or_none()
    response, reading = finding.response, finding.reading
    if page is None or response is None:
        return
    capturing.foresee(connection, page, response)
    article = None if reading is None else reading.article
    if reading is None or article is None:
        return
    prior = _prior(connection, page, finding)
    decision = deciding.decide(prior, finding)
    if decision.outcome is Outcome.CHANGED:
        variants.find_return(connection, page, reading.reader, article, finding.at)
    if decision.outcome in {Outcome.NEW, Outcome.CHANGED}:
        versions.foresee(connection, page, article)
        indexes.foresee(prior.article, article)


def _of_known_texts(connection: Connection, page: Row[Any], finding: Finding, decision: Decision) -> Decision:
    """What a change is in the light of the texts that the page had before."""
    reading = finding.reading
    if decision.outcome is not Outcome.CHANGED or reading is None or reading.article is None:
        return decision
    found = variants.find_return(connection, page, reading.reader, reading.article, finding.at)
    if found is None:
        return decision
    if not found.alternates:
        return deciding.restored(decision, found.number)
    variants.settle(connection, found)
    return replace(deciding.alternating(found.number, found.version_id), renamed=decision.renamed)


def _follow(
    connection: Connection, page: Row[Any], finding: Finding, decision: Decision, capture_id: int | None
) -> tuple[int | None, int | None]:
    """Write the version and the edit that follow from a decision; gives the page's version and a new edit."""
    if decision.outcome in {Outcome.NEW, Outcome.CHANGED}:
        assert capture_id is not None
        version_id = versions.add(connection, page, finding, capture_id)
        if decision.comparison is None:
            return version_id, None
        if decision.upheld:
            edits.settle(connection, page.pending_edit_id, EditStatus.CONFIRMED)
        return version_id, edits.add(connection, page, version_id, finding, decision.comparison)
    if decision.shows is not None:
        return decision.shows, None
    if decision.reverted:
        return edits.revert(connection, page.pending_edit_id), None
    if pagestate.saw_the_same(decision):
        edits.settle(connection, page.pending_edit_id, EditStatus.CONFIRMED)
        variants.settle_stayed(connection, page, finding.at)
    return page.version_id, None


def _page_row(connection: Connection, page_id: int) -> Row[Any]:
    return connection.execute(selecting.pages().where(schema.page.c.id == page_id)).one()


def _prior(connection: Connection, page: Row[Any], finding: Finding) -> Prior:
    article, reader = versions.shown(connection, page.version_id, finding)
    before_id = edits.from_version(connection, page.pending_edit_id)
    before, before_reader = versions.current(connection, before_id)
    return Prior(
        url=page.url,
        body_sha256=page.body_sha256,
        reader=reader,
        article=article,
        at=versions.seen_first(connection, page.version_id),
        lost=article is None and page.version_id is not None,
        before_pending=before if before_reader == reader else None,
        before_at=versions.seen_first(connection, before_id),
        suspects=page.failures if page.last_outcome == Outcome.SUSPECT.value else 0,
        walled=versions.is_walled(connection, page.version_id),
    )


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
    made = insert(schema.visit).values(values).returning(schema.visit.c.id)
    visit_id = int(connection.execute(made).scalar_one())
    entering.enter_visit(connection, page.site_id, visit_id)
    return visit_id


def _aliases(connection: Connection, page_id: int, finding: Finding, decision: Decision) -> None:
    frontier.add_url(connection, page_id, finding.url, finding.at, "requested")
    if decision.renamed:
        identity.rename(connection, page_id, finding.identity, finding.at)
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
