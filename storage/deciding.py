"""What a visit means: one pure function from what was known and what was found to an outcome."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from storage.changes import Comparison
from storage.comparison.clocks import both
from storage.comparison.comparing import compare
from storage.comparison.textkey import text_key
from storage.digests import sha256
from storage.doubting import grew, shrunk, supplanted
from storage.records import Article, Outcome, Reading, Response
from storage.visits import Finding

SAYS_AGAIN = "It says again what version"  # how the reason of an edit begins that brings an earlier text back

_GONE = {404, 410}
_BELIEVED = 3  # visits in a row that found the same beginning: then that is the article
_WALLED = "a paywall has kept all but this beginning from us: what stands above it is watched"
_OPENED = "a new start: the page had shown only the beginning of its article before"
_LOST = "a new start: what is stored of the earlier text is damaged, so nothing was compared"
_SAME_ARTICLE = 0.5  # share of the old paragraphs that have to stand in the new text


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What the archive knows of a page before the visit.

    `article` is the current version as `reader` read it, seen first `at` that time; it is `lost` where it cannot be had
    though there is one, as what is stored of it is damaged. `before_pending` is the version
    that a pending edit started from, seen first `before_at`; `body_sha256` is that of the last capture which was read
    well. `suspects` counts the visits in a row that found something else than the article. `walled`: the current
    version is the beginning of an article alone, above a paywall.
    """

    url: str
    body_sha256: str = ""
    reader: str = ""
    article: Article | None = None
    at: datetime | None = None
    lost: bool = False
    before_pending: Article | None = None
    before_at: datetime | None = None
    suspects: int = 0
    walled: bool = False

    @property
    def was_read(self) -> bool:
        """Whether the page was read before."""
        return self.article is not None or self.lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The outcome, and what has to be written for it.

    `comparison` is set for `CHANGED`. `renamed`: the page's URL is now the finding's identity. `reverted`: the page
    shows again what it showed before its pending edit. `upheld`: the page was changed once more, and what its pending
    edit changed still stands. `shows`: the page alternates, and shows that version again. A `NEW` on a page that has
    versions is a new start: nothing could be compared.
    """

    outcome: Outcome
    note: str = ""
    comparison: Comparison | None = None
    renamed: bool = False
    reverted: bool = False
    upheld: bool = False
    shows: int | None = None


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
        return _of_not_modified(prior, response)
    if response.status in _GONE:
        return Decision(outcome=Outcome.GONE, note=finding.note)
    if response.fault_outcome is not None:
        return Decision(outcome=response.fault_outcome, note=response.fault)
    if response.status != 200:
        return Decision(outcome=Outcome.ERROR, note=finding.note or f"answered {response.status}")
    if prior.was_read and is_identical(prior.body_sha256, response):
        return Decision(outcome=Outcome.IDENTICAL)
    if finding.reading is None:
        raise ValueError("a whole 200 with new bytes has to be read before it can be judged")
    return _of_reading(prior, finding, response, finding.reading)


def _of_not_modified(prior: Prior, response: Response) -> Decision:
    if not prior.was_read:
        return Decision(outcome=Outcome.ERROR, note="304 Not Modified to a first request")
    if response.hops:  # whatever has not been modified there, it is not what was read here
        return Decision(outcome=Outcome.ERROR, note=f"304 Not Modified after a redirect to {response.url}")
    return Decision(outcome=Outcome.NOT_MODIFIED)


def _of_reading(prior: Prior, finding: Finding, response: Response, reading: Reading) -> Decision:
    article = reading.article
    if note := _suspicion(prior, response, reading):
        return Decision(outcome=Outcome.SUSPECT, note=note)
    if article is None:
        return _of_no_article(prior, response, reading)
    if prior.article is None:
        return Decision(outcome=Outcome.NEW, note=_LOST if prior.lost else _WALLED if reading.walled else "")
    earlier = _comparable(prior, finding, reading)
    moved = finding.identity not in {"", prior.url}
    if not same_article(earlier or prior.article, article):
        if moved:
            return Decision(outcome=Outcome.MOVED, note=f"leads to another article: {finding.identity}")
        if _answered_elsewhere(prior.url, response, article.canonical_url):
            return Decision(outcome=Outcome.SUSPECT, note=f"redirected to {response.url}, which holds another text")
    if prior.walled and not reading.walled and grew(earlier or prior.article, article):
        return Decision(outcome=Outcome.NEW, note=_OPENED)
    if earlier is not None and (doubt := _doubt(prior, earlier, article)):
        return Decision(outcome=Outcome.SUSPECT, note=doubt)
    decision = _of_articles(prior, earlier, reading.reader, article, finding)
    return _renamed(decision, finding.identity) if moved else decision


def _suspicion(prior: Prior, response: Response, reading: Reading) -> str:
    """Why what was read is not the article whatever it says; empty where it may be."""
    if reading.suspect and not (reading.walled and _is_all_there_is(prior)):
        return reading.suspect
    away = _is_front_page(response.url) and not _is_front_page(prior.url)
    return "redirected to the front page" if away else ""


def _is_all_there_is(prior: Prior) -> bool:
    """Whether a beginning above a paywall is all that a page has ever shown, at several visits in a row."""
    return prior.walled or (not prior.was_read and prior.suspects >= _BELIEVED)


def _doubt(prior: Prior, earlier: Article, article: Article) -> str:
    """Why the text may be none that an editor wrote; a beginning that stays is believed in the end."""
    return supplanted(earlier, article) or (shrunk(earlier, article) if prior.suspects < _BELIEVED else "")


def _of_no_article(prior: Prior, response: Response, reading: Reading) -> Decision:
    """An article that leads to a list of headlines was pulled, most likely: that is more than a page read badly."""
    if prior.was_read and _answered_elsewhere(prior.url, response, ""):
        return Decision(outcome=Outcome.SUSPECT, note=f"redirected to {response.url}, which holds no article")
    return Decision(outcome=Outcome.UNREADABLE, note=reading.unreadable)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query  # /?p=123 is an article of many a blog


def _answered_elsewhere(url: str, response: Response, canonical_url: str) -> bool:
    """Whether a redirect led to another path, and what is there does not call itself the page either."""
    path = urlsplit(url).path
    return bool(response.hops) and path not in {urlsplit(response.url).path, urlsplit(canonical_url).path}


def _comparable(prior: Prior, finding: Finding, reading: Reading) -> Article | None:
    """The current version as the reader version of this reading reads it."""
    if prior.reader == reading.reader:
        return prior.article
    earlier = finding.earlier
    return earlier.article if earlier and earlier.reader == reading.reader else None


def _of_articles(prior: Prior, earlier: Article | None, reader: str, article: Article, finding: Finding) -> Decision:
    assert prior.article is not None
    if earlier is None:
        return _uncompared(prior.article, article)
    comparison = compare(earlier, article, weights=finding.weights, seen=both(prior.at, finding.at))
    if not comparison.changes:
        return Decision(outcome=Outcome.SAME)
    if prior.before_pending is None or prior.reader != reader:
        return Decision(outcome=Outcome.CHANGED, comparison=comparison)
    since = compare(prior.before_pending, article, seen=both(prior.before_at, finding.at))
    if not since.changes:
        return Decision(outcome=Outcome.SAME, note="back to the text before the pending edit", reverted=True)
    upheld = stands(compare(prior.before_pending, earlier, seen=both(prior.before_at, prior.at)), since)
    return Decision(outcome=Outcome.CHANGED, comparison=comparison, upheld=upheld)


def alternating(number: int, version_id: int) -> Decision:
    """What a change is that was flagged before and taken back since: the page alternates between two texts."""
    note = f"says again what version {number} said; the two texts alternate"
    return Decision(outcome=Outcome.SAME, note=note, shows=version_id)


def elsewhere(identity: str) -> Decision:
    """What a look is that found the article at the URL of another page, which has a history of its own."""
    return Decision(outcome=Outcome.MOVED, note=f"now at {identity}, which is watched by itself")


def restored(decision: Decision, number: int) -> Decision:
    """What a change is that brings an earlier text back."""
    assert decision.comparison is not None
    reasons = (*decision.comparison.reasons, f"{SAYS_AGAIN} {number} said.")
    return replace(decision, comparison=replace(decision.comparison, reasons=reasons))


def _uncompared(before: Article, article: Article) -> Decision:
    """The earlier capture does not read under this reader version: a difference may be the reader's, and is no edit."""
    if not compare(before, article).changes:
        return Decision(outcome=Outcome.SAME, note="read by another reader version, with the same result")
    note = "a new start: this reader version cannot read the earlier capture, so nothing was compared"
    return Decision(outcome=Outcome.NEW, note=note)


def stands(pending: Comparison, since: Comparison) -> bool:
    """Whether each change of a pending edit is among those made since before it."""
    made = {(change.field, change.removed, change.added) for change in since.changes}
    return all((change.field, change.removed, change.added) in made for change in pending.changes)


def _renamed(decision: Decision, identity: str) -> Decision:
    outcome = Outcome.MOVED if decision.outcome is Outcome.SAME else decision.outcome
    note = "; ".join(filter(None, (f"now at {identity}", decision.note)))
    return replace(decision, outcome=outcome, note=note, renamed=True)


def same_article(old: Article, new: Article) -> bool:
    """Whether two readings are of one article: the same headline, or half of the old paragraphs still there."""
    title = text_key(old.title)
    if title and title == text_key(new.title):
        return True
    before = {text_key(block.text) for block in old.body}
    after = {text_key(block.text) for block in new.body}
    return bool(before) and len(before & after) >= _SAME_ARTICLE * len(before)
