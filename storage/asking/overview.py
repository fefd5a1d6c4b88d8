"""What is asked of the archive as a whole: its sites, what is due, how much there is."""

from datetime import datetime

from sqlalchemy import case, null, or_, select

from storage import schema, selecting, sizes
from storage.asking.reader import Reader
from storage.frontier import PAUSED
from storage.rows import (
    DueSite,
    SiteRow,
)
from storage.stamps import keeping
from storage.stamps.keeping import Asked
from storage.stamps.statements import Stamp
from storage.watched import AHEAD

_page = schema.page.c


class OverviewQueries(Reader):
    """Sites, sums, heads of chains and their stamps."""

    def site_keys(self) -> list[str]:
        """The sites that the archive knows."""
        with self._transaction() as connection:
            return list(connection.scalars(select(schema.site.c.key).order_by(schema.site.c.key)))

    def sites(self, now: datetime) -> list[SiteRow]:
        """The sites, with what is due, overdue and failing in each."""
        with self._transaction() as connection:
            rows = [dict(row._mapping) for row in connection.execute(selecting.sites(now))]  # noqa: SLF001 - public name
        return [SiteRow(**{**row, "lost_fields": tuple(row["lost_fields"])}) for row in rows]

    def due_sites(self, now: datetime) -> list[DueSite]:
        """The sites that have pages due or whose sources are to be asked again, the longest overdue first.

        Pages of hosts that asked to be left alone are not due before that time.
        """
        site, host = schema.site.c, schema.host_lease.c
        paused = select(host.host).where(host.owner == PAUSED, host.until >= now)
        pages_due = (
            select(_page.next_due)
            .where(_page.site_id == site.id, _page.next_due.is_not(None), _page.host.not_in(paused))
            .order_by(_page.next_due)
            .limit(1)
            .scalar_subquery()
        )
        ahead = site.last_crawl > now + AHEAD  # what such a clock planned says nothing
        planned = case((ahead, null()), else_=site.next_discovery).label("next_discovery")
        query = select(site.key, planned, pages_due.label("pages_due")).where(
            or_(ahead, site.next_discovery.is_(None), site.next_discovery <= now, pages_due <= now)
        )
        with self._transaction() as connection:
            due = [
                DueSite(site=row.key, next_discovery=row.next_discovery, pages_due=row.pages_due)
                for row in connection.execute(query)
            ]
        return sorted(due, key=lambda entry: (entry.since or datetime.min.replace(tzinfo=now.tzinfo), entry.site))

    def heads(self) -> dict[str, tuple[int, bytes]]:
        """Number and digest of the newest entry of each chain, by the site's key; the archive's own under no name."""
        with self._transaction() as connection:
            return keeping.heads(connection)

    def newest_stamp(self, url: str) -> Stamp | None:
        """The last time stamp by the authority at this address."""
        with self._transaction() as connection:
            return keeping.newest(connection, url)

    def asked_to_stamp(self, url: str) -> Asked | None:
        """What came of asking that authority last."""
        with self._transaction() as connection:
            return keeping.asked(connection, url)

    def counts(self) -> dict[str, int]:
        """How many rows each table holds, and the bytes of the database file or of all its tables."""
        with self._transaction() as connection:
            return sizes.counts(connection, self._file)

    def rows_of(self, site: str | None) -> int:
        """How many pages, versions and edits there are of a site, or of all."""
        with self._transaction() as connection:
            tables = (schema.page, schema.version, schema.edit)
            return sum(int(connection.scalar(selecting.sized(table, site)) or 0) for table in tables)
