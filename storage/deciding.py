"""What a visit means: one pure function from what was known and what was found to an outcome."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from storage.bodies import sha256
from storage.comparing import compare
from storage.records import Article, Comparison, Finding, Outcome, Reading, Response
from storage.textkey import text_key

_GONE = {404, 410}
_SAME_ARTICLE = 0.5  # share of the old paragraphs that have to stand in the new text


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What the archive knows of a page before the visit.

    `article` is the current version as `reader` read it; `before_pending` is the version that a pending edit started
    from; `body_sha256` is that of the last capture which was read well.
    """

    url: str
    body_sha256: str = ""
    reader: str = ""
    article: Article | None = None
    before_pending: Article | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The outcome, and what has to be written for it.

    `comparison` is set for `CHANGED`. `renamed`: the page's URL is now the finding's identity. `reverted`: the page
    shows again what it showed before its pending edit.
    """

    outcome: Outcome
    note: str = ""
    comparison: Comparison | None = None
    renamed: bool = False
    reverted: bool = False


def decide(prior: Prior, finding: Finding) -> Decision:
    """The outcome of one look at a page."""
    if finding.failure is not None:
        return Decision(outcome=finding.failure, note=finding.note)
    if finding.response is None:
        raise ValueError("a finding holds a response or a failure")
    return _of_response(prior, finding, finding.response)


def is_identical(body_sha256: str, response: Response) -> bool:
    """Whether a response is, byte for byte and at the same URL, what was read well before."""
    return not response.hops and sha256(response.body) == body_sha256


def needs_reading(body_sha256: str, response: Response) -> bool:
    """Whether `decide` will ask how a response reads: only a whole 200 with other bytes than before."""
    whole = response.status == 200 and response.fault_outcome is None
    return whole and not is_identical(body_sha256, response)


def _of_response(prior: Prior, finding: Finding, response: Response) -> Decision:
    if response.status == 304:  # RFC 9110, 15.4.5
        if prior.article is None:
            return Decision(outcome=Outcome.ERROR, note="304 Not Modified to a first request")
        return Decision(outcome=Outcome.NOT_MODIFIED)
    if response.status in _GONE:
        return Decision(outcome=Outcome.GONE, note=finding.note)
    if response.fault_outcome is not None:
        return Decision(outcome=response.fault_outcome, note=response.fault)
    if response.status != 200:
        return Decision(outcome=Outcome.ERROR, note=finding.note or f"answered {response.status}")
    if prior.article is not None and is_identical(prior.body_sha256, response):
        return Decision(outcome=Outcome.IDENTICAL)
    if finding.reading is None:
        raise ValueError("a whole 200 with new bytes has to be read before it can be judged")
    return _of_reading(prior, finding, finding.reading)


def _of_reading(prior: Prior, finding: Finding, reading: Reading) -> Decision:
    if reading.suspect:
        return Decision(outcome=Outcome.SUSPECT, note=reading.suspect)
    if reading.article is None:
        return Decision(outcome=Outcome.UNREADABLE, note=reading.unreadable)
    if finding.response and _is_front_page(finding.response.url) and not _is_front_page(prior.url):
        return Decision(outcome=Outcome.SUSPECT, note="redirected to the front page")
    if prior.article is None:
        return Decision(outcome=Outcome.NEW)
    earlier = _comparable(prior, finding, reading)
    if earlier is None:
        return Decision(outcome=Outcome.SAME, note="the earlier capture cannot be read anew, so nothing was compared")
    if finding.identity != prior.url:
        return _of_move(earlier, finding, reading.article)
    return _of_articles(prior, earlier, reading.article)


def _is_front_page(url: str) -> bool:
    return urlsplit(url).path in {"", "/"}


def _comparable(prior: Prior, finding: Finding, reading: Reading) -> Article | None:
    """The current version as the reader version of this reading reads it."""
    if prior.reader == reading.reader:
        return prior.article
    return finding.earlier.article if finding.earlier else None


def _of_articles(prior: Prior, earlier: Article, article: Article) -> Decision:
    comparison = compare(earlier, article)
    if not comparison.changes:
        return Decision(outcome=Outcome.SAME)
    if prior.before_pending is not None and not compare(prior.before_pending, article).changes:
        return Decision(outcome=Outcome.SAME, note="back to the text before the pending edit", reverted=True)
    return Decision(outcome=Outcome.CHANGED, comparison=comparison)


def _of_move(earlier: Article, finding: Finding, article: Article) -> Decision:
    if not same_article(earlier, article):
        return Decision(outcome=Outcome.MOVED, note=f"leads to another article: {finding.identity}")
    note = f"now at {finding.identity}"
    comparison = compare(earlier, article)
    if not comparison.changes:
        return Decision(outcome=Outcome.MOVED, note=note, renamed=True)
    return Decision(outcome=Outcome.CHANGED, note=note, comparison=comparison, renamed=True)


def same_article(old: Article, new: Article) -> bool:
    """Whether two readings are of one article: the same headline, or half of the old paragraphs still there."""
    if text_key(old.title) == text_key(new.title):
        return True
    before = {text_key(block.text) for block in old.body}
    after = {text_key(block.text) for block in new.body}
    return bool(before) and len(before & after) >= _SAME_ARTICLE * len(before)
