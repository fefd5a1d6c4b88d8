"""Times, JSON and odd text in the tables, on a real SQLite file."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Row, create_engine, insert, select
from sqlalchemy.exc import StatementError
from sqlalchemy.pool import StaticPool

from storage import schema
from storage.database import to_json

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


def _stored_site(connection: Connection, at: datetime) -> datetime:
    connection.execute(insert(schema.site).values(key=str(at), first_seen=at))
    stored: datetime = connection.execute(
        select(schema.site.c.first_seen).where(schema.site.c.key == str(at))
    ).scalar_one()
    return stored


def _stored_page(connection: Connection, **values: object) -> Row[tuple[object, ...]]:
    site_id = connection.execute(
        insert(schema.site).values(key="vidu", first_seen=NOON).returning(schema.site.c.id)
    ).scalar_one()
    page = {"site_id": site_id, "url": "https://vidu.example/1", "host": "vidu.example", "state": "found"}
    connection.execute(insert(schema.page).values(page | {"first_seen": NOON} | values))
    return connection.execute(select(schema.page)).one()


def test_a_naive_time_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="naive"):
        _stored_site(connection, NOON.replace(tzinfo=None))


def test_a_time_comes_back_aware_and_in_utc(connection: Connection) -> None:
    in_hanoi = NOON.astimezone(timezone(timedelta(hours=7)))
    stored = _stored_site(connection, in_hanoi)
    assert stored == NOON
    assert stored.tzinfo is UTC


@given(at=st.datetimes(timezones=st.just(UTC)), other=st.datetimes(timezones=st.just(UTC)))
def test_times_sort_in_the_database_as_they_do_in_time(at: datetime, other: datetime) -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        schema.site.create(connection)
        connection.execute(insert(schema.site).values(key="one", first_seen=at))
        found = connection.execute(select(schema.site.c.first_seen).where(schema.site.c.first_seen <= other)).all()
        back = connection.execute(select(schema.site.c.first_seen)).scalar_one()
    engine.dispose()
    assert bool(found) == (at <= other)
    assert back == at


def test_a_title_with_half_a_character_is_stored_with_a_replacement_character(connection: Connection) -> None:
    page = _stored_page(connection, title="Hà Nội \ud83d và \x00 hết")
    assert page.title == "Hà Nội \ufffd và \ufffd hết"


def test_a_title_with_every_vietnamese_letter_is_kept_as_it_is(connection: Connection) -> None:
    title = "Ứng dụng Đặng Thuỳ Trâm — “ổn định” 😀"
    assert _stored_page(connection, title=title).title == title


def test_json_holds_half_a_character_exactly() -> None:
    dumped = to_json({"removed": ["\ud83d", "\x00", "ổn"]})
    dumped.encode()  # raises where the text cannot be stored
    assert "ổn" in dumped
    assert json.loads(dumped) == {"removed": ["\ud83d", "\x00", "ổn"]}


def test_the_number_of_a_deleted_page_is_never_given_to_another(connection: Connection) -> None:
    first = _stored_page(connection)
    connection.execute(schema.page.delete())
    connection.execute(
        insert(schema.page).values(site_id=first.site_id, url="u", host="h", state="found", first_seen=NOON)
    )
    assert connection.execute(select(schema.page.c.id)).scalar_one() > first.id
