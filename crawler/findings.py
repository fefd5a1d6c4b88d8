"""What a look at a page amounts to: has the answer read where the cheap ones (304, the same bytes) do not settle it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from crawler.fetching.fetched import Fetched
from crawler.readers import Readers
from crawler.rereading import read_capture
from crawler.sites import Site, rules_at
from crawler.stillthere import last_alike
from crawler.urls import normal_url, page_url
from storage.comparison.comparing import compare
from storage.deciding import needs_reading
from storage.errors import DamagedBodyError
from storage.neighbours import Sighting
from storage.queries import Queries
from storage.records import Article, Reading, Response
from storage.sitememory import Memory
from storage.visits import Due, Finding


class Finder:
    """Makes findings of looks at one site's pages, all by one snapshot of its memory."""

    def __init__(
        self, *, readers: Readers, site: Site, queries: Queries, memory: Memory, on_damage: Callable[[str], None]
    ) -> None:
        self._readers = readers
        self._site = site
        self._queries = queries
        self._memory = memory
        self._on_damage = on_damage

    async def finding(self, item: Fetched) -> Finding:
        """The finding that a look at a page amounts to."""
        return await self._found(item, None)

    async def late_finding(self, item: Fetched) -> Finding:
        """The same, for a look that was made before others which are stored already: it belongs between them."""
        around = await asyncio.to_thread(self._queries.around, item.due.page_id, item.at)
        shown = around.shown
        due = replace(
            item.due,
            body_sha256=around.body_sha256,
            version=None,
            reader=shown.reader if shown else "",
            capture_id=shown.capture_id if shown else None,
        )
        return await self._found(replace(item, due=due), around.next)

    async def _found(self, item: Fetched, following: Sighting | None) -> Finding:
        reading = earlier = later = until = None
        if item.response is not None and needs_reading(item.due.body_sha256, item.response):
            reading = await self.read(item.response)
            earlier = await self._earlier(item.due, reading)
            until = await self._until(item.due, earlier, reading)
            if following is not None and reading.article is not None and following.reader != reading.reader:
                later = await self.read_capture(following.capture_id)
        return Finding(
            page_id=item.due.page_id,
            url=item.url,
            at=item.at,
            response=item.response,
            reading=reading,
            earlier=earlier,
            later=later,
            until=until,
            identity=_identity(item, reading),
            failure=item.failure,
            note=item.note,
            retry_after=item.retry_after,
            weights=self._site.significance.weights(),
        )

    async def read(self, response: Response) -> Reading:
        """What an answer reads as, by the rules that the site file has for its day."""
        rules = rules_at(self._site, response.at.astimezone(self._site.zone).date())
        content_type = response.header("Content-Type")
        return await self._readers.read(response.body, response.url, content_type, rules, self._memory)

    async def _earlier(self, due: Due, reading: Reading) -> Reading | None:
        """The current version's capture, read anew where another reader version read it, or its text is damaged.

        There is none where the capture is damaged too: the visit is kept all the same.
        """
        if due.capture_id is None or reading.article is None:
            return None
        try:
            if due.reader == reading.reader and await asyncio.to_thread(self._is_sound, due):
                return None
            return await self.read_capture(due.capture_id)
        except DamagedBodyError as error:
            self._on_damage(f"{due.url}, the capture of its current text: {error}; the visit is kept all the same")
            return None

    async def _until(self, due: Due, earlier: Reading | None, reading: Reading) -> datetime | None:
        """The last look at the current version's text, where another reader may have overlooked that it changed."""
        if earlier is None or earlier.article is None or reading.article is None or due.version is None:
            return None
        if due.reader == reading.reader or not await asyncio.to_thread(_differ, earlier.article, reading.article):
            return None
        looks = await asyncio.to_thread(self._queries.looks, due.page_id, due.version)
        return await last_alike(looks, earlier.article, self.read_capture)

    def _is_sound(self, due: Due) -> bool:
        """Whether the text of the current version can be had."""
        if due.version is None:
            return True
        try:
            self._queries.article(due.page_id, due.version)
        except DamagedBodyError as error:
            self._on_damage(f"{due.url}, version {due.version}: {error}; its capture is read anew instead")
            return False
        return True

    async def read_capture(self, capture_id: int) -> Reading:
        """What a capture in the archive reads as today."""
        old = await asyncio.to_thread(self._queries.capture, capture_id)
        return await read_capture(self._readers, self._site, self._memory, old)


def _differ(one: Article, other: Article) -> bool:
    return bool(compare(one, other).changes)


def _identity(item: Fetched, reading: Reading | None) -> str:
    """The URL that the page is known by after this visit."""
    if item.response is None:
        return ""
    article = reading.article if reading else None
    canonical = article.canonical_url if article else ""
    return page_url(normal_url(item.url), item.response.url, canonical)
