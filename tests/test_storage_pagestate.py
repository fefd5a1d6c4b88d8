"""What a page is after each visit, as the timetable is told of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storage.archive import Archive, init
from storage.deciding import Decision
from storage.pagestate import saw_the_article, saw_the_same
from storage.queries import Queries
from storage.records import Article, Block, BlockKind, Moment, Outcome, Reading, Response
from storage.visits import Finding, FoundPage, PageHistory

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://vidu.example/1"
ELSEWHERE = "https://vidu.example/2"


class Desk:
    """One page, looked at every hour, and what the timetable was told each time."""

    def __init__(self, url: str) -> None:
        init(url, NOON)
        self.told: list[PageHistory] = []
        self.due: datetime | None = None
        self.archive = Archive(url, next_due=self._next_due)
        self.archive.watch_site("vidu", NOON)
        self.archive.add_pages("vidu", [FoundPage(url=URL)], NOON)
        self.queries = Queries(url)
        self.now = NOON

    def _next_due(self, site: str, history: PageHistory, now: datetime) -> datetime | None:
        assert (site, now) == ("vidu", self.now)
        self.told.append(history)
        return self.due

    def look(
        self,
        text: str = "",
        *,
        title: str = "Tin",
        status: int = 200,
        identity: str = URL,
        retry_after: datetime | None = None,
    ) -> PageHistory:
        """What the timetable is told after a visit that reads this one paragraph, or gets another status."""
        self.now += HOUR
        article = Article(
            url=URL,
            canonical_url="",
            title=title,
            body=(Block(kind=BlockKind.PARAGRAPH, text=text),),
            published=Moment(at=NOON - HOUR, offset=timedelta(hours=7), text="18:00"),
        )
        response = Response(
            requested_url=URL,
            url=URL,
            at=self.now,
            request_head=b"",
            status=status,
            head=b"",
            headers=(),
            body=str(self.now).encode(),
        )
        finding = Finding(
            page_id=1,
            url=URL,
            at=self.now,
            response=response,
            reading=Reading(reader="r1", article=article) if text else None,
            identity=identity,
            retry_after=retry_after,
        )
        self.archive.record([finding])
        return self.told[-1]

    def state(self) -> str:
        page = self.queries.page(URL)
        assert page is not None
        assert page.next_due == self.due
        return page.state


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    made = Desk(database)
    yield made
    made.archive.close()
    made.queries.close()


def test_a_visit_saw_the_article_or_it_did_not() -> None:
    saw = {outcome for outcome in Outcome if saw_the_article(Decision(outcome=outcome))}
    assert saw == {Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.IDENTICAL, Outcome.NOT_MODIFIED}
    assert saw_the_same(Decision(outcome=Outcome.MOVED, renamed=True))
    assert not saw_the_same(Decision(outcome=Outcome.MOVED))
    assert not saw_the_same(Decision(outcome=Outcome.CHANGED, renamed=True))


def test_the_timetable_is_told_what_happened_to_the_page(desk: Desk) -> None:
    first = desk.look("Có 35 người bị thương.")
    assert (first.first_seen, first.published, first.last_visit) == (NOON, NOON - HOUR, NOON + HOUR)
    assert (first.last_outcome, first.last_change, first.changes, first.pending) == (Outcome.NEW, None, 0, False)
    assert [desk.look(status=304).unchanged_visits, desk.look("Có 35 người bị thương.").unchanged_visits] == [1, 2]
    changed = desk.look("Có 36 người bị thương.")
    assert (changed.changes, changed.last_change, changed.pending) == (1, desk.now, True)
    assert changed.unchanged_visits == 0
    seen_again = desk.look("Có 36 người bị thương.")
    assert (seen_again.pending, seen_again.unchanged_visits, seen_again.last_change) == (False, 1, changed.last_visit)


def test_an_edit_waits_on_through_visits_that_came_to_nothing(desk: Desk) -> None:
    desk.look("Có 35 người bị thương.")
    desk.look("Có 36 người bị thương.")
    assert desk.look(status=500).pending
    assert not desk.look("Có 35 người bị thương.").pending  # reverted


def test_failures_in_a_row_are_counted_and_a_good_visit_ends_them(desk: Desk) -> None:
    desk.look("Có 35 người bị thương.")
    assert [desk.look(status=status).failures for status in (500, 503, 403)] == [1, 2, 3]
    assert desk.look(status=304).failures == 0


def test_the_state_follows_what_was_seen(desk: Desk) -> None:
    states = []
    for look in (
        {"status": 500},
        {"text": "Có 35 người bị thương."},
        {"status": 500},
        {"status": 404},
        {"status": 500},
        {"status": 410},
        {"status": 500},
        {"status": 304},
        {"status": 404},
        {"status": 304},
        {"text": "Đội tuyển thắng đậm.", "title": "Bóng đá", "identity": ELSEWHERE},
        {"text": "Có 35 người bị thương."},
    ):
        desk.look(**look)
        states.append(desk.state())
    seen = ["found", "live", "live", "missing", "missing", "gone", "gone", "live", "missing", "live", "moved", "live"]
    assert states == seen


def test_what_the_timetable_says_is_when_the_page_is_due(desk: Desk) -> None:
    for due, state in ((NOON + 50 * HOUR, "missing"), (None, "gone")):
        desk.due = due
        desk.look(status=404)
        assert desk.state() == state


def test_a_time_that_the_server_asked_for_is_told_once(desk: Desk) -> None:
    until = NOON + 9 * HOUR
    assert desk.look(status=503, retry_after=until).retry_after == until
    assert desk.look(status=503).retry_after is None


def test_an_outage_does_not_count_towards_being_gone(desk: Desk) -> None:
    desk.look("Mưa lớn.")
    for _ in range(9):
        desk.look(status=503)
    assert desk.look(status=404).failures == 1
    assert desk.look(status=404).failures == 2


def test_being_gone_does_not_count_towards_an_outage(desk: Desk) -> None:
    desk.look("Mưa lớn.")
    desk.look(status=404)
    assert desk.look(status=503).failures == 1
