"""The records that the layers exchange: what was fetched, what it reads as, what changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import StrEnum

KEY_BYTES = 6  # of 3,000 keys of what pages show one stands for another text once in tens of millions of comparisons


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
    page's zone. `updated` says that it is when the page was brought up to date, which stands for the time it was
    published where a page states no other.
    """

    at: datetime
    offset: timedelta
    text: str
    date_only: bool = False
    updated: bool = False

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
    shown: tuple[int, ...] = ()  # keys of all that the page shows (storage.comparison.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A text that the reading left out, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A value that a field of the article might have had, and where the page states it.

    `chosen` says that the field has it, and `why` then says why it, and not another one.
    """

    field: str
    value: str
    source: str
    chosen: bool = False
    why: str = ""


EXTENT = "extent"  # the source that says that no more than the beginning of an article was read, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading one page's bytes gave: an article, or the reason why there is none.

    `unreadable` and `suspect` are empty when all is well; a suspect page may still carry the article that it
    seems to hold. `sources` says for each filled field where it came from; `reader` is the reader version.
    `learned` are the keys (`storage.sitememory.block_key`) of the blocks that the site's memory took out.
    `candidates` are for people who look at one page (`luutin try`); they are stored nowhere.
    """

    reader: str
    article: Article | None = None
    unreadable: str = ""
    suspect: str = ""
    dropped: tuple[Dropped, ...] = ()
    learned: tuple[int, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()

    @property
    def walled(self) -> bool:
        """Whether it is suspect for one thing alone: the page shows the beginning of its article, above a paywall."""
        return EXTENT in self.sources


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
    fault: str = ""
    fault_outcome: Outcome | None = None  # TRUNCATED, TOO_LARGE or UNREADABLE, when there is a fault

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")
