"""What a site file says, as checked values, and which site a URL belongs to."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    field_validator,
)

from crawler.rules import Rules
from crawler.timetext import Window, cron_line, duration, time_of_day, window
from crawler.urls import host_key, is_web_url, normal_url, registrable_domain, same_site
from crawler.urlshapes import looks_like_article
from crawler.weighing import Weighing
from crawler.zonehints import zone_meant

KEY_PATTERN = re.compile(r"[a-z0-9][a-z0-9._-]*")
"""What a site's key, the name of its folder, looks like."""


def _web_url(text: str) -> str:
    if not is_web_url(text):
        raise ValueError("must be a web address such as https://baovidu.example/")
    return text.strip()


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"must be a regular expression: {error}") from error
    if not text:
        raise ValueError("must be a regular expression; an empty one takes every URL for an article")
    return text


def _selector(text: str) -> str:
    try:
        CSSSelector(text, translator="html")
    except SelectorError as error:
        raise ValueError(f"must be a CSS selector: {error}") from error
    return text


def _language(text: str) -> str:
    if not re.fullmatch("(?:[a-z]{2,3})?", text):
        raise ValueError("must be a language code of ISO 639 such as vi")
    return text


def _header_text(text: str) -> str:
    """What may stand in a request header: a line break there would make a header of its own."""
    if not re.fullmatch(r"[\x20-\x7e]{1,500}", text) or text != text.strip():
        raise ValueError("must be one line of at most 500 ASCII characters")
    return text


def _zone(text: str) -> str:
    if text in available_timezones():
        return text
    near = zone_meant(text)
    raise ValueError("must be an IANA time zone such as Asia/Ho_Chi_Minh" + (f"; did you mean {near}?" if near else ""))


def _duration(value: object) -> timedelta:
    return value if isinstance(value, timedelta) else duration(value if isinstance(value, str) else "")


def _interval(value: object) -> timedelta | str:
    if isinstance(value, str) and len(value.split()) == 5:
        return cron_line(value)
    try:
        return _duration(value)
    except ValueError as error:
        fields = "minute, hour, day of the month, month, day of the week"
        raise ValueError(f"{error}, or a cron line of five fields: {fields}") from error


def _ladder(value: object) -> str | tuple[timedelta, ...]:
    if value == "adaptive":
        return "adaptive"
    if not isinstance(value, list | tuple) or not value:
        raise ValueError('must be "adaptive" or a list of durations such as ["15m", "1h", "1d"]')
    steps = tuple(_duration(step) for step in value)
    if list(steps) != sorted(steps):
        raise ValueError("must be a list of durations, each as long as the one before it or longer")
    return steps


def _time(value: object) -> time:
    return value if isinstance(value, time) else time_of_day(value if isinstance(value, str) else "")


def _window(value: object) -> Window:
    return value if isinstance(value, Window) else window(value if isinstance(value, str) else "")


