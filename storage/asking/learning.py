"""What is asked of what a site has taught."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from storage import remembering, schema, selecting
from storage.asking.reader import Reader
from storage.records import Article
from storage.sitememory import Memory

_page = schema.page.c


class LearningQueries(Reader):
    """The memory of each site, and what it is learned from."""

    def memory(self, site: str) -> Memory:
        """What has been learned of a site; empty for one that the archive does not know."""
        with self._transaction() as connection:
            return remembering.current(connection, site)[0]

    def memories(self, site: str) -> list[tuple[datetime, Memory]]:
        """All that was ever learned of a site, the earliest first, with the time."""
        with self._transaction() as connection:
            return remembering.snapshots(connection, site)

    def to_learn(self, site: str) -> tuple[int, Mapping[int, Mapping[int, int]]] | None:
        """What a site's memory is to be learned from, and the newest reading in it; None where nothing is new."""
        with self._transaction() as connection:
            newest = remembering.newest_reading(connection, site, remembering.current(connection, site)[1])
            return None if newest is None else (newest, remembering.blocks_of_pages(connection, site))

    def restless_pages(self, site: str, limit: int) -> list[int]:
        """The pages of a site that were changed, the last changed first."""
        query = (
            select(_page.id)
            .where(_page.site_id == selecting.site_id(site), _page.last_change.is_not(None), _page.versions > 1)
            .order_by(_page.last_change.desc(), _page.id.desc())
            .limit(limit)
        )
        with self._transaction() as connection:
            return list(connection.scalars(query))

    def newest_articles(self, site: str) -> list[tuple[str, Article]]:
        """The newest texts that pages of a site have now, the newest first, with the URLs of the pages."""
        with self._transaction() as connection:
            return remembering.newest_articles(connection, site)

    def lost_fields(self, site: str) -> tuple[str, ...]:
        """The fields that a site's newest articles lack though those before had them."""
        with self._transaction() as connection:
            return remembering.lost_fields(connection, site)
