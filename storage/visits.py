"""The records of a look at a page: what is due, what was found, and the line of the ledger that it becomes."""

from dataclasses import dataclass, field
from datetime import datetime

from storage.changes import SiteWeights
from storage.records import Outcome, Reading, Response


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
    last_visit: datetime | None = None


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
    that version was read by another reader version than `reading`; `until` is the last look at which its text was
    still there by that reader, where later ones overlooked that it was not. Of a look that was made before others that
    are stored already, `earlier` is the version shown before it; `later` is likewise the one shown after it.
    `identity` is the URL that the page says it has. `weights` are the site's, for an edit that may have been found.
    """

    page_id: int
    url: str
    at: datetime
    response: Response | None = None
    reading: Reading | None = None
    earlier: Reading | None = None
    later: Reading | None = None
    until: datetime | None = None
    identity: str = ""
    failure: Outcome | None = None
    note: str = ""
    retry_after: datetime | None = None
    weights: SiteWeights = field(default_factory=SiteWeights)


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
