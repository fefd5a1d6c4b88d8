"""When a host may be asked again: the delay between requests, and what its Retry-After says."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

from scrapy.exceptions import IgnoreRequest

from crawler.stopping import Stop
from storage.records import Response

_BUSY = {429, 503}
_LONGEST = timedelta(days=1)  # a Retry-After beyond that is taken for a mistake


class PausedError(IgnoreRequest):
    """A request that was not sent because its host asked to be left alone until `until`."""

    def __init__(self, host: str, until: datetime) -> None:
        super().__init__(f"{host} asks to be left alone until {until.isoformat(timespec='seconds')}")
        self.host = host
        self.until = until


def retry_after(value: str, now: datetime) -> datetime | None:
    """The time that a Retry-After header names, in UTC; None for none or nonsense (RFC 9110, 10.2.3)."""
    text = value.strip()
    if re.fullmatch(r"[0-9]+", text):
        digits = text.lstrip("0") or "0"
        return now + (timedelta(seconds=int(digits)) if len(digits) < 6 else _LONGEST)
    try:
        at = parsedate_to_datetime(text)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError, IndexError, TypeError):  # whatever a server may write there
        return None
    return min(max(at, now), now + _LONGEST)


def asked_to_wait(response: Response, now: datetime) -> datetime | None:
    """Until when a busy server asks to be left alone."""
    return retry_after(response.header("Retry-After"), now) if response.status in _BUSY else None


class Turns:
    """Whose turn it is, host by host: no two requests closer than the delay, and none while the host is paused.

    Time is measured by a clock that nobody sets; `until` is only passed on. Scrapy's own slots will not do: without a
    delay, Scrapy 2.19 on asyncio starts all that waits at once, whatever number is allowed.
    """

    def __init__(
        self, *, delay: float, concurrent: int, longest: timedelta, clock: Callable[[], datetime], stop: Stop
    ) -> None:
        self._delay = delay
        self._concurrent = concurrent
        self._places: dict[str, asyncio.Semaphore] = {}
        self._longest = longest.total_seconds()
        self._clock = clock
        self._stop = stop
        self._delays: dict[str, float] = {}
        self._ready: dict[str, float] = {}  # host -> monotonic seconds
        self._given_up: dict[str, datetime] = {}

    def slow_down(self, host: str, delay: float) -> None:
        """Keep at least this delay, in seconds, between requests to a host."""
        longer = delay - self._delays.get(host, self._delay)
        if longer > 0:
            self._delays[host] = delay
            self._ready[host] = self._ready.get(host, monotonic()) + longer

    def pause(self, host: str, until: datetime) -> bool:
        """Send nothing to a host before `until`; False where that is too long to wait for."""
        wait = (until - self._clock()).total_seconds()
        if wait > self._longest:
            return False
        self._ready[host] = max(self._ready.get(host, 0.0), monotonic() + wait)
        return True

    def give_up(self, host: str, until: datetime) -> None:
        """Send nothing more to a host in this crawl."""
        self._given_up[host] = until

    def place(self, host: str) -> asyncio.Semaphore:
        """One of the places for requests to a host under way; to be held from before `wait` to the answer."""
        return self._places.setdefault(host, asyncio.Semaphore(self._concurrent))

    async def wait(self, host: str) -> None:
        """Wait for the turn of one request, which is to be sent at once.

        Raises:
            PausedError: the host has been given up.
            StoppedError: the crawl was asked to end.
        """
        while True:
            self._stop.check()
            if host in self._given_up:
                raise PausedError(host, self._given_up[host])
            left = self._ready.get(host, 0.0) - monotonic()
            if left <= 0:
                break
            await self._sleep(left)
        self._ready[host] = monotonic() + self._delays.get(host, self._delay)

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.asked.wait(), seconds)
        except TimeoutError:
            return
