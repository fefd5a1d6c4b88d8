"""Replays a recorded case: real HTTP, the real crawl, a real archive, and then a comparison with what is expected."""

import asyncio
from datetime import UTC
from tempfile import TemporaryDirectory
from typing import Any

from crawler.frontdesk import Errand
from crawler.job import crawl
from crawler.sitefiles import FILE_NAME, site_of
from crawler.sites import Site
from luutin.cases import Case, Round
from luutin.output import edit_fields
from luutin.stand_in import Answer, StandIn
from storage.archive import init
from storage.articles import article_fields
from storage.queries import Queries
from storage.visits import Visit

# What a person writes by hand in an expected edit; `id` and `site` follow from the archive and the folder.
_EDIT_KEYS = (
    *("url", "from_version", "to_version", "between", "fields", "kinds", "significance", "reasons"),
    *("acknowledged", "status", "removed", "added"),
)


def replay(case: Case) -> dict[str, Any]:
    """What Luutin makes of a case: `visits`, `articles` and `edits`, as `expected.json` has them."""
    path = case.folder.parent / FILE_NAME
    site = site_of(path.read_text(encoding="utf-8"), case.site, str(path))
    with TemporaryDirectory(prefix="luutin-replay-") as folder, StandIn() as server:
        archive = f"sqlite:///{folder}/replay.db"
        init(archive, case.round[0].at.astimezone(UTC))
        visits: list[dict[str, Any]] = []
        for number, entry in enumerate(case.round, 1):
            made = crawl_round(case, site, entry, server, archive)
            visits += [_visit_fields(number, visit) for visit in made]
        with Queries(archive) as queries:
            return {"visits": visits, **contents(queries)}


def crawl_round(case: Case, site: Site, entry: Round, server: StandIn, archive: str) -> list[Visit]:
    """Crawl one round of a case into an archive; its visits in the order of their URLs.

    Raises:
        ExceptionGroup: the crawl met with a surprise.
    """
    server.serve(answers_of(case, entry))
    at = entry.at.astimezone(UTC)
    own = {
        "LUUTIN_ARCHIVE": archive,
        "LUUTIN_CLOCK": lambda: at,
        "LUUTIN_REROUTE": dict.fromkeys(case.hosts, server.url),
        "LUUTIN_READERS": 1,
        "DOWNLOAD_DELAY": 0,
    }
    urls = case.urls if entry.urls is None else entry.urls
    # Not `run`, which ends early on Ctrl-C: half a replay would be taken for a whole one.
    report = asyncio.run(crawl(site, Errand(urls=urls, discover=not urls), own, lambda _visit: None))
    if report.faults:
        raise ExceptionGroup(f"{case.name}: the crawl of {entry.at} failed", [RuntimeError(f) for f in report.faults])
    return sorted(report.visits, key=lambda visit: visit.url)


def answers_of(case: Case, entry: Round) -> dict[str, Answer]:
    """What the servers answer in a round of a case, by URL."""
    return {
        response.url: Answer(
            status=response.status,
            headers={"Content-Type": response.content_type, **response.headers},
            body=case.body_of(response),
            cut=response.cut,
        )
        for response in entry.response
    }


def _visit_fields(number: int, visit: Visit) -> dict[str, Any]:
    return {
        "round": number,
        "url": visit.url,
        "outcome": visit.outcome.value,
        "status": visit.status,
        "version": visit.version,
    }


def contents(queries: Queries) -> dict[str, Any]:
    """The articles of every version and the edits that an archive holds."""
    pages = sorted(queries.pages(), key=lambda page: page.url)
    articles = {
        page.url: [article_fields(queries.article(page.id, version.number)) for version in queries.versions(page.id)]
        for page in pages
        if page.versions
    }
    edits = [{key: edit_fields(edit)[key] for key in _EDIT_KEYS} for edit in queries.edits()]
    return {"articles": articles, "edits": edits}
