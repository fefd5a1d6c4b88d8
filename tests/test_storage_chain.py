"""The forms of the chain: what others can compute, and that no column is forgotten."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import schema
from storage.chain import forms

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(value=JSON)
def test_canonical_json_is_ascii_and_means_the_same(value: object) -> None:
    made = forms.canonical(value)
    assert json.loads(made) == value
    assert forms.canonical(json.loads(made)) == made


def test_canonical_json_is_as_documented() -> None:
    value = {"b": 1, "a": "Hà Nội \U0001f327 \ud83d", "c": [None, True]}
    assert forms.canonical(value) == rb'{"a":"H\u00e0 N\u1ed9i \ud83c\udf27 \ud83d","b":1,"c":[null,true]}'


def test_fractions_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        forms.canonical(float("nan"))


def test_times_are_in_utc_and_bytes_are_known_by_their_digest() -> None:
    noon = datetime(2026, 3, 11, 12, tzinfo=timezone(timedelta(hours=7)))
    assert forms.plain(noon) == "2026-03-11T05:00:00.000000+00:00"
    assert forms.plain(noon.astimezone(UTC)) == forms.plain(noon)
    assert forms.plain(b"x") == hashlib.sha256(b"x").hexdigest()


def test_a_link_can_be_computed_by_hand() -> None:
    first = hashlib.sha256(b'{"site":"vidu"}').digest()
    assert forms.beginning("vidu") == first
    text = b'{"before":"%s","said":{"merged":[2,1]},"seq":1}' % first.hex().encode()
    assert forms.link_digest(1, first, {"merged": [2, 1]}) == hashlib.sha256(text).digest()


@pytest.mark.parametrize("table", ["version", "reading", "edit", "memory"])
def test_every_column_of_a_judgement_is_in_the_chain(table: str) -> None:
    stated = {"body_id" if name == "body" else name for name in forms.STATED[table]}
    derived = {"edit": {"site_id"}}.get(table, set())  # its page's, which is in the chain; verify compares the two
    assert stated | derived == {column.name for column in schema.metadata.tables[table].c}


def test_every_column_of_a_visit_and_its_capture_is_in_the_chain() -> None:
    visit = dict.fromkeys(schema.visit.c.keys())
    capture = dict.fromkeys(schema.capture.c.keys())
    said = forms.visit_said(visit, capture, 1, None)
    assert said["visit"] == visit | {"page_id": 1}
    bodies = {"body_id", "wire_body_id"}  # their digests are there, and rows are checked to name bodies that have them
    assert isinstance(said["capture"], dict)
    assert said["capture"].keys() == capture.keys() - bodies - {
        "page_id",
        "head_base_id",
    }  # the CRC of the heads has it
