"""Which sites are crawled now, and how long one rests after a crawl that came to nothing: pure decisions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from schedules.children import Ended

SHORTEST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=1)


class Ending(StrEnum):
    """How a crawl ended."""

    DONE = "done"
    FAULTS = "done with faults"
    CONFIGURATION = "refused: the configuration is wrong"
    STOPPED = "stopped"
    OVERRAN = "took too long and was ended"
    DIED = "died"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Until when a site is left alone, and after how many crawls in a row that came to nothing."""

    until: datetime
    failures: int = 0


def ending_of(ended: Ended) -> Ending:
    if ended.overran:
        return Ending.OVERRAN
    if ended.told:
        return Ending.STOPPED
    by_status = {0: Ending.DONE, 1: Ending.FAULTS, 2: Ending.CONFIGURATION}
    return by_status.get(ended.status, Ending.DIED) if ended.status is not None else Ending.DIED


def to_start(
    due: Sequence[str], running: Collection[str], rests: Mapping[str, Rest], at_once: int, now: datetime
) -> list[str]:
    """The sites to start of those that are due, in their order: not crawled already, not resting, as many as fit."""
    ready = [site for site in due if site not in running and (site not in rests or rests[site].until <= now)]
    return ready[: max(at_once - len(running), 0)]


def rest_after(ended: Ended, before: Rest | None, now: datetime) -> Rest | None:
    """How long the site rests, or None: not at all.

    A crawl that failed as a whole doubles the rest from a minute to an hour, since it may have moved nothing forward
    and the site is still due. One that was well but saw no page rests a minute, once: another process may hold it.
    """
    ending = ending_of(ended)
    if ending is Ending.STOPPED or (ending in {Ending.DONE, Ending.FAULTS} and ended.printed):
        return None
    if ending is Ending.DONE:
        return Rest(until=now + SHORTEST_REST)
    return rest_of((before.failures if before else 0) + 1, now)


def rest_of(failures: int, now: datetime) -> Rest:
    """The rest after so many crawls in a row that came to nothing."""
    return Rest(until=now + min(SHORTEST_REST * (1 << min(failures - 1, 10)), LONGEST_REST), failures=failures)