WebUrl = Annotated[str, AfterValidator(_web_url)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Selector = Annotated[str, AfterValidator(_selector)]
TimeZone = Annotated[str, AfterValidator(_zone)]
Language = Annotated[str, AfterValidator(_language)]
HeaderText = Annotated[str, AfterValidator(_header_text)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Discover(_Table):
    """Where new articles are looked for, and what the URL of an article looks like."""

    feeds: tuple[WebUrl, ...] = ()
    sitemaps: tuple[WebUrl, ...] = ()
    sections: tuple[WebUrl, ...] = ()
    articles: tuple[Pattern, ...] = ()  # searched for in the normal URL


class Pace(_Table):
    """How fast the site may be asked, and how much of it is taken at once."""

    delay: float = Field(default=1.0, ge=0, le=3600, strict=True, allow_inf_nan=False)  # seconds
    concurrent: int = Field(default=1, ge=1, le=32, strict=True)
    timeout: float = Field(default=30.0, gt=0, le=3600, strict=True, allow_inf_nan=False)  # seconds
    max_size: int = Field(default=20 * 1024 * 1024, gt=0, strict=True)  # bytes


class Schedule(_Table):
    """When the site is crawled. `discover` is an interval, or a cron line in the site's time zone."""

    discover: Annotated[timedelta | str, PlainValidator(_interval)] = timedelta(minutes=10)
    revisit: Annotated[Literal["adaptive"] | tuple[timedelta, ...], PlainValidator(_ladder)] = "adaptive"
    times: tuple[Annotated[time, BeforeValidator(_time)], ...] = ()
    windows: tuple[Annotated[Window, PlainValidator(_window)], ...] = ()


class ReadingRules(_Table):
    """How pages were read up to and including the day `until`; without it, how they are read now."""

    until: date | None = None
    title: Selector | None = None
    lead: Selector | None = None
    section: Selector | None = None
    authors: Selector | None = None
    published: Selector | None = None
    body: Selector | None = None
    drop: tuple[Selector, ...] = ()


class Site(_Table):
    """One site. `key` is the name of its folder and not part of the file."""

    key: str = Field(exclude=True)
    name: str = Field(min_length=1)
    home: WebUrl
    language: Language = ""
    timezone: TimeZone = "UTC"
    allow_private: bool = Field(default=False, strict=True)
    user_agent: HeaderText | None = None
    contact: HeaderText | None = None
    discover: Discover = Discover()
    pace: Pace = Pace()
    schedule: Schedule = Schedule()
    reading: tuple[ReadingRules, ...] = ()
    significance: Weighing = Weighing()

    @field_validator("reading")
    @classmethod
    def _in_order(cls, reading: tuple[ReadingRules, ...]) -> tuple[ReadingRules, ...]:
        days = [rules.until or date.max for rules in reading]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError("must be in the order of `until`, each day once; only the last one goes without `until`")
        return reading

    @property
    def stated_timezone(self) -> str:
        """The zone that the file gives, or an empty string: the default is none that pages could be read by."""
        return self.timezone if "timezone" in self.model_fields_set else ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def rules_at(site: Site, day: date) -> Rules:
    """The reading rules in force on a day of the site's own calendar."""
    held = (rules for rules in site.reading if rules.until is None or day <= rules.until)
    chosen = next(held, ReadingRules())
    return Rules(
        site_name=site.name,
        language=site.language,
        timezone=site.stated_timezone,
        title=chosen.title or "",
        lead=chosen.lead or "",
        section=chosen.section or "",
        authors=chosen.authors or "",
        published=chosen.published or "",
        body=chosen.body or "",
        drop=chosen.drop,
        file=_digest(site),
    )


def _digest(site: Site) -> str:
    """What stands for all that the site file says about reading, in eight characters."""
    said = (site.name, site.language, site.stated_timezone, site.reading)
    return sha256(repr(said).encode()).hexdigest()[:8]


def is_article(site: Site, url: str) -> bool:
    """Whether a URL is an article of the site: by its patterns, or by its shape where the file gives none."""
    if not same_site(site.home, url):
        return False
    if site.discover.articles:
        return any(_compiled(pattern).search(url) for pattern in site.discover.articles)
    return looks_like_article(url)


def site_for_url(sites: Mapping[str, Site], url: str) -> Site | None:
    """The site that a URL belongs to: that of its host, else of its registrable domain.

    Where several share the host, the one whose article patterns take the URL. `www.`, `m.` and `amp.` count
    as the plain host.
    """
    address = normal_url(url)
    near = [site for site in sites.values() if same_site(site.home, address)]
    same_host = [site for site in near if _plain_host(site.home) == _plain_host(address)]
    candidates = same_host or near
    taking = [site for site in candidates if site.discover.articles and is_article(site, address)]
    return next(iter(taking or candidates), None)


def default_site(host: str, url: str) -> Site:
    """A site for URLs of a host without a site file: named by its host, with the defaults of a site file."""
    key = re.sub(r"[^a-z0-9._-]+", "-", host.lower()).strip("._-") or "site"
    parts = urlsplit(normal_url(url))
    return Site(key=key, name=host, home=f"{parts.scheme}://{parts.netloc}/")


def _plain_host(url: str) -> str:
    host = host_key(url)
    return re.sub(r"^(?:www|m|mobile|amp)\.", "", host) if host != registrable_domain(url) else host


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
