"""Retry-After: a short wait is waited out, a long one ends the crawl of that host for now."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response as ScrapyResponse
from scrapy.utils.misc import load_object

META = "luutin_retry_after"  # where a request's meta holds the time until which the host wants to be left alone
_BUSY = {429, 503}
_TRIES = 3
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
    if text.isdigit():
        wait = timedelta(seconds=min(int(text[:9]), int(_LONGEST.total_seconds())))
        return now + wait
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return min(max(at, now), now + _LONGEST)


class PatienceMiddleware:
    """Holds back requests to hosts that answered 429 or 503 with a Retry-After."""

    def __init__(self, *, longest: timedelta, clock: Callable[[], datetime]) -> None:
        self._longest = longest
        self._clock = clock
        self._paused: dict[str, datetime] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        longest = timedelta(seconds=settings.getfloat("LUUTIN_PATIENCE"))
        return cls(longest=longest, clock=load_object(settings["LUUTIN_CLOCK"]))

    async def process_request(self, request: Request) -> None:
        """Wait until the host may be asked again; raise PausedError where that is too long."""
        host = urlsplit(request.url).netloc
        until = self._paused.get(host)
        if until is None:
            return
        wait = until - self._clock()
        if wait > self._longest:
            raise PausedError(host, until)
        await asyncio.sleep(max(wait.total_seconds(), 0))

    async def process_response(self, request: Request, response: ScrapyResponse) -> ScrapyResponse | Request:
        """Note a Retry-After; send the request again where the wait is short."""
        now = self._clock()
        header = (response.headers.get(b"Retry-After") or b"").decode("latin-1")
        until = retry_after(header, now) if response.status in _BUSY else None
        if until is None:
            return response
        self._paused[urlsplit(request.url).netloc] = until
        tries = request.meta.get("luutin_tries", 1)
        if until - now > self._longest or tries >= _TRIES:
            request.meta[META] = until
            return response
        return request.replace(meta={**request.meta, "luutin_tries": tries + 1}, dont_filter=True)
