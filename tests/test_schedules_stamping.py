"""Time stamps by a real authority over real HTTP: what is stored, what is refused, and when the daemon asks."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.fetching.timestamps import ask
from schedules.stamping import Stamper, is_due, stamp
from storage.errors import ArchiveError
from storage.stamps.keeping import Asked
from storage.stamps.statements import Stamp, heads_of, statement
from storage.stamps.terms import Authority as Named
from storage.stamps.terms import Failure, StampError
from tests.authority import Authority, Keys, make_keys, openssl
from tests.newsroom import EDITED, RAIN, Newsroom

DAY = timedelta(days=1)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    """A newsroom with visits on two days that are past, so with one daily entry."""
    made = Newsroom(any_archive)
    made.now = now() - 2 * DAY
    made.sees(RAIN)
    made.now += DAY
    made.sees(EDITED)
    yield made
    made.close()


def named(authority: Authority) -> Named:
    return Named(url=authority.url, certificates=authority.keys.roots.read_bytes())


def kept(room: Newsroom) -> list[tuple[str, bytes, bytes]]:
    rows = room.sql("SELECT url, said, token FROM stamp ORDER BY id")
    return [(url, said.encode(), bytes(token)) for url, said, token in rows]


def stamped(room: Newsroom, by: Named, clock: Callable[[], datetime] = now) -> datetime | None:
    """The time that the stamp states; None where the chains were stamped already."""
    stated = stamp(room.archive, room.queries, by, ask=ask, clock=clock).stated
    return None if stated is None else stated.time


def test_the_heads_of_all_chains_are_stamped_with_what_the_archive_itself_has(
    room: Newsroom, authority: Authority
) -> None:
    assert stamped(room, named(authority)) is not None
    ((url, said, token),) = kept(room)
    assert (url, said) == (authority.url, statement(room.queries.heads()))
    heads = heads_of(said)
    assert heads is not None
    assert {site: seq for site, (seq, _) in heads.items()} == {"": 1, "vidu": 5}
    assert token[:1] == b"\x30"


def test_what_is_kept_is_a_token_that_openssl_takes(room: Newsroom, authority: Authority, tmp_path: Path) -> None:
    stamped(room, named(authority))
    ((_, said, token),) = kept(room)
    (tmp_path / "said.json").write_bytes(said)
    (tmp_path / "token.tst").write_bytes(token)
    files = ("-data", "said.json", "-in", "token.tst", "-token_in", "-CAfile", authority.keys.roots)
    openssl("ts", "-verify", *files, cwd=tmp_path)


def test_nothing_is_asked_for_what_is_stamped_already_and_new_visits_are_stamped_anew(
    room: Newsroom, authority: Authority
) -> None:
    stamped(room, named(authority))
    assert stamped(room, named(authority)) is None
    assert len(authority.queries) == len(kept(room)) == 1
    room.sees(RAIN)
    assert stamped(room, named(authority)) is not None
    assert len(kept(room)) == 2


def test_a_second_authority_stamps_what_the_first_one_has(room: Newsroom, authority: Authority, tmp_path: Path) -> None:
    stamped(room, named(authority))
    with Authority(make_keys(tmp_path / "second")) as second:
        assert stamped(room, named(second)) is not None
    assert len(kept(room)) == 2


def test_an_archive_without_a_visit_has_nothing_to_stamp(any_archive: str, authority: Authority) -> None:
    room = Newsroom(any_archive)
    with pytest.raises(ArchiveError, match="nothing to stamp yet"):
        stamped(room, named(authority))
    room.close()
    assert authority.queries == []


def of_something_else(keys: Keys) -> bytes:
    (keys.folder / "else.txt").write_text("Kính gửi toà soạn")
    openssl("ts", "-query", "-data", "else.txt", "-sha256", "-cert", "-out", "else.tsq", cwd=keys.folder)
    return keys.answer((keys.folder / "else.tsq").read_bytes())


def refusal(keys: Keys) -> bytes:
    """The answer to a query that the authority does not take."""
    (keys.folder / "else.txt").write_text("Kính gửi toà soạn")
    openssl("ts", "-query", "-data", "else.txt", "-sha512", "-cert", "-out", "else.tsq", cwd=keys.folder)
    return keys.answer((keys.folder / "else.tsq").read_bytes())


def altered(data: bytes) -> bytes:
    """An answer with one bit of its signature flipped."""
    return data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]


def refuses(room: Newsroom, by: Named, failure: Failure, words: str) -> None:
    """No stamp is had, and nothing is stored."""
    with pytest.raises(StampError, match=words) as caught:
        stamped(room, by)
    assert caught.value.failure is failure
    assert kept(room) == []
    assert room.sql("SELECT * FROM authority") == []


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Newsroom]:
    made = Newsroom(f"sqlite:///{tmp_path / 'a.db'}")
    made.now = now() - DAY
    made.sees(RAIN)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("answer", "failure", "words"),
    [
        (lambda keys, _query: of_something_else(keys), Failure.UNSOUND, "stamps something else"),
        (lambda keys, query: altered(keys.answer(query)), Failure.UNSOUND, "root certificates"),
        (lambda keys, query: keys.answer(query)[:-5], Failure.UNSOUND, "is no time stamp"),
        (lambda keys, _query: refusal(keys), Failure.REFUSED, "refuses: Message digest algorithm is not supported"),
        (lambda _keys, _query: b"", Failure.UNSOUND, "is no time stamp"),
        (lambda _keys, _query: b"<html>Xin chao</html>", Failure.UNSOUND, "is no time stamp"),
        (lambda _keys, _query: b"\x30" * 300_000, Failure.UNSOUND, "longer than 256 kB"),
    ],
    ids=["of something else", "altered", "cut short", "refused", "empty", "a page", "endless"],
)
def test_an_answer_that_is_no_sound_stamp_is_refused_and_nothing_is_stored(
    desk: Newsroom,
    authority: Authority,
    answer: Callable[[Keys, bytes], bytes],
    failure: Failure,
    words: str,
) -> None:
    authority.answer = lambda query: answer(authority.keys, query)
    refuses(desk, named(authority), failure, words)


def test_an_answer_to_an_earlier_request_is_refused(desk: Newsroom, authority: Authority) -> None:
    answers: list[bytes] = []

    def once(query: bytes) -> bytes:
        answers.append(authority.keys.answer(query))
        return answers[0]

    authority.answer = once
    stamped(desk, named(authority))
    desk.write("DELETE FROM stamp")
    desk.write("DELETE FROM authority")
    refuses(desk, named(authority), Failure.UNSOUND, "nonce is not the one that was sent")
    assert answers[0] != answers[1]


def test_a_stamp_under_other_root_certificates_is_refused(desk: Newsroom, authority: Authority, tmp_path: Path) -> None:
    other = make_keys(tmp_path / "other")
    by = Named(url=authority.url, certificates=other.roots.read_bytes())
    refuses(desk, by, Failure.UNSOUND, "not signed by an authority that the root certificates vouch for")


def test_a_stamp_whose_time_cannot_be_is_refused(desk: Newsroom, authority: Authority) -> None:
    with pytest.raises(StampError, match="by this machine's clock"):
        stamped(desk, named(authority), lambda: now() + timedelta(hours=2))
    assert kept(desk) == []


@pytest.mark.parametrize("status", [500, 404, 307])
def test_a_status_that_is_no_answer_is_refused(desk: Newsroom, authority: Authority, status: int) -> None:
    authority.status = status
    refuses(desk, named(authority), Failure.REFUSED, f"answers with status {status}")
    assert len(authority.queries) == 1  # a redirect is not followed


def test_an_answer_of_another_kind_is_refused(desk: Newsroom, authority: Authority) -> None:
    authority.content_type = "text/html"
    refuses(desk, named(authority), Failure.UNSOUND, "answers with text/html, not with a time stamp")


def test_an_authority_that_does_not_listen_or_has_no_name_is_told_as_that(desk: Newsroom) -> None:
    refuses(desk, Named(url="http://127.0.0.1:1/tsa"), Failure.UNREACHABLE, "no connection: Connection refused")
    refuses(desk, Named(url="http://tsa.invalid/"), Failure.UNREACHABLE, "does not resolve")


def test_an_authority_that_takes_too_long_is_given_up(authority: Authority) -> None:
    authority.delay.clear()
    try:
        with pytest.raises(StampError, match=r"no answer within 0\.2 s") as caught:
            ask(authority.url, b"", timeout=0.2)
    finally:
        authority.delay.set()
    assert caught.value.failure is Failure.UNREACHABLE


NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


def newest(day: int) -> Stamp:
    said = statement({"": (day, b"x"), "vidu": (9, b"y")})
    return Stamp(id=1, at=NOON, url="", said=said, token=b"")


def failed(failures: int) -> Asked:
    return Asked(at=NOON, outcome="refused", note="", failures=failures)


@pytest.mark.parametrize(
    ("day", "stamp_of", "asked", "later", "due"),
    [
        (0, None, None, timedelta(0), False),
        (1, None, None, timedelta(0), True),
        (1, newest(1), None, timedelta(0), False),
        (2, newest(1), None, timedelta(0), True),
        (2, newest(1), failed(0), timedelta(0), True),
        (1, None, failed(1), timedelta(minutes=4), False),
        (1, None, failed(1), timedelta(minutes=5), True),
        (1, None, failed(2), timedelta(minutes=9), False),
        (1, None, failed(2), timedelta(minutes=10), True),
        (1, None, failed(99), timedelta(hours=5), False),
        (1, None, failed(99), timedelta(hours=6), True),
    ],
)
def test_a_daily_entry_that_is_not_stamped_is_due_and_after_failures_more_and_more_rarely(
    day: int, stamp_of: Stamp | None, asked: Asked | None, later: timedelta, due: bool
) -> None:
    assert is_due(day, stamp_of, asked, NOON + later) is due


def test_the_daemon_has_each_daily_entry_stamped_once(
    room: Newsroom, authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="schedules.stamping")
    stamper = Stamper(room.archive, room.queries, named(authority), ask)
    for _ in range(3):
        stamper.look(now())
    assert len(authority.queries) == len(kept(room)) == 1
    assert "stamped the heads of 2 chains" in caplog.text


def test_an_authority_that_fails_is_a_stored_outcome_and_is_asked_again_later(
    room: Newsroom, authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    authority.status = 500
    stamper = Stamper(room.archive, room.queries, named(authority), ask)
    stamper.look(now())
    stamper.look(now() + timedelta(minutes=4))
    assert len(authority.queries) == 1
    first = room.queries.asked_to_stamp(authority.url)
    assert first is not None
    assert (first.outcome, first.failures) == ("refused", 1)
    assert "status 500" in first.note
    assert "next try in 0:05:00" in caplog.text
    stamper.look(now() + timedelta(minutes=6))
    second = room.queries.asked_to_stamp(authority.url)
    assert second is not None
    assert second.failures == 2
    authority.status = 200
    stamper.look(now() + timedelta(minutes=20))
    last = room.queries.asked_to_stamp(authority.url)
    assert last is not None
    assert (last.outcome, last.failures) == ("stamped", 0)
    assert len(kept(room)) == 1


def test_trouble_with_the_archive_is_told_once_by_the_stamper(
    desk: Newsroom, authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    desk.write("ALTER TABLE stamp RENAME TO gone")
    stamper = Stamper(desk.archive, desk.queries, named(authority), ask)
    for _ in range(3):
        stamper.look(now())
    desk.write("ALTER TABLE gone RENAME TO stamp")
    (said,) = [record.getMessage() for record in caplog.records if record.name == "schedules.stamping"]
    assert said.startswith("cannot have the chains stamped")
