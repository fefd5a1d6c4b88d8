"""At the end of a crawl: learn what stands in many of a site's articles, and read those anew that it concerns."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from crawler.configuring import SiteSettings
from crawler.readers import Readers
from crawler.rereading import reread_page
from crawler.sites import Site
from storage.archive import Archive
from storage.queries import Queries
from storage.sitememory import Memory, learn


async def settle(own: SiteSettings, readers: Readers, site: Site, now: datetime) -> int:
    """Bring a site's memory up to date; gives how many pages were read anew by it.

    Where nothing was stored since the memory was learned, nothing is done. All other pages are read by the new memory
    when their bytes change, before they are compared.
    """
    with own.open_archive() as archive, Queries(own.archive) as queries:
        return await _settle(archive, queries, readers, site, now)


async def _settle(archive: Archive, queries: Queries, readers: Readers, site: Site, now: datetime) -> int:
    known = await asyncio.to_thread(queries.memory, site.key)
    lesson = await asyncio.to_thread(queries.to_learn, site.key)
    if lesson is None:
        return 0
    until, pages = lesson
    memory = learn(list(pages.values()), known)
    await asyncio.to_thread(archive.remember, site.key, memory, until, now)
    concerned = pages_concerned(pages, known, memory)
    for page_id in concerned:
        found = await reread_page(queries, readers, site, memory, page_id)
        await asyncio.to_thread(archive.reread, page_id, {one.version_id: one.reading for one in found})
    return len(concerned)


def pages_concerned(pages: Mapping[int, Mapping[int, int]], old: Memory, new: Memory) -> list[int]:
    """The pages that hold a block of which more or less is known now."""
    turned = {key for key, _ in set(old.blocks) ^ set(new.blocks)}
    return [page_id for page_id, blocks in pages.items() if not turned.isdisjoint(blocks)]
