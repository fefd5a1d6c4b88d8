"""One site's timetable, as a crawl asks for it: the setting LUUTIN_TIMETABLE names this class."""

from datetime import datetime

from crawler.sites import Site
from schedules.policies import policy_of
from schedules.timetable import next_discovery, next_due
from storage.records import PageHistory


class SiteTimetable:
    """When the pages and the sources of a site are due again."""

    def __init__(self, site: Site) -> None:
        self._policy = policy_of(site)

    def page_due(self, history: PageHistory, now: datetime) -> datetime | None:
        """When a page is due again after a visit at `now`; None for never."""
        return next_due(history, self._policy.revisit, now)

    def discovery_due(self, now: datetime) -> datetime:
        """When the sources, asked at `now`, are to be asked again."""
        return next_discovery(self._policy.discovery, now, now, self._policy.timezone)
