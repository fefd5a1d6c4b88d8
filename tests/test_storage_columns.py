"""Digests and JSON in the tables: what comes out is what went in, in fewer bytes."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, delete, insert, select, text
from sqlalchemy.pool import StaticPool

from storage.columns import Digest, PackedJson
from storage.digests import sha256

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
CHANGE = {
    "field": "body",
    "kinds": ["number"],
    "removed": ["35"],
    "added": ["53"],
    "before": "Mưa lớn làm ngập 35 tuyến phố ở Hà Nội.",
    "after": "Mưa lớn làm ngập 53 tuyến phố ở Hà Nội.",
}
table = Table(
    "kept", MetaData(), Column("id", Integer, primary_key=True), Column("digest", Digest), Column("said", PackedJson)
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        table.create(connection)
        yield connection
    engine.dispose()


def _kept(connection: Connection, **values: object) -> Any:
    connection.execute(delete(table))
    connection.execute(insert(table).values(values))
    return connection.execute(select(table)).one()


def test_a_digest_is_found_by_its_digits_and_takes_half_their_room(connection: Connection) -> None:
    digest = sha256(b"OK")
    assert _kept(connection, digest=digest).digest == digest
    assert connection.execute(select(table.c.id).where(table.c.digest == digest)).scalar_one_or_none() is not None
    assert connection.execute(text("SELECT length(digest) FROM kept")).scalar_one() == 32


def test_a_digest_that_is_not_there_stays_so(connection: Connection) -> None:
    assert _kept(connection, digest=None).digest is None
    assert _kept(connection, digest="").digest == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=ANY_JSON.filter(lambda value: value is not None))
def test_any_json_comes_back_half_characters_and_all(connection: Connection, value: object) -> None:
    assert _kept(connection, said=value).said == value


def test_what_an_edit_changed_takes_half_of_its_json(connection: Connection) -> None:
    kept = _kept(connection, said=[CHANGE])
    assert kept.said == [CHANGE]
    assert connection.execute(text("SELECT length(said) FROM kept")).scalar_one() < len(str([CHANGE]).encode()) / 2


def test_the_json_of_an_archive_made_with_this_release_is_read_by_later_ones(connection: Connection) -> None:
    connection.execute(text("INSERT INTO kept (said) VALUES (x'64CF1DABC3E3D75A00')"))
    assert connection.execute(select(table.c.said)).scalar_one() == {"title": "<h1> in the page"}


def test_json_with_one_bit_flipped_is_noticed(connection: Connection) -> None:
    _kept(connection, said=[CHANGE])
    stored = connection.execute(text("SELECT said FROM kept")).scalar_one()
    for bit in range(8 * len(stored)):
        flipped = (int.from_bytes(stored, "big") ^ (1 << bit)).to_bytes(len(stored), "big")
        connection.execute(text("UPDATE kept SET said = :said"), {"said": flipped})
        with pytest.raises(ValueError, match="not as it was written"):
            connection.execute(select(table.c.said)).scalar_one()
