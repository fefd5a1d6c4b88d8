"""What the spider hands to the pipelines: one look at a page, before anything was read."""

from dataclasses import dataclass
from datetime import datetime

from storage.records import Due, Outcome, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One look at a leased page: a response, or a failure with its note."""

    due: Due
    url: str
    at: datetime
    response: Response | None = None
    failure: Outcome | None = None
    note: str = ""
    retry_after: datetime | None = None
