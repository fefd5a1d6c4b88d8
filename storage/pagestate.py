"""What a page is after a visit: its counters, its state and when it is due again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, update

from storage import schema
from storage.deciding import Decision
from storage.digests import sha256
from storage.records import Outcome, Response
from storage.visits import Finding, PageHistory

NextDue = Callable[[str, PageHistory, datetime], datetime | None]  # site key, history, now

_SAME = {Outcome.SAME, Outcome.IDENTICAL, Outcome.NOT_MODIFIED}


def saw_the_same(decision: Decision) -> bool:
    """The visit saw the article, and it said what it said before."""
    return decision.outcome in _SAME or (decision.outcome is Outcome.MOVED and decision.renamed)


def saw_the_article(decision: Decision) -> bool:
    """The visit saw the article, edited or not."""
    return saw_the_same(decision) or decision.outcome in {Outcome.NEW, Outcome.CHANGED}


def advance(
    connection: Connection,
    page: Row[Any],
    finding: Finding,
    decision: Decision,
    version_id: int | None,
    edit_id: int | None,
    next_due: NextDue,
) -> None:
    """Write the page's state after a visit, and give its lease back."""
    now = finding.at
    values = _counters(page, decision, now) | {
        "version_id": version_id,
        "pending_edit_id": _pending(page, decision, edit_id),
        "retry_after": finding.retry_after,
        "lease_owner": None,
        "lease_until": None,
    }
    if saw_the_article(decision):
        values |= seen(finding, decision.outcome)
    elif finding.response is not None and finding.response.status == 304:
        values |= {"etag": "", "last_modified": ""}  # it answers to validators that cannot mean it: ask without
    values["state"] = _state(page, decision)
    values["next_due"] = next_due(page.site, _history(page, finding, values), now)
    connection.execute(update(schema.page).where(schema.page.c.id == page.id).values(values))


def _elsewhere(decision: Decision) -> bool:
    """The URL leads to another article now: nothing was seen of this one."""
    return decision.outcome is Outcome.MOVED and not decision.renamed


def _counters(page: Row[Any], decision: Decision, now: datetime) -> dict[str, Any]:
    outcome = decision.outcome
    changed = outcome is Outcome.CHANGED
    return {
        "last_visit": now,
        "last_outcome": outcome.value,
        "visits": page.visits + 1,
        "versions": page.versions + (outcome in {Outcome.NEW, Outcome.CHANGED}),
        "changes": page.changes + changed,
        "last_change": now if changed else page.last_change,
        "unchanged_visits": 0 if changed else page.unchanged_visits + saw_the_same(decision),
        "failures": 0 if saw_the_article(decision) else _failures(page, outcome),
    }


def _failures(page: Row[Any], outcome: Outcome) -> int:
    """The visits in a row that read nothing; the count starts anew where the page goes or comes back from being gone.

    A page is given up after some visits that found it gone: an outage before the first of them must not count.
    """
    away = {Outcome.GONE.value, Outcome.MOVED.value}
    turned = (outcome.value in away) != (page.last_outcome in away)
    return 1 if turned else int(page.failures) + 1


def _pending(page: Row[Any], decision: Decision, edit_id: int | None) -> int | None:
    """The edit that waits to be seen again; one that was overwritten before that waits no more."""
    if decision.outcome in {Outcome.CHANGED, Outcome.NEW}:
        return edit_id
    return None if saw_the_same(decision) else page.pending_edit_id


def seen(finding: Finding, outcome: Outcome) -> dict[str, Any]:
    """What a look that saw the article says of its page."""
    values: dict[str, Any] = {"last_seen": finding.at}
    response, reading = finding.response, finding.reading
    if response is None or outcome is Outcome.NOT_MODIFIED:
        return values
    values |= _validators(response) | {"body_sha256": sha256(response.body)}
    article = reading.article if reading is not None else None
    if article is not None and article.title:
        values["title"] = article.title
    if article is not None and article.published:
        values["published"] = article.published.at
    return values


def _validators(response: Response) -> dict[str, str]:
    """What to ask with next time; nothing after a redirect, where another URL gave them."""
    if response.hops:
        return {"etag": "", "last_modified": ""}
    return {"etag": response.header("ETag"), "last_modified": response.header("Last-Modified")}


def _state(page: Row[Any], decision: Decision) -> str:
    """A page that answers 404 once is `missing`; it is `gone` when the next visit that learns something says so too."""
    if _elsewhere(decision):
        return "moved"
    if saw_the_article(decision):
        return "live"
    if decision.outcome is not Outcome.GONE:
        return str(page.state)
    return "gone" if page.state in {"missing", "gone"} else "missing"


def _history(page: Row[Any], finding: Finding, values: dict[str, Any]) -> PageHistory:
    return PageHistory(
        first_seen=page.first_seen,
        published=values.get("published", page.published),
        last_visit=finding.at,
        last_outcome=Outcome(values["last_outcome"]),
        last_change=values["last_change"],
        changes=values["changes"],
        unchanged_visits=values["unchanged_visits"],
        failures=values["failures"],
        pending=values["pending_edit_id"] is not None,
        retry_after=finding.retry_after,
    )
