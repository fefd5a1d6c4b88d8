"""The records that layers exchange: what they derive from what they hold."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta

import pytest

from storage.changes import Change, ChangeKind, Comparison, Significance
from storage.records import Moment, Outcome, Response
from storage.rows import DueSite, RawCapture
from storage.visits import SourceVisit

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
HANOI = timedelta(hours=7)


def _response(*headers: tuple[str, str]) -> Response:
    return Response(
        requested_url="u", url="u", at=NOON, request_head=b"", status=200, head=b"", headers=headers, body=b""
    )


def _capture(head: bytes) -> RawCapture:
    return RawCapture(
        requested_url="u", url="u", hops=(), at=NOON, status=200, request_head=b"", head=head, body=b"", wire=None,
        address="", sha256="", fault="",
    )  # fmt: skip


def test_a_moment_is_told_with_the_offset_of_its_page() -> None:
    assert Moment(at=NOON, offset=HANOI, text="").iso == "2026-03-11T19:00:00+07:00"
    assert Moment(at=NOON, offset=timedelta(hours=-3.5), text="").iso == "2026-03-11T08:30:00-03:30"


def test_a_day_without_a_time_is_told_as_a_day_of_its_own_zone() -> None:
    midnight_in_hanoi = datetime(2026, 3, 10, 17, tzinfo=UTC)
    assert Moment(at=midnight_in_hanoi, offset=HANOI, text="11/3", date_only=True).iso == "2026-03-11"


def test_a_header_is_found_however_it_is_written() -> None:
    response = _response(("ETAG", '"1"'), ("etag", '"2"'))
    assert response.header("ETag") == '"1"'
    assert response.header("Last-Modified") == ""


def test_the_headers_of_a_capture_are_read_from_its_bytes() -> None:
    capture = _capture(b"HTTP/1.1 200 OK\r\nX-Name: Vi\xe9t : a\r\nempty:\r\nContent-type: text/html\r\n\r\n")
    assert capture.headers == (("X-Name", "Viét : a"), ("empty", ""), ("Content-type", "text/html"))
    assert capture.content_type == "text/html"
    assert _capture(b"").headers == ()


def test_a_comparison_names_each_field_and_kind_once() -> None:
    changes = (
        Change(field="body", kinds=(ChangeKind.NUMBER, ChangeKind.WORDING)),
        Change(field="title", kinds=(ChangeKind.HEADLINE, ChangeKind.NUMBER)),
        Change(field="body", kinds=(ChangeKind.WORDING,)),
    )
    comparison = Comparison(changes=changes)
    assert comparison.fields == ("body", "title")
    assert comparison.kinds == (ChangeKind.NUMBER, ChangeKind.WORDING, ChangeKind.HEADLINE)


def test_significance_can_be_ranked() -> None:
    assert sorted(Significance, key=lambda one: one.rank) == [
        Significance.COSMETIC,
        Significance.MINOR,
        Significance.SUBSTANTIVE,
    ]


@pytest.mark.parametrize(
    ("outcome", "not_modified", "failed"),
    [(Outcome.NEW, False, False), (Outcome.NOT_MODIFIED, True, False), (Outcome.ERROR, False, True)],
)
def test_a_source_answered_had_nothing_new_or_failed(outcome: Outcome, not_modified: bool, failed: bool) -> None:
    visit = SourceVisit(url="u", at=NOON, outcome=outcome)
    assert (visit.not_modified, visit.failed) == (not_modified, failed)


def test_a_site_is_due_since_the_earliest_of_its_work() -> None:
    later = NOON + timedelta(hours=1)
    assert DueSite(site="a", next_discovery=later, pages_due=NOON).since == NOON
    assert DueSite(site="a", next_discovery=NOON, pages_due=None).since == NOON
    assert DueSite(site="a", next_discovery=None, pages_due=NOON).since is None


def test_a_record_cannot_be_changed() -> None:
    moment = Moment(at=NOON, offset=HANOI, text="")
    with pytest.raises(FrozenInstanceError):
        moment.text = "x"  # type: ignore[misc]  # the point
