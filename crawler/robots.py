"""robots.txt, as RFC 9309 has it: rules are kept, and a server in trouble is left alone."""

import asyncio
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from crawler.client import Client, FetchError, get_following
from crawler.handler import client_of
from storage.records import Outcome

TOKEN = "Luutin"  # noqa: S105 - the product token that robots.txt files name us by
_MAX_SIZE = 512 * 1024  # bytes; RFC 9309 asks for at least 500 KiB
_MAX_DELAY = 120.0  # seconds; a Crawl-delay beyond that is taken for a mistake


class DisallowedError(IgnoreRequest):
    """A request that must not be sent; `outcome` and `note` say why."""

    def __init__(self, outcome: Outcome, note: str) -> None:
        super().__init__(note)
        self.outcome = outcome
        self.note = note


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What a host's robots.txt says; `refusal` is set when nothing may be fetched at all."""

    rules: Protego | None = None
    refusal: DisallowedError | None = None

    @property
    def delay(self) -> float:
        """The Crawl-delay asked of us, in seconds."""
        asked = self.rules.crawl_delay(TOKEN) if self.rules else None
        return asked if asked and asked <= _MAX_DELAY else 0.0

    def check(self, url: str) -> None:
        """Raises DisallowedError for a URL that must not be fetched."""
        if self.refusal is not None:
            raise self.refusal
        if self.rules is not None and not self.rules.can_fetch(url, TOKEN):
            raise DisallowedError(Outcome.DISALLOWED, "robots.txt does not allow it")


def robots_from(status: int, body: bytes) -> Robots:
    """What an answer to /robots.txt means (RFC 9309, 2.3.1): 4xx allows all, 5xx nothing."""
    if status >= 500 or status == 429:
        return Robots(refusal=DisallowedError(Outcome.DISALLOWED, f"robots.txt answers {status}: nothing is fetched"))
    if status != 200:
        return Robots()
    return Robots(rules=Protego.parse(body[:_MAX_SIZE].decode("utf-8", "replace")))


async def fetch_robots(client: Client, base: str, user_agent: str) -> Robots:
    """The robots.txt of the host at `base` (scheme and authority); one that cannot be had allows nothing."""
    try:
        response = await get_following(client, f"{base}/robots.txt", {"User-Agent": user_agent})
    except FetchError as error:
        return Robots(refusal=DisallowedError(error.outcome, f"robots.txt cannot be fetched: {error.note}"))
    return robots_from(response.status, response.body)


class RobotsMiddleware:
    """Lets no request pass that a host's robots.txt forbids, and keeps the larger of its and our delay."""

    def __init__(self, *, crawler: Crawler, client: Client, user_agent: str) -> None:
        self._crawler = crawler
        self._client = client
        self._user_agent = user_agent
        self._hosts: dict[str, asyncio.Task[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler=crawler, client=client_of(crawler), user_agent=crawler.settings["USER_AGENT"])
        crawler.signals.connect(middleware.close, signal=signals.spider_closed)
        return middleware

    async def close(self) -> None:
        """Close the client."""
        await self._client.close()

    async def process_request(self, request: Request) -> None:
        """Wait for the host's robots.txt, then let the request pass or raise DisallowedError."""
        parts = urlsplit(request.url)
        base = f"{parts.scheme}://{parts.netloc}"
        if base not in self._hosts:
            self._hosts[base] = asyncio.ensure_future(fetch_robots(self._client, base, self._user_agent))
        robots = await self._hosts[base]
        robots.check(request.url)
        self._slow_down(parts.netloc, robots.delay)
        request.meta["download_slot"] = parts.netloc

    def _slow_down(self, host: str, delay: float) -> None:
        """Give the host's slot the delay that robots.txt asks for, before Scrapy makes the slot."""
        downloader = self._crawler.engine.downloader if self._crawler.engine else None
        own = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        if downloader is not None and delay > own:
            downloader.per_slot_settings.setdefault(host, {"delay": delay, "concurrency": 1})
