import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetching.patience import PausedError, Turns, asked_to_wait, retry_after
from crawler.stopping import Stop, StoppedError
from storage.records import Response

NOW = datetime(2025, 10, 7, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("000000000120", 120),
        ("Tue, 07 Oct 2025 09:10:00 GMT", 600),
        ("Tue, 07 Oct 2025 16:10:00 +0700", 600),
        ("Tue, 07 Oct 2025 08:00:00 GMT", 0),
        ("999999999999", 86_400),
        ("9" * 5000, 86_400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ],
)
def test_a_wait_is_read_from_seconds_or_a_date(value: str, seconds: int) -> None:
    assert retry_after(value, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "value", ["", "soon", "-5", "1.5", "\xb2", "Tue, 99 Foo 2025", "Fri, 31 Dec 9999 23:59:59 -2359"]
)
def test_nonsense_asks_for_nothing(value: str) -> None:
    assert retry_after(value, NOW) is None


@given(st.text(max_size=80) | st.from_regex(r"\w{3}, \d+ (Jan|Oct) \d+ \d+:\d+:\d+ [+-]?\d*", fullmatch=True))
def test_no_header_is_a_surprise(value: str) -> None:
    until = retry_after(value, NOW)
    assert until is None or NOW <= until <= NOW + timedelta(days=1)


def _response(status: int, wait: str) -> Response:
    return Response(
        requested_url="http://a.example/",
        url="http://a.example/",
        at=NOW,
        request_head=b"",
        status=status,
        head=b"",
        headers=(("retry-after", wait),),
        body=b"",
    )


def test_only_a_busy_server_is_waited_for() -> None:
    assert asked_to_wait(_response(429, "7"), NOW) == NOW + timedelta(seconds=7)
    assert asked_to_wait(_response(503, "7"), NOW) == NOW + timedelta(seconds=7)
    assert asked_to_wait(_response(200, "7"), NOW) is None
    assert asked_to_wait(_response(301, "7"), NOW) is None


def _turns(stop: Stop, delay: float = 0.0, longest: float = 60.0) -> Turns:
    return Turns(delay=delay, concurrent=1, longest=timedelta(seconds=longest), clock=lambda: NOW, stop=stop)


def test_requests_to_one_host_keep_the_delay() -> None:
    async def crowd() -> list[float]:
        turns = _turns(Stop(), delay=0.1)
        sent: list[float] = []

        async def one() -> None:
            await turns.wait("a.example")
            sent.append(monotonic())

        await asyncio.gather(*(one() for _ in range(4)))
        return sent

    gaps = [later - earlier for earlier, later in pairwise(asyncio.run(crowd()))]
    assert min(gaps) >= 0.099


def test_another_host_does_not_wait() -> None:
    async def two() -> None:
        turns = _turns(Stop(), delay=3600)
        await turns.wait("a.example")
        await asyncio.wait_for(turns.wait("b.example"), 60)

    asyncio.run(two())


def test_the_larger_delay_counts_from_the_last_request_on() -> None:
    async def two() -> float:
        turns = _turns(Stop(), delay=0.01)
        await turns.wait("a.example")
        started = monotonic()
        turns.slow_down("a.example", 0.2)
        turns.slow_down("a.example", 0.05)
        await turns.wait("a.example")
        return monotonic() - started

    assert asyncio.run(two()) >= 0.19


def test_a_pause_holds_back_those_who_wait_already() -> None:
    async def paused() -> float:
        turns = _turns(Stop(), delay=0.05)
        await turns.wait("a.example")
        waiting = asyncio.ensure_future(turns.wait("a.example"))
        await asyncio.sleep(0)
        started = monotonic()
        assert turns.pause("a.example", NOW + timedelta(seconds=0.3))
        await waiting
        return monotonic() - started

    assert asyncio.run(paused()) >= 0.29


def test_a_host_that_is_given_up_is_not_asked_even_by_those_who_wait_already() -> None:
    async def given_up() -> None:
        turns = _turns(Stop(), delay=0.05)
        await turns.wait("a.example")
        waiting = asyncio.ensure_future(turns.wait("a.example"))
        await asyncio.sleep(0)
        until = NOW + timedelta(hours=1)
        assert not turns.pause("a.example", until)
        turns.give_up("a.example", until)
        with pytest.raises(PausedError, match=r"a\.example asks to be left alone until 2025-10-07T10:00:00\+00:00"):
            await waiting
        await turns.wait("b.example")

    asyncio.run(given_up())


def test_a_stop_ends_every_wait_at_once() -> None:
    async def stopped() -> float:
        stop = Stop()
        turns = _turns(stop, delay=30)
        await turns.wait("a.example")
        waiting = asyncio.ensure_future(turns.wait("a.example"))
        await asyncio.sleep(0)
        started = monotonic()
        stop.ask()
        with pytest.raises(StoppedError):
            await waiting
        return monotonic() - started

    assert asyncio.run(stopped()) < 5
