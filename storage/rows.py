"""What the read door gives out: one frozen record for each kind of thing that the archive holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.changes import Change
from storage.records import Article, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """A site: how many pages it has, how many are due, due for over an hour, or failing, and its crawls.

    `lost_fields` are those that its newest articles lack though nearly all before had them.
    """

    site: str
    last_crawl: datetime | None
    next_discovery: datetime | None
    pages: int
    live: int
    gone: int
    due: int
    overdue: int
    failing: int
    next_due: datetime | None
    sources_failing: int
    lost_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSite:
    """A site with work to do; None where nothing of that kind is planned."""

    site: str
    next_discovery: datetime | None
    pages_due: datetime | None

    @property
    def since(self) -> datetime | None:
        """When the earliest of its work was due; None for a site that was never crawled."""
        if self.next_discovery is None:
            return None
        return min(self.next_discovery, self.pages_due) if self.pages_due else self.next_discovery


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One page; `state` is found (never read), live, missing (answered 404 once), gone or moved."""

    id: int
    url: str
    site: str
    title: str
    versions: int
    visits: int
    first_seen: datetime
    last_seen: datetime | None
    next_due: datetime | None
    state: str
    last_outcome: str
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One visit; `version` is the page's current version after it."""

    id: int
    at: datetime
    url: str
    outcome: Outcome
    status: int | None
    version: int | None
    capture_sha256: str
    capture_id: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version of a page; `sources` says for each field where it was read from."""

    id: int
    number: int
    at: datetime
    reader: str
    sources: Mapping[str, str]
    capture_id: int
    capture_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FullVersion:
    """One version of the page at `url`, and what it reads as."""

    url: str
    site: str
    version: VersionRow
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableVersion:
    """One version of a page, the capture that it is read from, and the reader version that read it last.

    `walled`: it is the beginning of an article alone, above a paywall.
    """

    id: int
    number: int
    capture_id: int
    reader: str
    walled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look that showed a version; `capture_id` and `sha256` are of the bytes, where the server sent any."""

    at: datetime
    capture_id: int | None
    sha256: str


def header_fields(head: bytes) -> tuple[tuple[str, str], ...]:
    """The fields of a head in their order, folded lines joined; a bare line feed ends a line too (RFC 9112)."""
    unfolded = re.sub(r"\r?\n[ \t]+", " ", head.decode("latin-1"))
    lines = re.split(r"\r?\n", unfolded)[1:]
    pairs = (line.partition(":") for line in lines if line)
    return tuple((name.strip(), value.strip()) for name, _, value in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCapture:
    """One response as it was received; `wire` is the body as sent where a content coding was undone."""

    requested_url: str
    url: str
    hops: tuple[str, ...]
    at: datetime
    status: int
    request_head: bytes
    head: bytes
    body: bytes
    wire: bytes | None
    address: str
    sha256: str
    fault: str
    elapsed: timedelta = timedelta(0)

    @property
    def sent(self) -> bytes:
        """The body as it was sent."""
        return self.body if self.wire is None else self.wire

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The header fields in the order received."""
        return header_fields(self.head)

    @property
    def content_type(self) -> str:
        """The Content-Type header, or an empty string."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


class Searched(StrEnum):
    """What is searched: what pages say now, or what edits added or removed."""

    CURRENT = "current"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A text that answers a question: its page, and the version that has it, first seen at `at`.

    `hits` says from which to which character of the snippet stands what was searched for. `exact` says that all of it
    stands in the text with the same diacritics. `edit_id` and `status` are those of the edit that added or removed it.
    """

    url: str
    site: str
    title: str
    state: str
    version: int
    at: datetime
    edit_id: int | None
    status: str | None
    exact: bool
    snippet: str
    hits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What building the search index anew came to: how many texts it holds, and the pages whose text is damaged."""

    texts: int
    damaged: tuple[str, ...]


class Has(StrEnum):
    """What a text has of an edit: the words that it brought, those that it took away, both, or neither."""

    NEW = "new"
    OLD = "old"
    BOTH = "both"
    NEITHER = "neither"


class Relation(StrEnum):
    """What a page is to the one whose copies were asked for."""

    PAGE = "page"  # itself
    COPY = "copy"  # on another site
    SAME_SITE = "same-site"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedEdit:
    """An edit of the page at `url`, and what another page's current text has of it."""

    id: int
    url: str
    has: Has
    only_removed: bool = False  # there are no new words to have


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """A page that says nearly what another one says; `similarity` is the part of their wording that they share."""

    relation: Relation
    url: str
    site: str
    title: str
    state: str
    similarity: float
    first_seen: datetime
    published: datetime | None
    edits: tuple[CarriedEdit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRow:
    """One edit; `between` holds the last visit that saw the old text and the first that saw the new one.

    `unread` counts the visits between these two: they read nothing of the article, so they do not narrow it.
    """

    id: int
    url: str
    site: str
    from_version: int
    to_version: int
    between: tuple[datetime, datetime]
    unread: int
    fields: tuple[str, ...]
    kinds: tuple[str, ...]
    significance: str
    reasons: tuple[str, ...]
    acknowledged: str
    status: str
    changes: tuple[Change, ...]

    @property
    def removed(self) -> tuple[str, ...]:
        return tuple(text for change in self.changes for text in change.removed)

    @property
    def added(self) -> tuple[str, ...]:
        return tuple(text for change in self.changes for text in change.added)
