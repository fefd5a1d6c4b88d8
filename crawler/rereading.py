"""Reads what the archive holds of a page anew, from its bytes, by today's reader."""

import asyncio
from dataclasses import dataclass

from crawler.readers import Readers
from crawler.sites import Site, rules_at
from storage.queries import Queries
from storage.records import Reading
from storage.rows import RawCapture
from storage.sitememory import Memory


async def read_capture(readers: Readers, site: Site, memory: Memory, raw: RawCapture) -> Reading:
    """What a capture reads as, by the rules that the site file has for its day."""
    rules = rules_at(site, raw.at.astimezone(site.zone).date())
    return await readers.read(raw.body, raw.url, raw.content_type, rules, memory)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """One version read anew; `before` is the name of the reader that read it last."""

    version_id: int
    number: int
    before: str
    reading: Reading


async def reread_page(queries: Queries, readers: Readers, site: Site, memory: Memory, page_id: int) -> list[Reread]:
    """Every version of a page, the first one first."""
    found = []
    for version in await asyncio.to_thread(queries.readable, page_id):
        raw = await asyncio.to_thread(queries.capture, version.capture_id)
        reading = await read_capture(readers, site, memory, raw)
        found.append(Reread(version_id=version.id, number=version.number, before=version.reader, reading=reading))
    return found
