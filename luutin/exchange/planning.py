"""Decides what of some WARCs is imported: which answers are visits to which pages of which sites. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawler.sites import KEY_PATTERN, Site, default_site, is_article, site_for_url
from crawler.urls import host_key, is_web_url, normal_url
from luutin.exchange.ledger import Lesson, Told
from luutin.exchange.scanning import Answer, Catalogue, Place

_PAGES = {"text/html", "application/xhtml+xml"}
_BEFORE_THE_WEB = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(hours=1)  # as much as the times of visits may be off where they are checked against time stamps


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A visit to import. `payload` is the record that has what was sent; None where nothing was, or it is not here."""

    url: str
    at: datetime
    first_seen: datetime
    told: Told | None = None
    answer: Answer | None = None
    payload: Answer | None = None
    request: Place | None = None

    @property
    def stated(self) -> str:
        """The digest that the payload has to have."""
        return self.answer.digest if self.answer else ""


@dataclass(slots=True, kw_only=True)
class Work:
    """The visits to one site's pages, the earliest first, and what its archive learned meanwhile."""

    site: Site
    items: list[Item] = field(default_factory=list)
    lessons: list[Lesson] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Plan:
    """What is to be done, by site; and what is left out, by the reason."""

    work: dict[str, Work] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def plan(found: Catalogue, sites: Mapping[str, Site], now: datetime, only: str | None = None) -> Plan:
    """What to import of a catalogue, in the order of dates; `only` is the key of the one site that is wanted."""
    return _Planner(found, sites, now, only).made()


class _Planner:
    def __init__(self, found: Catalogue, sites: Mapping[str, Site], now: datetime, only: str | None) -> None:
        self._found = found
        self._sites = sites
        self._now = now
        self._only = only
        self._plan = Plan()
        self._by_urn = {one.urn: one for one in found.answers if not one.profile}
        self._by_date = {(one.uri, one.date): one for one in found.answers if not one.profile}
        self._by_digest = {one.digest: one for one in reversed(found.answers) if not one.profile and one.digest}
        self._pages: set[str] = set()  # URLs of pages, to which a 304 may belong

    def made(self) -> Plan:
        told = self._found.told
        for answer in self._found.answers:
            if answer.urn in told:
                self._add(self._item(answer, told[answer.urn]), told[answer.urn].site)
        foreign = [one for one in self._found.answers if one.urn not in told]
        for answer in sorted(foreign, key=lambda one: one.status == 304):  # those last: by then all pages are known
            why = self._refused(answer)
            if why:
                self._plan.skipped[why] += 1
            else:
                self._add(self._item(answer, None), "")
        self._unanswered()
        for lesson in self._found.lessons:
            if lesson.site in self._plan.work:
                self._plan.work[lesson.site].lessons.append(lesson)
        for work in self._plan.work.values():
            work.items.sort(key=lambda item: item.at)
            work.lessons.sort(key=lambda lesson: lesson.at)
        return self._plan

    def _unanswered(self) -> None:
        for told in self._found.unanswered:
            made = Item(url=told.url, at=told.at, first_seen=told.page_first_seen, told=told)
            self._add(made, told.site)
        seen = {answer.urn for answer in self._found.answers}
        for urn, told in self._found.told.items():
            if told.answered and urn not in seen:
                self._plan.faults.append(f"{told.url} at {told.at.isoformat()}: the record of its answer is missing")

    def _original(self, answer: Answer) -> Answer | None:
        """The record that has the payload of an answer."""
        if not answer.profile:
            return answer
        urn, uri, date = answer.refers
        found = self._by_urn.get(urn) or self._by_date.get((uri, date)) or self._by_digest.get(answer.digest)
        same = found is None or not answer.digest or not found.digest or found.digest == answer.digest
        return found if same else self._by_digest.get(answer.digest)

    def _item(self, answer: Answer, told: Told | None) -> Item:
        request = self._found.requests.get(answer.urn)
        empty = answer.status == 304 and bool(answer.profile)
        return Item(
            url=told.url if told else normal_url(answer.uri),
            at=told.at if told else answer.at,
            first_seen=told.page_first_seen if told else answer.at,
            told=told,
            answer=answer,
            payload=None if empty else self._original(answer),
            request=request[0] if request else None,
        )

    def _refused(self, answer: Answer) -> str:
        """Why an answer is none of a page; empty where it is one."""
        if not is_web_url(answer.uri):
            return "no web address"
        asked = self._found.requests.get(answer.urn)
        if asked is not None and asked[1] not in {"GET", ""}:
            return f"answers to {asked[1]}"
        url = normal_url(answer.uri)
        if answer.status == 304:
            return "" if url in self._pages else "304s of other pages"
        if 300 <= answer.status < 400:
            return "redirects"
        original = self._original(answer)
        mime = answer.mime or (original.mime if original else "")
        if mime not in _PAGES:
            return mime or "no type stated"
        site = site_for_url(self._sites, url)
        if site is not None and site.discover.articles and not is_article(site, url):
            return "no article by the site file"
        self._pages.add(url)
        return ""

    def _add(self, item: Item, key: str) -> None:
        site = self._site(item.url, key)
        if not _BEFORE_THE_WEB <= item.at <= self._now + _AHEAD:
            wrong = "in the future" if item.at > self._now else "from before there was a web"
            self._plan.faults.append(f"{item.url} at {item.at.isoformat()}: this date is {wrong}")
        elif self._only in {None, site.key}:
            self._plan.work.setdefault(site.key, Work(site=site)).items.append(item)
        else:
            self._plan.skipped["of other sites"] += 1

    def _site(self, url: str, key: str) -> Site:
        """The site that an archive of ours says, else the one that a site file claims the URL for, else its host's."""
        if key in self._sites:
            return self._sites[key]
        if key in self._plan.work:
            return self._plan.work[key].site
        found = site_for_url(self._sites, url)
        if found is not None:
            return found
        made = default_site(host_key(url), url)
        return made.model_copy(update={"key": key}) if KEY_PATTERN.fullmatch(key) else made


def keys(work: Iterable[Work]) -> str:
    """The sites of some work, for a person."""
    return ", ".join(sorted(one.site.key for one in work))
