"""The timetable of one site, as a crawl asks for it after every visit."""

from datetime import datetime

from crawler.sites import Site
from schedules.policies import policy_of
from schedules.timetable import next_discovery, next_due
from storage.visits import PageHistory


class SiteTimetable:
    """When a site's pages and sources are due again; raises ConfigError for a cron line that never runs."""

    def __init__(self, site: Site) -> None:
        self._policy = policy_of(site)

    def page_due(self, history: PageHistory, now: datetime) -> datetime | None:
        """When a page is due again after a visit at `now`; None for never."""
        return next_due(history, self._policy.revisit, now)

    def discovery_due(self, now: datetime) -> datetime:
        """When the sources, asked at `now`, are to be asked again."""
        return next_discovery(self._policy.discovery, now, now, self._policy.timezone)
