"""What a site file says about when, as the values that the timetable works on."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from crawler.sites import Site
from schedules.cron import cron_line
from schedules.timetable import Discovery, Revisit
from storage.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """When one site is crawled; its times of day, windows and cron line are in `timezone`."""

    revisit: Revisit
    discovery: Discovery
    timezone: ZoneInfo


def policy_of(site: Site) -> Policy:
    """The policy of a site; raises ConfigError for a cron line that never runs.

    Fixed times stand in for the interval that a site file need not give: both count only where both are written.
    """
    schedule, written = site.schedule, site.schedule.model_fields_set
    discover = schedule.discover if "discover" in written or not schedule.times else None
    try:
        cron = cron_line(discover, site.zone) if isinstance(discover, str) else None
    except ConfigError as error:
        raise ConfigError([f"{site.key}: schedule.discover: {fault}" for fault in error.faults]) from error
    return Policy(
        revisit=Revisit(ladder=() if schedule.revisit == "adaptive" else schedule.revisit),
        discovery=Discovery(
            every=discover if isinstance(discover, timedelta) else None,
            cron=cron,
            times=schedule.times,
            windows=schedule.windows,
        ),
        timezone=site.zone,
    )
