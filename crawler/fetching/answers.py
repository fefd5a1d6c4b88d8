"""What answers and failures mean for a crawl: pure decisions of the spider."""

from datetime import UTC, datetime

from scrapy.exceptions import IgnoreRequest

from crawler.fetching.client import FetchError
from crawler.fetching.robots import DisallowedError
from crawler.finding.found import Found, SourceLink
from storage.records import Outcome, Response
from storage.visits import SourceVisit

_NESTED_SITEMAPS = 20  # taken from one index: the news sitemaps and the ones changed last
_DEEPEST = 3  # sitemap indexes within one another


def conditional_headers(etag: str, last_modified: str) -> dict[str, str]:
    """The request headers that ask for a page only if it has changed (RFC 9110, 13.1)."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value and value.isascii() and value.isprintable()}


def source_visit(url: str, response: Response, found: Found) -> SourceVisit:
    """What came of asking a source.

    An index is asked for in full the next time: it may stand still while the sitemaps that it names do not.
    """
    is_index = any(source.kind == "sitemap" for source in found.sources)
    outcome, note = Outcome.NEW, found.fault
    if response.status == 304:
        outcome = Outcome.NOT_MODIFIED
    elif response.status != 200:
        outcome, note = Outcome.ERROR, f"answered {response.status}"
    elif response.fault_outcome is not None:
        outcome, note = response.fault_outcome, response.fault
    elif found.fault and not (found.articles or found.sources):
        outcome = Outcome.UNREADABLE
    return SourceVisit(
        url=url,
        at=response.at,
        outcome=outcome,
        note=note,
        etag="" if is_index else response.header("ETag"),
        last_modified="" if is_index else response.header("Last-Modified"),
    )


def nested(sources: tuple[SourceLink, ...], depth: int) -> list[SourceLink]:
    """Which of the sitemaps that an index names are asked too: news sitemaps first, then the ones changed last."""
    if depth >= _DEEPEST:
        return []
    sitemaps = [source for source in sources if source.kind == "sitemap"]
    oldest = datetime.min.replace(tzinfo=UTC)
    by_age = sorted(sitemaps, key=lambda link: link.modified or oldest, reverse=True)
    return sorted(by_age, key=lambda link: "news" not in link.url)[:_NESTED_SITEMAPS]


def reason_of(error: BaseException | None) -> tuple[Outcome, str, datetime | None]:
    """The outcome and note of a request without a response, and when it was sent.

    Raises:
        RuntimeError: it failed for a reason that nobody has thought of.
    """
    if isinstance(error, FetchError):
        return error.outcome, error.note, error.at
    if isinstance(error, DisallowedError):
        return error.outcome, error.note, None
    if isinstance(error, IgnoreRequest):  # Scrapy's own are about redirects
        return Outcome.ERROR, str(error) or "the request was given up", None
    # Not the same error again: Scrapy takes that for one that is already known, and reports it nowhere.
    raise RuntimeError(f"a request failed unexpectedly: {type(error).__name__}: {error}") from error
