"""robots.txt, as RFC 9309 has it: rules are kept, and a server in trouble is left alone."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego
from scrapy.exceptions import IgnoreRequest

from crawler.fetching.client import Client, FetchError, get_following
from crawler.fetching.patience import Turns
from crawler.urls import host_key
from storage.records import Outcome, Response

TOKEN = "Luutin"  # noqa: S105 - the product token that robots.txt files name us by
_MAX_SIZE = 512 * 1024  # bytes; RFC 9309 asks for at least 500 KiB
_MAX_DELAY = 120.0  # seconds; a longer Crawl-delay would hold up a crawl for hours, and no site means that


class DisallowedError(IgnoreRequest):
    """A request that must not be sent; `outcome` and `note` say why."""

    def __init__(self, outcome: Outcome, note: str) -> None:
        super().__init__(note)
        self.outcome = outcome
        self.note = note


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What a host's robots.txt says; where `refusal` is set, nothing may be fetched, and `note` says why."""

    rules: Protego | None = None
    refusal: Outcome | None = None
    note: str = ""

    @property
    def delay(self) -> float:
        """The Crawl-delay asked of us, in seconds."""
        asked = self.rules.crawl_delay(TOKEN) if self.rules else None
        return min(asked, _MAX_DELAY) if asked else 0.0

    def check(self, url: str) -> None:
        """Raises DisallowedError for a URL that must not be fetched."""
        if self.refusal is not None:
            raise DisallowedError(self.refusal, self.note)
        if self.rules is not None and not self.rules.can_fetch(url, TOKEN):
            raise DisallowedError(Outcome.DISALLOWED, "robots.txt does not allow it")


def robots_from(response: Response) -> Robots:
    """What an answer to /robots.txt means (RFC 9309, 2.3.1): 4xx allows all, 5xx and what is not whole nothing."""
    if response.status >= 500 or response.status == 429:
        return _refusing(Outcome.DISALLOWED, f"robots.txt answers {response.status}: nothing is fetched")
    if response.status != 200:
        return Robots()
    if response.fault:
        return _refusing(Outcome.DISALLOWED, f"robots.txt cannot be read: {response.fault}")
    return Robots(rules=Protego.parse(response.body[:_MAX_SIZE].decode("utf-8-sig", "replace")))


def _refusing(outcome: Outcome, note: str) -> Robots:
    return Robots(refusal=outcome, note=note)


async def fetch_robots(client: Client, base: str, user_agent: str) -> Robots:
    """The robots.txt of the host at `base` (scheme and authority); one that cannot be had allows nothing."""
    try:
        response = await get_following(client, f"{base}/robots.txt", {"User-Agent": user_agent})
    except FetchError as error:
        return _refusing(error.outcome, f"robots.txt cannot be fetched: {error.note}")
    return robots_from(response)


class RobotsFiles:
    """The robots.txt of every host that a crawl meets, each asked for once; its Crawl-delay counts from then on."""

    def __init__(self, *, client: Client, turns: Turns, user_agent: str) -> None:
        self._client = client
        self._turns = turns
        self._user_agent = user_agent
        self._asked: dict[str, asyncio.Task[Robots]] = {}

    async def check(self, url: str) -> None:
        """Wait for the host's robots.txt, if need be; raises DisallowedError where it forbids the URL."""
        base = f"{urlsplit(url).scheme}://{host_key(url)}"
        if base not in self._asked:
            self._asked[base] = asyncio.ensure_future(self._ask(base))
        robots = await asyncio.shield(self._asked[base])
        robots.check(url)

    async def _ask(self, base: str) -> Robots:
        host = host_key(base)
        async with self._turns.place(host):
            await self._turns.wait(host)
            robots = await fetch_robots(self._client, base, self._user_agent)
        self._turns.slow_down(host, robots.delay)
        return robots

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)
