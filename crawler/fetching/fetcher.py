"""Fetches as a guest should: within robots.txt, one turn at a time, and waiting where the host asks for it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Self

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from crawler.fetching.client import Client, FetchError, Limits, Reach
from crawler.fetching.patience import Turns, asked_to_wait
from crawler.fetching.robots import RobotsFiles
from crawler.stopping import Stop
from crawler.urls import host_key
from storage.records import Outcome, Response

_TRIES = 3


class Fetcher:
    """All requests of one crawl go through it, so that a host has one pace whatever is asked of it."""

    def __init__(
        self, *, client: Client, turns: Turns, robots: RobotsFiles, stop: Stop, clock: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._turns = turns
        self._robots = robots
        self._stop = stop
        self._clock = clock

    @classmethod
    def of(cls, settings: BaseSettings, stop: Stop) -> Self:
        """The fetcher that a crawl's settings ask for; to be made in the event loop that it works in."""
        clock: Callable[[], datetime] = load_object(settings["LUUTIN_CLOCK"])
        longest = timedelta(seconds=settings.getfloat("LUUTIN_PATIENCE"))
        client = _client(settings, clock)
        turns = Turns(
            delay=settings.getfloat("LUUTIN_DELAY"),
            concurrent=settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
            longest=longest,
            clock=clock,
            stop=stop,
        )
        robots = RobotsFiles(client=client, turns=turns, user_agent=settings["USER_AGENT"])
        return cls(client=client, turns=turns, robots=robots, stop=stop, clock=clock)

    async def fetch(self, url: str, headers: Mapping[str, str]) -> tuple[Response, datetime | None]:
        """The response, and until when the host wants to be left alone where that is too long to wait for.

        Raises:
            FetchError: no response was had.
            DisallowedError: robots.txt does not allow the request.
            PausedError: the host has asked to be left alone.
            StoppedError: the crawl was asked to end.
        """
        try:
            host = host_key(url)
        except ValueError as error:
            raise FetchError(Outcome.ERROR, str(error)) from error
        return await self._stop.unless_over(self._fetch(host, url, headers))

    async def _fetch(self, host: str, url: str, headers: Mapping[str, str]) -> tuple[Response, datetime | None]:
        await self._robots.check(url)
        async with self._turns.place(host):
            return await self._persist(host, url, headers)

    async def _persist(self, host: str, url: str, headers: Mapping[str, str]) -> tuple[Response, datetime | None]:
        tries = 0
        while True:
            await self._turns.wait(host)
            response = await self._client.get(url, headers)
            until = asked_to_wait(response, self._clock())
            if until is None:
                return response, None
            tries += 1
            if tries == _TRIES or not self._turns.pause(host, until):
                self._turns.give_up(host, until)
                return response, until

    async def close(self) -> None:
        """Close every connection."""
        await self._robots.close()
        await self._client.close()


def _client(settings: BaseSettings, clock: Callable[[], datetime]) -> Client:
    limits = Limits(
        timeout=settings.getfloat("DOWNLOAD_TIMEOUT"),
        max_size=settings.getint("DOWNLOAD_MAXSIZE"),
        connections=settings.getint("CONCURRENT_REQUESTS"),
    )
    reach = Reach(allow_private=settings.getbool("LUUTIN_ALLOW_PRIVATE"), reroute=settings.getdict("LUUTIN_REROUTE"))
    return Client(limits=limits, reach=reach, clock=clock)
