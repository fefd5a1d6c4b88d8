"""At the end of a crawl: learn what stands in many of a site's articles, and read those anew that it concerns."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crawler.configuring import SiteSettings
from crawler.readers import Readers
from crawler.rereading import Rereader
from crawler.sites import Site
from storage.archive import Archive
from storage.errors import DamagedBodyError
from storage.fillrates import lost_fields
from storage.queries import Queries
from storage.sitememory import Memory, learn
from storage.variants import REMEMBERED

MOST_RESTLESS = 100  # pages with several versions that are read anew when a site's memory changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A site's memory as its newest articles teach it: the old one is `known`, the newest reading in it `until`."""

    known: Memory
    memory: Memory
    until: int
    pages: Mapping[int, Mapping[int, int]]


def lesson(queries: Queries, key: str) -> Lesson | None:
    """What there is to learn of a site; None where nothing was stored since it was last learned."""
    found = queries.to_learn(key)
    if found is None:
        return None
    until, pages = found
    known = queries.memory(key)
    return Lesson(known=known, memory=learn(list(pages.values()), known), until=until, pages=pages)


async def settle(own: SiteSettings, readers: Readers, site: Site, now: datetime) -> list[str]:
    """Bring a site's memory up to date, and read anew the pages that this concerns; gives what a person should know.

    Other pages are read by the new memory when their bytes change, before they are compared. Those of several versions
    are not left to that, as a text that comes back has to be known again.
    """
    with own.open_archive() as archive, Queries(own.archive) as queries:
        return await learn_site(archive, queries, readers, site, now)


async def learn_site(archive: Archive, queries: Queries, readers: Readers, site: Site, now: datetime) -> list[str]:
    """The same, with an archive that is open."""
    new = await asyncio.to_thread(lesson, queries, site.key)
    if new is None:
        return []
    await take_in(archive, queries, readers, site, new, now)
    return await asyncio.to_thread(_alarms, archive, queries, site.key)


async def take_in(archive: Archive, queries: Queries, readers: Readers, site: Site, new: Lesson, now: datetime) -> None:
    """Make a lesson the site's memory, and read anew the pages that it concerns.

    Raises:
        DamagedBodyError: at the end, where some of them could not be read.
    """
    await asyncio.to_thread(archive.remember, site.key, new.memory, new.until, now)
    if new.memory == new.known:
        return
    rereader = Rereader(queries=queries, archive=archive, readers=readers, site=site, memory=new.memory)
    damaged: list[str] = []
    restless = await asyncio.to_thread(queries.restless_pages, site.key, MOST_RESTLESS)
    for page_id in dict.fromkeys((*pages_concerned(new.pages, new.known, new.memory), *restless)):
        page = await rereader.page(page_id, "", REMEMBERED)
        damaged += [one.text if one.visit is None else f"visit {one.visit}: {one.text}" for one in page.damaged]
    if damaged:
        raise DamagedBodyError("; ".join(damaged))


def _alarms(archive: Archive, queries: Queries, key: str) -> list[str]:
    """A sentence for each field that the site's newest articles lack all at once, when that is seen first."""
    newest = queries.newest_articles(key)
    known = queries.lost_fields(key)
    lost = lost_fields([article for _, article in newest], known)
    if lost == known:
        return []
    archive.note_lost(key, lost)
    pages = " ".join(url for url, _ in newest[:3])
    return [
        f"the newest articles have no {name} any more, which nearly all before had; see whether the site was rebuilt, "
        f"and mend it with a rule: luutin try --explain {pages}"
        for name in lost
        if name not in known
    ]


def pages_concerned(pages: Mapping[int, Mapping[int, int]], old: Memory, new: Memory) -> list[int]:
    """The pages that hold a block of which more or less is known now."""
    turned = {key for key, _ in set(old.blocks) ^ set(new.blocks)}
    return [page_id for page_id, blocks in pages.items() if not turned.isdisjoint(blocks)]
