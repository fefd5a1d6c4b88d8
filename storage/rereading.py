"""What a page's versions read as under a newer reader, and what that makes of its edits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from storage import edits, indexes, looks, reinstating, schema, versions
from storage.changes import EditStatus, SiteWeights
from storage.comparison.clocks import Seen, both
from storage.comparison.comparing import compare
from storage.deciding import SAYS_AGAIN
from storage.records import Reading
from storage.search import entries

_page = schema.page.c
_edit = schema.edit.c


def reread(
    connection: Connection,
    page_id: int,
    readings: Mapping[int, Reading],
    weights: SiteWeights,
    until: Mapping[int, datetime | None],
) -> tuple[int, int]:
    """Make `readings` (by version) what the versions of a page read as, and judge its edits by them.

    An edit that was the old reader's and not the publisher's is withdrawn, and stands again where a later reader sees
    it: a rule may have been wrong for a while. A version that cannot be read any more keeps the reading that it has,
    and so do the edits on either side of it. `until` says of versions which look was the last at which the text was
    still there by these readings (None: all of them were); an edit was made after that one. In the caller's
    transaction. Gives the numbers of edits that are now judged otherwise, and of those withdrawn.
    """
    page = connection.execute(select(schema.page).where(_page.id == page_id)).one()
    for version_id, reading in readings.items():
        if reading.article is not None and (not reading.suspect or _stays_walled(connection, version_id, reading)):
            versions.make_current(connection, page_id, version_id, reading)
    rows = connection.execute(select(schema.edit).where(_edit.page_id == page_id).order_by(_edit.id)).all()
    for row in rows:
        if row.from_version_id in until:
            _made_after(connection, row, until[row.from_version_id])
    judged = [_judge(connection, row, readings, weights) for row in rows]
    pending = reinstating.pending(connection, page)
    seen = _last_seen(connection, page, until)
    connection.execute(update(schema.page).where(_page.id == page_id).values(pending_edit_id=pending, last_seen=seen))
    indexes.follow(connection, page_id)
    return judged.count("changed"), judged.count("withdrawn")


def _stays_walled(connection: Connection, version_id: int, reading: Reading) -> bool:
    """Whether a version was and is the beginning of an article alone: that is its text then."""
    return reading.walled and versions.is_walled(connection, version_id)


def _made_after(connection: Connection, edit: Row[Any], until: datetime | None) -> None:
    last = looks.last(connection, edit.from_version_id, until=until, before=edit.before)
    if last is not None:
        edits.rewrite(connection, edit.id, {"after": last})


def _last_seen(connection: Connection, page: Row[Any], until: Mapping[int, datetime | None]) -> datetime | None:
    """The last look that saw a page's current text."""
    if page.version_id not in until:
        return page.last_seen  # type: ignore[no-any-return]  # a column's
    return looks.last(connection, page.version_id, until=until[page.version_id]) or page.last_seen


def _judge(connection: Connection, edit: Row[Any], readings: Mapping[int, Reading], weights: SiteWeights) -> str:
    """`withdrawn`, `changed`, or empty where the edit is what it was."""
    old, new = readings.get(edit.from_version_id), readings.get(edit.to_version_id)
    if old is None or new is None or not _comparable(old, new):
        return ""
    assert old.article is not None
    assert new.article is not None
    comparison = compare(old.article, new.article, weights=weights, seen=_seen(connection, edit))
    if not comparison.changes:
        return _withdraw(connection, edit)
    values = edits.verdict(comparison) | {"reader": new.reader}
    values["reasons"] += [reason for reason in edit.reasons if reason.startswith(SAYS_AGAIN)]
    if reinstating.was_read_alike(edit):
        values |= {"status": reinstating.status(connection, edit).value}
    edits.rewrite(connection, edit.id, values)
    if edit.changes != values["changes"]:
        entries.replace_edit(connection, edit.id, edit.page_id, edit.changes, values["changes"])
    same = all(getattr(edit, name) == values[name] for name in ("kinds", "fields", "changes", "significance"))
    return "" if same and values.get("status", edit.status) == edit.status else "changed"


def _withdraw(connection: Connection, edit: Row[Any]) -> str:
    if edit.status == EditStatus.WITHDRAWN.value:
        return ""
    values = {"status": EditStatus.WITHDRAWN.value, "reasons": [*edit.reasons, reinstating.READ_ALIKE]}
    edits.rewrite(connection, edit.id, values)
    return "withdrawn"


def _seen(connection: Connection, edit: Row[Any]) -> Seen | None:
    first, then = (versions.seen_first(connection, version) for version in (edit.from_version_id, edit.to_version_id))
    return both(first, then)


def _comparable(old: Reading, new: Reading) -> bool:
    if old.reader != new.reader or old.article is None or new.article is None:
        return False
    return not (old.suspect or new.suspect) or (old.walled and new.walled)
