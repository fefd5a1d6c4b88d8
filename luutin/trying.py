"""What `luutin try` reads: saved pages, lists of them, and pages that are fetched once."""

import gzip
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from crawler.configuring import user_agent
from crawler.fetching.client import FetchError, Limits
from crawler.fetching.looking import Looker
from crawler.rules import Rules
from crawler.sites import Site, default_site, rules_at, site_for_url
from crawler.urls import host_key, is_web_url
from storage.errors import ConfigError, LuutinError
from storage.records import Outcome

_PAIR = re.compile(r"(?P<path>.+?)\s+(?P<url>https?://\S+)(?:\s+#.*)?", re.IGNORECASE)  # a path may hold " #" too


class NotHadError(LuutinError):
    """A page could not be had: its site did not give it, or its file is damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page to read: its name as it was given, its file (None for a URL to fetch), and its URL."""

    name: str
    file: Path | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that was had: its bytes, and what they are."""

    body: bytes
    url: str
    content_type: str


def wanted_pages(names: list[str], url: str, from_list: Path | None) -> list[Wanted]:
    """What the arguments and the list name, in their order; `url` is that of saved pages.

    Raises:
        ConfigError: with every fault, such as a file that is not there.
    """
    if url and not is_web_url(url):
        raise ConfigError([f"--url: not a web address: {url}"])
    found = [_remote(name) if "://" in name else _saved(name, Path(name), url) for name in names]
    if from_list is not None:
        found.extend(_listed(from_list))
    if faults := [fault for page in found if (fault := _fault(page))]:
        raise ConfigError(faults)
    return found


def _remote(url: str) -> Wanted:
    return Wanted(name=url, file=None, url=url)


def _saved(name: str, file: Path, url: str) -> Wanted:
    return Wanted(name=name, file=file, url=url or file.absolute().as_uri())


def _fault(page: Wanted) -> str:
    if page.file is None:
        return "" if is_web_url(page.url) else f"not a web address: {page.url}"
    if not page.file.exists():
        return f"{page.name}: there is no such file"
    return "" if page.file.is_file() else f"{page.name}: not a file"


def _listed(path: Path) -> Iterator[Wanted]:
    """The pairs of a list; a relative path is taken from the list's own folder, else from the current one."""
    try:
        text = (sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise ConfigError([f"--from {path}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"--from {path}: not UTF-8 at byte {error.start}"]) from error
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pair = _PAIR.fullmatch(line.strip())
        if pair is None or not is_web_url(pair["url"]):
            faults.append(f"{path}: line {number}: must be a path and a URL; got {line!r}")
            continue
        name, beside = pair["path"], path.parent / pair["path"]
        yield _saved(name, beside if beside.exists() else Path(name), pair["url"])
    if faults:
        raise ConfigError(faults)


def saved_page(file: Path, url: str) -> Page:
    """A page from a file, unpacked where its name ends in .gz; raises NotHadError where it is damaged."""
    try:
        data = file.read_bytes()
        body = gzip.decompress(data) if file.suffix == ".gz" else data
    except (OSError, EOFError, zlib.error) as error:
        raise NotHadError(f"cannot be read: {error}") from error
    return Page(body=body, url=url, content_type="text/html")


def rules_on(site: Site, day: date | None, now: datetime) -> Rules:
    """The site's reading rules of a day, or of today in its own zone."""
    return rules_at(site, day or now.astimezone(site.zone).date())


async def had_page(wanted: Wanted, sites: Mapping[str, Site], contact: str, *, allow_private: bool) -> Page:
    """The page from its file or its site; raises NotHadError."""
    if wanted.file is not None:
        return saved_page(wanted.file, wanted.url)
    return await fetched_page(wanted.url, sites, contact, allow_private=allow_private)


async def fetched_page(url: str, sites: Mapping[str, Site], contact: str, *, allow_private: bool) -> Page:
    """One GET within robots.txt, redirects followed; raises NotHadError where it gives no whole page."""
    site = site_for_url(sites, url) or default_site(host_key(url), url)
    private = allow_private or site.allow_private
    limits = Limits(timeout=site.pace.timeout, max_size=site.pace.max_size)
    try:
        async with Looker(
            user_agent=user_agent(site, contact), allow_private=private, delay=0, limits=limits
        ) as looker:
            response = await looker.look(url)
    except FetchError as error:
        hint = "; --allow-private allows it" if error.outcome is Outcome.BLOCKED_ADDRESS else ""
        raise NotHadError(f"{error.outcome.value}: {error.note}{hint}") from error
    if response.status != 200 or response.fault:
        raise NotHadError(response.fault or f"answered {response.status}")
    return Page(body=response.body, url=response.url, content_type=response.header("Content-Type"))
