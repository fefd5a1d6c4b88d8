"""Edits in the database: added pending, confirmed when they are seen again, taken back when the old text returns."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from storage import schema
from storage.chain import entering
from storage.changes import Change, Comparison, EditStatus
from storage.search import entries
from storage.visits import Finding

_edit = schema.edit.c


def change_fields(change: Change) -> dict[str, Any]:
    """A change as JSON."""
    return {
        "field": change.field,
        "kinds": [kind.value for kind in change.kinds],
        "removed": list(change.removed),
        "added": list(change.added),
        "before": change.before,
        "after": change.after,
    }


def add(connection: Connection, page: Row[Any], version_id: int, finding: Finding, comparison: Comparison) -> int:
    """Store the edit from the page's current version to `version_id`, pending until it is seen again."""
    assert finding.reading is not None
    seen = page.last_seen if finding.until is None else min(page.last_seen, finding.until)
    between = (seen, finding.at)
    return add_between(connection, page, (page.version_id, version_id), between, finding.reading.reader, comparison)


def add_between(
    connection: Connection,
    page: Row[Any],
    versions: tuple[int, int],
    between: tuple[datetime, datetime],
    reader: str,
    comparison: Comparison,
    status: EditStatus = EditStatus.PENDING,
) -> int:
    """Store an edit from one version to another, seen last and first at the times in `between`."""
    values = {
        "page_id": page.id,
        "site_id": page.site_id,
        "from_version_id": versions[0],
        "to_version_id": versions[1],
        "after": between[0],
        "before": between[1],
        "reader": reader,
        "status": status.value,
    }
    values |= verdict(comparison)
    edit_id = int(connection.execute(insert(schema.edit).values(values).returning(_edit.id)).scalar_one())
    entries.add_edit(connection, edit_id, page.id, values["changes"])
    entering.enter(connection, page.site_id, {"edit": [edit_id]})
    return edit_id


def verdict(comparison: Comparison) -> dict[str, Any]:
    """The columns that say what an edit is."""
    return {
        "significance": comparison.significance.value,
        "significance_rank": comparison.significance.rank,
        "acknowledged": comparison.acknowledged.value,
        "fields": list(comparison.fields),
        "kinds": [kind.value for kind in comparison.kinds],
        "reasons": list(comparison.reasons),
        "changes": [change_fields(change) for change in comparison.changes],
    }


def settle(connection: Connection, edit_id: int | None, status: EditStatus) -> None:
    """Give an edit its status."""
    if edit_id is not None:
        rewrite(connection, edit_id, {"status": status.value})


def rewrite(connection: Connection, edit_id: int, values: Mapping[str, Any]) -> None:
    """Have an edit be judged otherwise; nothing is entered in the chain where that is what it says already."""
    row = connection.execute(select(schema.edit).where(_edit.id == edit_id)).mappings().one()
    if any(row[name] != value for name, value in values.items()):
        connection.execute(update(schema.edit).where(_edit.id == edit_id).values(values))
        entering.enter(connection, entering.site_of(connection, row["page_id"]), {"edit": [edit_id]})


def from_version(connection: Connection, edit_id: int | None) -> int | None:
    """The version that an edit started from."""
    if edit_id is None:
        return None
    return int(connection.execute(select(_edit.from_version_id).where(_edit.id == edit_id)).scalar_one())


def revert(connection: Connection, edit_id: int) -> int:
    """Mark a pending edit as taken back, and give the version that the page shows again."""
    settle(connection, edit_id, EditStatus.REVERTED)
    version = from_version(connection, edit_id)
    assert version is not None
    return version
