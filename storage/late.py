"""A look at a page that is stored after later ones: put where it belongs among them, with the edits around it.

Visits never change. What is judged of them does: which version was seen first, from which text to which each edit
leads, and between which looks it was made. docs/exchange.md says what becomes of each case.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from storage import capturing, deciding, frontier, indexes, neighbours, numbering, pagestate, schema, variants, versions
from storage.changes import Comparison, EditStatus
from storage.comparison.comparing import compare
from storage.deciding import Decision, Prior
from storage.lateedits import EditsAround
from storage.neighbours import Sighting
from storage.records import Article, Outcome, Reading
from storage.visits import Finding

_page = schema.page.c
_version = schema.version.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Woven:
    """What a late look came to, stored but for the visit itself."""

    decision: Decision
    capture_id: int | None
    version_id: int | None
    edit_id: int | None = None


def is_late(page: Row[Any], finding: Finding) -> bool:
    """Whether a page was looked at since."""
    return page.last_visit is not None and finding.at < page.last_visit


def weave(connection: Connection, page: Row[Any], finding: Finding) -> Woven:
    """Judge a late look by what the page showed around it, and write all that follows from it."""
    return _Weaver(connection, page, finding).woven()


class _Weaver:
    def __init__(self, connection: Connection, page: Row[Any], finding: Finding) -> None:
        self._connection = connection
        self._page = page
        self._finding = _at_home(connection, page, finding)
        self._around = neighbours.around(connection, page.id, finding.at)
        self._edits = EditsAround(connection, page, self._finding, self._around)

    def woven(self) -> Woven:
        prior = self._prior()
        decision = deciding.decide(prior, self._finding)
        if decision.renamed:
            decision = deciding.elsewhere(self._finding.identity)
        made = self._stored(prior, decision)
        if pagestate.saw_the_article(made.decision):
            self._keep_readings()
        self._keep_page(made)
        return made

    def _prior(self) -> Prior:
        shown, suspects = self._around.shown, self._around.suspects
        if shown is None:
            return Prior(url=self._page.url, suspects=suspects)
        article, reader = versions.shown(self._connection, shown.version_id, self._finding)
        before_id = self._before_pending()
        before, before_reader = versions.current(self._connection, before_id)
        return Prior(
            url=self._page.url,
            body_sha256=self._around.body_sha256,
            reader=reader,
            article=article,
            at=versions.seen_first(self._connection, shown.version_id),
            lost=article is None,
            before_pending=before if before_reader == reader else None,
            before_at=versions.seen_first(self._connection, before_id),
            suspects=suspects,
            walled=versions.is_walled(self._connection, shown.version_id),
        )

    def _before_pending(self) -> int | None:
        """The version before the one shown, where an edit leads from it to that, which only one look had seen yet."""
        seen = self._around.before
        if len(seen) < 2 or seen[0].version_id == seen[1].version_id:
            return None
        return None if self._edits.brought(seen[1], seen[0]) is None else seen[1].version_id

    def _stored(self, prior: Prior, decision: Decision) -> Woven:
        response, capture_id = self._finding.response, None
        if response is not None:
            first = decision.outcome is Outcome.NEW and not self._page.versions
            capture_id = capturing.add(self._connection, self._page, response, first=first)
        if decision.outcome in {Outcome.NEW, Outcome.CHANGED}:
            assert capture_id is not None
            assert self._finding.reading is not None
            return self._other_text(prior, decision, capture_id, self._finding.reading)
        shown = self._around.shown
        version_id = shown.version_id if shown else None
        if decision.reverted:
            before = self._around.before[1]
            self._edits.take_back(self._around.before[0], before)
            version_id = before.version_id
        elif shown is not None and pagestate.saw_the_same(decision):
            self._edits.was_made_later(shown.version_id)
            self._edits.confirm(shown)
        return Woven(decision=decision, capture_id=capture_id, version_id=version_id)

    def _other_text(self, prior: Prior, decision: Decision, capture_id: int, reading: Reading) -> Woven:
        """Another text than before: that of the next version, seen earlier; one that alternates; or one more."""
        assert reading.article is not None
        following, shown = self._around.next, self._around.shown
        later = None if following is None else self._later(following, reading.reader)
        if following is not None and later is not None and not compare(later, reading.article).changes:
            return self._seen_earlier(decision, capture_id, following)
        if shown is not None and decision.comparison is not None:
            article, reader, there = reading.article, reading.reader, shown.version_id
            at = self._finding.at
            found = variants.find_return(self._connection, self._page, reader, article, at, there)
            if found is not None and found.alternates:
                variants.settle(self._connection, found)
                alternating = deciding.alternating(found.number, found.version_id)
                return Woven(decision=alternating, capture_id=capture_id, version_id=found.version_id)
            if found is not None and self._was_before(found.version_id):
                decision = deciding.restored(decision, found.number)
        version_id = numbering.insert_version(self._connection, self._page, self._finding, capture_id)
        edit_id = self._lead_there(prior, decision, version_id, later)
        if following is not None:
            self._lead_away(version_id, reading, following, later)
        return Woven(decision=decision, capture_id=capture_id, version_id=version_id, edit_id=edit_id)

    def _seen_earlier(self, decision: Decision, capture_id: int, following: Sighting) -> Woven:
        """The next version was there already at this look; if it is an older one that came back, it came back here."""
        version_id, shown, edit_id = following.version_id, self._around.shown, None
        if self._was_before(version_id):
            same = Decision(outcome=Outcome.SAME, note="says what the page says again at the next look")
            return Woven(decision=same, capture_id=capture_id, version_id=version_id)
        numbering.saw_first(self._connection, self._page, version_id, self._finding, capture_id)
        if shown is not None and decision.comparison is not None:
            edit_id = self._edits.seen_first(shown, following, decision.comparison)
        return Woven(decision=decision, capture_id=capture_id, version_id=version_id, edit_id=edit_id)

    def _lead_there(self, prior: Prior, decision: Decision, version_id: int, later: Article | None) -> int | None:
        """The edit to the text of this look, and its status, as no other look has seen that text."""
        shown, comparison = self._around.shown, decision.comparison
        if shown is None or comparison is None:
            return None
        if decision.upheld:
            self._edits.confirm(shown)
        status = self._status(prior, comparison, later)
        between = (shown.at, self._finding.at)
        edit_id = self._edits.add((shown.version_id, version_id), between, comparison, status)
        if not self._around.after:
            self._edits.pending = edit_id
        return edit_id

    def _status(self, prior: Prior, made: Comparison, later: Article | None) -> EditStatus:
        if not self._around.after:
            return EditStatus.PENDING
        if self._around.next is None:
            return EditStatus.REVERTED
        before = self._finding.earlier.article if self._finding.earlier else prior.article
        if later is None or before is None:
            return EditStatus.PENDING
        return EditStatus.CONFIRMED if deciding.stands(made, compare(before, later)) else EditStatus.PENDING

    def _lead_away(self, version_id: int, reading: Reading, following: Sighting, later: Article | None) -> None:
        """The edit from the text of this look to that of the next: the one that led over it, or a new one."""
        assert reading.article is not None
        shown = self._around.shown
        crossing = None if shown is None else self._edits.over(shown.version_id, following.version_id)
        if crossing is not None and crossing.status != EditStatus.WITHDRAWN.value:
            self._edits.lead(crossing, version_id, reading.article, reading.reader)
        elif later is not None:
            made = compare(reading.article, later, weights=self._finding.weights)
            self._edits.lead_on(version_id, following, made)

    def _later(self, following: Sighting, reader: str) -> Article | None:
        """What the next version reads as by the reader of this look."""
        if following.reader == reader:
            return versions.current(self._connection, following.version_id)[0]
        later = self._finding.later
        return later.article if later is not None and later.reader == reader and not later.suspect else None

    def _was_before(self, version_id: int) -> bool:
        """Whether a version was seen first before this look."""
        query = select(_version.at).where(_version.id == version_id)
        return bool(self._connection.execute(query).scalar_one() < self._finding.at)

    def _keep_readings(self) -> None:
        """Keep what was read anew, as edits were judged by it."""
        reading = self._finding.reading
        near = ((self._around.shown, self._finding.earlier), (self._around.next, self._finding.later))
        for sighting, anew in near:
            if sighting is None or reading is None or anew is None or anew.article is None or anew.suspect:
                continue
            query = select(_version.capture_id).where(_version.id == sighting.version_id)
            still = self._connection.execute(query).scalar_one() == sighting.capture_id
            if still and anew.reader == reading.reader != sighting.reader:
                versions.make_current(self._connection, self._page.id, sighting.version_id, anew)

    def _keep_page(self, made: Woven) -> None:
        """What the page is now; when it is due, and what became of it since, later looks say."""
        page, finding = self._page, self._finding
        count = select(func.count()).where(_version.page_id == page.id)
        values: dict[str, Any] = {
            "visits": page.visits + 1,
            "versions": self._connection.execute(count).scalar_one(),
            "changes": page.changes + self._edits.added,
            "first_seen": min(page.first_seen, finding.at),
            "pending_edit_id": self._edits.pending,
            "lease_owner": None,
            "lease_until": None,
        }
        if pagestate.saw_the_article(made.decision) and not self._around.after:
            values |= pagestate.seen(finding, made.decision.outcome) | {"version_id": made.version_id}
            values["state"] = "live" if page.state == "found" else page.state
            if made.edit_id is not None:
                values["last_change"] = finding.at
        self._connection.execute(update(schema.page).where(_page.id == page.id).values(values))
        indexes.follow(self._connection, page.id)


def _at_home(connection: Connection, page: Row[Any], finding: Finding) -> Finding:
    """A late look renames no page: the URL that it gives is one that the page had, unless another page has it."""
    known = frontier.page_at(connection, finding.identity) if finding.identity else None
    return replace(finding, identity="") if known in {None, page.id} else finding
