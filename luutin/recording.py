"""Makes a recorded case of what the archive holds of a page."""

import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from crawler.fetching.addresses import is_public
from crawler.finding.sitedrafts import SiteDraft, site_file_text
from crawler.sitefiles import FILE_NAME
from crawler.sites import KEY_PATTERN, Site, default_site
from crawler.urls import host_key
from luutin.cases import CASE_FILE, CaseResponse, Round, case_text
from storage.errors import ConfigError
from storage.queries import Queries
from storage.rows import HistoryRow, PageRow, RawCapture

# What the replaying server says for itself; everything else is served as it was received.
_LEFT_OUT = {"content-length", "transfer-encoding", "connection", "keep-alive", "date", "server"}


def record_case(queries: Queries, page: PageRow, seeds: Path, site: Site | None, name: str | None) -> Path:
    """Write the visits to a page as a case of its site, without `expected.json`; gives the case's folder.

    Visits that got no response (a timeout, a refusal) cannot be replayed and are left out.

    Raises:
        ConfigError: the case is there already, its name is none for a folder, or there is nothing to replay.
    """
    if name is not None and not KEY_PATTERN.fullmatch(name):
        raise ConfigError([f"--case {name!r}: may hold only a-z, 0-9, dot, dash and underscore"])
    folder = seeds / page.site / (name or case_name(page.url))
    if folder.exists():
        raise ConfigError([f"{folder}: is there already; --case chooses another name"])
    visits = [(row, raw) for row, raw in queries.captures(page.id) if raw is not None]
    if not visits:
        raise ConfigError([f"{page.url}: no visit to it got a response, so there is nothing to replay"])
    folder.mkdir(parents=True)
    try:
        _write(folder, page, visits, site)
    except BaseException:
        take_back(folder, site)
        raise
    return folder


def take_back(folder: Path, site: Site | None) -> None:
    """Remove a case that could not be made, and the file that was made for its site where there had been none."""
    shutil.rmtree(folder, ignore_errors=True)
    if site is None:
        (folder.parent / FILE_NAME).unlink(missing_ok=True)
        with suppress(OSError):  # there may be something of somebody else in it
            folder.parent.rmdir()


def _write(folder: Path, page: PageRow, visits: Sequence[tuple[HistoryRow, RawCapture]], site: Site | None) -> None:
    if site is None:
        _write_site(folder.parent, page, private=any(not is_public(raw.address) for _, raw in visits if raw.address))
    urls = (page.url,)
    rounds = [_round(folder, number, row, raw, urls) for number, (row, raw) in enumerate(visits, 1)]
    about = f"Recorded from the archive: {page.title or page.url}"
    (folder / CASE_FILE).write_text(case_text(about, urls, rounds), encoding="utf-8")


def case_name(url: str) -> str:
    """A folder's name from a URL's last words."""
    last = re.sub(r"\.[a-z]{2,5}$", "", urlsplit(url).path.lower().rstrip("/").rpartition("/")[2])
    words = re.sub(r"[^a-z0-9]+", "-", last).strip("-")
    return words[:60].strip("-") or "front-page"


def _write_site(folder: Path, page: PageRow, *, private: bool) -> None:
    """A site without a file gets one: a case cannot be replayed without its site.

    One that was captured from a private address would be refused from now on, if its file did not allow that.
    """
    site = default_site(host_key(page.url), page.url)
    text = site_file_text(SiteDraft(key=site.key, name=site.name, home=site.home, allow_private=private))
    (folder / FILE_NAME).write_text(text, encoding="utf-8")


def _round(folder: Path, number: int, row: HistoryRow, raw: RawCapture, urls: tuple[str, ...]) -> Round:
    """One visit: the redirects that it met, and the response that they led to."""
    hops = [*raw.hops, raw.url]
    redirects = [CaseResponse(url=start, status=301, headers={"Location": target}) for start, target in pairwise(hops)]
    return Round(
        at=row.at,
        urls=None if (row.url,) == urls else (row.url,),
        response=(*redirects, _response(folder, number, raw)),
    )


def _response(folder: Path, number: int, raw: RawCapture) -> CaseResponse:
    """The response as it was sent, under the coding that it had; one that was cut short promises more than it sends."""
    sent = raw.body if raw.wire is None else raw.wire
    left_out = _LEFT_OUT if raw.wire is not None else _LEFT_OUT | {"content-encoding"}
    headers = {name: value for name, value in raw.headers if name.lower() not in left_out}
    if raw.fault.startswith("cut short"):
        headers["Content-Length"] = str(len(sent) + 1)
    if not sent:
        return CaseResponse(url=raw.url, status=raw.status, headers=headers)
    body = f"{number}.html"
    (folder / body).write_bytes(sent)
    return CaseResponse(url=raw.url, status=raw.status, headers=headers, body=body)
