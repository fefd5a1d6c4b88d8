"""What the spider hands to the pipelines: one look at a page, before anything was read."""

from dataclasses import dataclass, field
from datetime import datetime

from storage.records import Outcome, Response
from storage.visits import Due

RESPONSE = "luutin_response"  # where a request's meta holds the raw Response
RETRY_AFTER = "luutin_retry_after"  # where it holds the time until which the host wants to be left alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One look at a leased page: a response, or a failure with its note."""

    due: Due
    url: str
    at: datetime
    response: Response | None = field(default=None, repr=False)  # Scrapy logs items, and this one may hold megabytes
    failure: Outcome | None = None
    note: str = ""
    retry_after: datetime | None = None
