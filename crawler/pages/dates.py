"""When the article was published and last changed: all times that the page states, and which of them decide.

The order, best first: the site's rule; JSON-LD; microdata; OpenGraph (`article:published_time`); other metadata;
`time` elements near the headline; visible strings near the headline. Within the day that the best one names, one with a
time of day goes before a date alone. A machine time in UTC whose clock reads as the visible one does, where the page's
zone is another, was written by a CMS that does not know its zone: then the visible time decides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, tzinfo

from lxml.html import HtmlElement

from crawler.pages.header import Header
from crawler.pages.showntimes import VISIBLE, is_bare, only_time, shown_times
from crawler.pages.statedtimes import StatedTime, microdata_times, told_times
from crawler.pages.structured import Structured
from crawler.pages.times import Habits, states_zone
from storage.records import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    published: Moment | None
    modified: Moment | None
    published_source: str
    modified_source: str
    elements: tuple[HtmlElement, ...]
    candidates: tuple[tuple[str, str, str], ...]


def read_dates(tree: HtmlElement, stated: Structured, header: Header, habits: Habits) -> Dates:
    told = told_times(stated, habits) + microdata_times(tree, header.headline, habits)
    shown, elements = shown_times(tree, header, habits)
    shown = shown or ([] if told else only_time(header, habits))
    everything = sorted([*told, *shown], key=lambda one: one.rank)
    published = _choose([one for one in everything if not one.modified], shown, habits.zone)
    modified = _choose([one for one in everything if one.modified], shown, habits.zone)
    if published is not None and _is_clock(published, modified):
        published = None
    if published is None and modified is not None and not told:
        moment = replace(modified.moment, updated=True)
        published = replace(modified, moment=moment, source=f"{modified.source} (the only time stated)")
    return Dates(
        published=published.moment if published else None,
        modified=modified.moment if modified else None,
        published_source=published.source if published else "",
        modified_source=modified.source if modified else "",
        elements=elements,
        candidates=tuple(
            ("modified" if one.modified else "published", one.moment.iso, one.source) for one in everything
        ),
    )


def _is_clock(published: StatedTime, modified: StatedTime | None) -> bool:
    """Whether a time that readers see is later than that of the last change, seen as well: the site's clock."""
    seen = modified is not None and published.rank > VISIBLE and modified.rank >= VISIBLE
    return seen and modified is not None and published.moment.at > modified.moment.at + timedelta(minutes=1)


def _choose(ordered: Sequence[StatedTime], shown: Sequence[StatedTime], zone: tzinfo) -> StatedTime | None:
    if not ordered:
        return None
    best = ordered[0]
    if is_bare(best.moment):
        day = best.moment.local.date()
        fuller = [one for one in ordered if not is_bare(one.moment) and one.moment.local.date() == day]
        best = fuller[0] if fuller else best
    if best.moment.date_only:
        return best
    if not states_zone(best.moment):
        return _with_zone(best, ordered, lambda one: states_zone(one.moment) and _same_clock(one.moment, best.moment))
    if best.moment.offset == timedelta(0):
        local = _with_zone(best, shown, lambda one: one.rank >= VISIBLE and _same_clock(one.moment, best.moment))
        if local is not best:
            return local
        known = _with_zone(best, ordered, lambda one: _same_instant(one.moment, best.moment))
        return known if known is not best else _on_shown_day(best, shown, zone)
    return best


def _on_shown_day(best: StatedTime, shown: Sequence[StatedTime], zone: tzinfo) -> StatedTime:
    """A time in UTC as the site's zone has it, where that is the day that the page shows and UTC's is not."""
    local = best.moment.at.astimezone(zone)
    days = {one.moment.local.date() for one in shown if one.rank >= VISIBLE and one.modified == best.modified}
    if local.date() not in days or best.moment.local.date() in days:
        return best
    moment = replace(best.moment, offset=local.utcoffset() or timedelta(0))
    return replace(best, moment=moment, source=f"{best.source}, in the site's zone as the page shows its day")


def _with_zone(best: StatedTime, others: Sequence[StatedTime], fits: Callable[[StatedTime], bool]) -> StatedTime:
    """`best` as the first of `others` that fits has it, if that one has a zone other than UTC."""
    for one in others:
        if one is not best and one.moment.offset != timedelta(0) and not one.moment.date_only and fits(one):
            source = f"{best.source}, its zone from {one.source}"
            return StatedTime(one.moment, source, best.modified, best.rank)
    return best


def _same_clock(one: Moment, other: Moment) -> bool:
    """Whether two times read the same on the wall, seconds aside."""
    return one.local.replace(tzinfo=UTC, second=0) == other.local.replace(tzinfo=UTC, second=0)


def _same_instant(one: Moment, other: Moment) -> bool:
    return abs(one.at - other.at) < timedelta(minutes=1)
