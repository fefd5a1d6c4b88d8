"""The records that the layers exchange: what was fetched, what it reads as, what changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import StrEnum


class Outcome(StrEnum):
    """What came of one look at a page. Only `NEW` and `CHANGED` make a version."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"  # other bytes, read the same
    IDENTICAL = "identical"  # the same bytes
    NOT_MODIFIED = "not-modified"  # 304
    GONE = "gone"  # 404 or 410
    MOVED = "moved"  # redirected, or canonical now, to another article
    SUSPECT = "suspect"  # a block, captcha, login or soft-404 page answered 200
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    BLOCKED_ADDRESS = "blocked-address"  # loopback or private, and not allowed
    DISALLOWED = "disallowed"  # robots.txt
    ERROR = "error"


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of an article's body; a table row joins its cells with ` | `."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time that a page states: `at` in UTC, the offset it was stated with, and the string it came from.

    `date_only` says that the page gave a day without a time of day; `at` is then that day's midnight in the
    page's zone.
    """

    at: datetime
    offset: timedelta
    text: str
    date_only: bool = False

    @property
    def local(self) -> datetime:
        return self.at.astimezone(timezone(self.offset))

    @property
    def iso(self) -> str:
        """RFC 3339 with the page's own offset, or only the date where the page gave no time of day."""
        return self.local.date().isoformat() if self.date_only else self.local.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image of the article; `url` is absolute; `caption` is empty where the page shows none."""

    url: str
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a capture reads as. Texts are as the page has them, white space folded; nothing is invented."""

    url: str
    canonical_url: str
    title: str
    section: str = ""
    lead: str = ""  # the sapo
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    language: str = ""  # ISO 639-1
    body: tuple[Block, ...] = ()
    captions: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A text that the reading left out, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading one page's bytes gave: an article, or the reason why there is none.

    `unreadable` and `suspect` are empty when all is well; a suspect page may still carry the article that it
    seems to hold. `sources` says for each filled field where it came from; `reader` is the reader version.
    """

    reader: str
    article: Article | None = None
    unreadable: str = ""
    suspect: str = ""
    dropped: tuple[Dropped, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One raw response and the request that it answers.

    `head` is the status line and header lines as received, CRLF at each end; `body` is the entity with its
    content coding undone; `wire` is the entity as sent where that differs from `body`. `fault` is empty when
    the response is whole, else says what is missing or wrong (cut short, does not decode, too large).
    `hops` are the URLs of the redirects that led here, first one first.
    """

    requested_url: str
    url: str
    at: datetime
    request_head: bytes
    status: int
    head: bytes
    headers: tuple[tuple[str, str], ...]
    body: bytes
    wire: bytes | None = None
    address: str = ""
    elapsed: timedelta = timedelta(0)
    hops: tuple[str, ...] = ()
    permanent: bool = False  # every hop was a 301 or a 308
    fault: str = ""
    fault_outcome: Outcome | None = None  # TRUNCATED, TOO_LARGE or UNREADABLE, when there is a fault

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


class ChangeKind(StrEnum):
    HEADLINE = "headline"
    LEAD = "lead"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    IMAGE = "image"
    SECTION = "section"
    TAGS = "tags"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    QUOTE = "quote"
    NEGATION = "negation"
    SENTENCE_ADDED = "sentence-added"
    SENTENCE_REMOVED = "sentence-removed"
    PARAGRAPH_ADDED = "paragraph-added"
    PARAGRAPH_REMOVED = "paragraph-removed"
    MOVED = "moved"
    WORDING = "wording"
    SPELLING = "spelling"
    ORTHOGRAPHIC = "orthographic"
    CORRECTION_NOTE = "correction-note"


class Significance(StrEnum):
    COSMETIC = "cosmetic"
    MINOR = "minor"
    SUBSTANTIVE = "substantive"

    @property
    def rank(self) -> int:
        return list(Significance).index(self)


class Acknowledged(StrEnum):
    DECLARED = "declared"  # a correction note, or a newer modified time
    SILENT = "silent"
    TOUCHED = "touched"  # a newer modified time and nothing else


class EditStatus(StrEnum):
    PENDING = "pending"  # seen on one visit only
    CONFIRMED = "confirmed"  # seen again on a later visit
    REVERTED = "reverted"  # gone again before it was confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One typed change: where it is, what stood there and what stands there now.

    `field` is an `Article` field; `removed` and `added` hold the words that differ; `before` and `after` the
    whole sentence, paragraph or value around them (empty where there was none).
    """

    field: str
    kinds: tuple[ChangeKind, ...]
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How one reading differs from an earlier one; `changes` empty means that nothing was edited."""

    changes: tuple[Change, ...] = ()
    significance: Significance = Significance.COSMETIC
    reasons: tuple[str, ...] = ()
    acknowledged: Acknowledged = Acknowledged.SILENT

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.field for change in self.changes))

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        return tuple(dict.fromkeys(kind for change in self.changes for kind in change.kinds))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHistory:
    """The facts about one page that decide when it is due again; all times aware UTC.

    `unchanged_visits` counts good visits since the last change, `failures` the visits in a row that read nothing.
    `retry_after` is the earliest time that the server asked for. `pending` says that an edit waits to be seen again.
    """

    first_seen: datetime
    published: datetime | None
    last_visit: datetime
    last_outcome: Outcome
    last_change: datetime | None
    changes: int
    unchanged_visits: int
    failures: int
    pending: bool
    retry_after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A page that this crawl has leased, with what is needed to ask for it cheaply and to compare it.

    `version`, `reader` and `capture_id` describe the page's current version and are None or empty before the first.
    """

    page_id: int
    site: str
    url: str
    etag: str = ""
    last_modified: str = ""
    body_sha256: str = ""
    version: int | None = None
    reader: str = ""
    capture_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """An article URL that discovery came upon."""

    url: str
    title: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Everything that one look at a page brought, before anyone has judged it.

    `failure` is set when there is no response to judge. `earlier` is the current version's capture read anew, where
    that version was read by another reader version than `reading`. `identity` is the URL that the page says it has.
    """

    page_id: int
    url: str
    at: datetime
    response: Response | None = None
    reading: Reading | None = None
    earlier: Reading | None = None
    identity: str = ""
    failure: Outcome | None = None
    note: str = ""
    retry_after: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One line of the ledger: one look at a page and what came of it. `version` is the page's current one after it."""

    url: str
    page_url: str
    at: datetime
    outcome: Outcome
    status: int | None
    version: int | None
    note: str
    capture_sha256: str
    edit_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A feed, sitemap or section page of a site, with the validators of its last answer."""

    kind: str
    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVisit:
    """What came of asking a discovery source; its outcome is `NEW`, `NOT_MODIFIED` or one of the failures."""

    url: str
    at: datetime
    outcome: Outcome
    note: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def not_modified(self) -> bool:
        return self.outcome is Outcome.NOT_MODIFIED

    @property
    def failed(self) -> bool:
        return self.outcome not in {Outcome.NEW, Outcome.NOT_MODIFIED}
