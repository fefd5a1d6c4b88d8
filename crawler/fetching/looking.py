"""Fetches single pages outside of a crawl, for a first look at a site: slowly, and within its robots.txt."""

import asyncio
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from crawler.clock import utc_now
from crawler.fetching.client import Client, FetchError, Limits, Reach, get_following
from crawler.fetching.robots import DisallowedError, Robots, fetch_robots
from storage.records import Response


class Looker:
    """A client that asks each host's robots.txt first; use it as an async context manager.

    `delay` are the seconds between two requests, to whatever host.
    """

    def __init__(self, *, user_agent: str, allow_private: bool, delay: float, limits: Limits | None = None) -> None:
        self._agent = user_agent
        self._delay = delay
        self._client = Client(limits=limits or Limits(), reach=Reach(allow_private=allow_private), clock=utc_now)
        self._robots: dict[str, Robots] = {}
        self._first = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def look(self, url: str) -> Response:
        """The response to a GET, redirects followed.

        Raises:
            FetchError: no response was had, or robots.txt does not allow the request.
        """
        base = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if base not in self._robots:
            self._robots[base] = await fetch_robots(self._client, base, self._agent)
        if urlsplit(url).path != "/robots.txt":
            try:
                self._robots[base].check(url)
            except DisallowedError as error:
                raise FetchError(error.outcome, error.note) from error
        if not self._first:
            await asyncio.sleep(self._delay)
        self._first = False
        headers = {"User-Agent": self._agent, "Accept-Encoding": "identity"}
        return await get_following(self._client, url, headers)
