"""Edits in the database: exact, and with one status at a time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select

from storage import edits, schema
from storage.changes import Acknowledged, Change, ChangeKind, Comparison, EditStatus, Significance
from storage.fromrows import edit_row
from storage.records import Reading
from storage.selecting import edits as select_edits
from storage.visits import Finding

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHANGES = (
    Change(
        field="body",
        kinds=(ChangeKind.NUMBER, ChangeKind.WORDING),
        removed=("35", "bị thương"),
        added=("36", "thiệt mạng \ud83d"),
        before="Có 35 người bị thương.",
        after="Có 36 người thiệt mạng \ud83d.",
    ),
    Change(field="title", kinds=(ChangeKind.HEADLINE,), removed=(), added=("“Mới” \\ \x00",)),
)
COMPARISON = Comparison(
    changes=CHANGES,
    significance=Significance.SUBSTANTIVE,
    reasons=("A number was changed: 35 became 36.",),
    acknowledged=Acknowledged.DECLARED,
)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        _fill(connection)
        yield connection


def _fill(connection: Connection) -> None:
    """A page with two versions, of one capture."""
    rows: list[tuple[Any, dict[str, Any]]] = [
        (schema.site, {"key": "vidu", "first_seen": NOON}),
        (schema.page, {"site_id": 1, "url": "u", "host": "h", "state": "live", "first_seen": NOON}),
        (schema.body, {"sha256": "00", "size": 0, "chain": "page:1", "seq": 0, "data": b""}),
        (
            schema.capture,
            {
                "page_id": 1, "requested_url": "u", "url": "u", "hops": [], "at": NOON, "elapsed_us": 0, "address": "",
                "request_head": b"", "status": 200, "head": b"", "body_id": 1, "sha256": "00", "wire_sha256": "00",
            },
        ),
        (schema.version, {"page_id": 1, "number": 1, "capture_id": 1, "at": NOON}),
        (schema.version, {"page_id": 1, "number": 2, "capture_id": 1, "at": NOON + HOUR}),
    ]  # fmt: skip
    for table, values in rows:
        connection.execute(insert(table).values(values))


def _add(connection: Connection) -> int:
    page: Any = SimpleNamespace(id=1, site_id=1, version_id=1, last_seen=NOON)
    finding = Finding(page_id=1, url="u", at=NOON + HOUR, reading=Reading(reader="r1"))
    return edits.add(connection, page, 2, finding, COMPARISON)


def _status(connection: Connection, edit_id: int) -> str:
    status: str = connection.execute(select(schema.edit.c.status).where(schema.edit.c.id == edit_id)).scalar_one()
    return status


def test_an_edit_comes_back_as_it_was_compared(connection: Connection) -> None:
    edit_id = _add(connection)
    row = edit_row(connection.execute(select_edits()).one())
    assert (row.id, row.url, row.site, row.from_version, row.to_version) == (edit_id, "u", "vidu", 1, 2)
    assert row.between == (NOON, NOON + HOUR)
    assert row.changes == CHANGES
    assert (row.fields, row.kinds) == (("body", "title"), ("number", "wording", "headline"))
    assert (row.significance, row.acknowledged, row.status) == ("substantive", "declared", "pending")
    assert row.reasons == COMPARISON.reasons
    assert (row.removed, row.added) == (("35", "bị thương"), ("36", "thiệt mạng \ud83d", "“Mới” \\ \x00"))


@pytest.mark.parametrize("status", [EditStatus.CONFIRMED, EditStatus.REVERTED])
def test_a_pending_edit_is_settled(connection: Connection, status: EditStatus) -> None:
    edit_id = _add(connection)
    edits.settle(connection, edit_id, status)
    assert _status(connection, edit_id) == status.value


def test_where_no_edit_is_pending_nothing_is_settled(connection: Connection) -> None:
    edit_id = _add(connection)
    edits.settle(connection, None, EditStatus.CONFIRMED)
    assert _status(connection, edit_id) == "pending"
    assert edits.from_version(connection, None) is None


def test_a_reverted_edit_gives_the_version_that_the_page_shows_again(connection: Connection) -> None:
    edit_id = _add(connection)
    assert edits.from_version(connection, edit_id) == 1
    assert edits.revert(connection, edit_id) == 1
    assert _status(connection, edit_id) == "reverted"
