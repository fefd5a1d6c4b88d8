"""Until when a version's text was still there, by today's reader: an older one may have overlooked an edit."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from storage.comparison.comparing import compare
from storage.errors import DamagedBodyError
from storage.records import Article, Reading
from storage.rows import Look


async def last_alike(
    looks: Sequence[Look], article: Article, read: Callable[[int], Awaitable[Reading]]
) -> datetime | None:
    """The last of a version's looks whose bytes still read as its text; None where all of them do.

    Looks for the first that reads otherwise by halves, as a text changes once: most often the last one tells all. What
    cannot be read shows no change.

    Args:
        looks: at the version, the earliest first.
        article: what the version reads as.
        read: gives what a capture reads as, by the reader that read the article.
    """

    async def is_alike(place: int) -> bool:
        capture_id = looks[place].capture_id
        assert capture_id is not None
        try:
            reading = await read(capture_id)
        except DamagedBodyError:
            return True
        if reading.article is None or reading.suspect:
            return True
        seen = looks[0].at, looks[place].at
        comparison = await asyncio.to_thread(compare, article, reading.article, seen=seen)
        return not comparison.changes

    first = looks[0].sha256 if looks else ""
    places = [place for place, look in enumerate(looks) if look.capture_id is not None and look.sha256 != first]
    if not places or await is_alike(places[-1]):
        return None
    alike, other = -1, len(places) - 1
    while other - alike > 1:
        middle = (alike + other) // 2
        if await is_alike(places[middle]):
            alike = middle
        else:
            other = middle
    return looks[places[other] - 1].at
