"""What Luutin knows of a visit besides the answer, and of a site: the JSON of metadata records, and back. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.records import Outcome
from storage.rows import HistoryRow, PageRow, RawCapture
from storage.sitememory import Memory

FORM = 1  # of the JSON; a reader leaves a greater one alone
CONTENT_TYPE = "application/json"
_FAULTS = {Outcome.TRUNCATED, Outcome.TOO_LARGE, Outcome.UNREADABLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A visit as an archive of ours tells of it; `sha256` is that of the body decoded, empty without an answer."""

    site: str
    page: str
    page_first_seen: datetime
    url: str
    at: datetime
    outcome: Outcome
    note: str
    requested_url: str = ""
    hops: tuple[str, ...] = ()
    elapsed: timedelta = timedelta(0)
    fault: str = ""
    sha256: str = ""

    @property
    def answered(self) -> bool:
        """Whether there was an answer."""
        return bool(self.sha256)

    @property
    def fault_outcome(self) -> Outcome | None:
        """What the fault of the answer amounts to; where the status alone decided, it is of no account which."""
        if not self.fault:
            return None
        return self.outcome if self.outcome in _FAULTS else Outcome.TRUNCATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What was learned of a site, and when."""

    site: str
    at: datetime
    memory: Memory


def of_visit(page: PageRow, row: HistoryRow, raw: RawCapture | None) -> bytes:
    """The JSON for a visit."""
    fields: dict[str, Any] = {
        "luutin": FORM,
        "site": page.site,
        "page": page.url,
        "page_first_seen": page.first_seen.isoformat(),
        "visit": row.id,
        "url": row.url,
        "at": row.at.isoformat(),
        "outcome": row.outcome.value,
        "status": row.status,
        "version": row.version,
        "note": row.note,
    }
    if raw is not None:
        fields |= {
            "requested_url": raw.requested_url,
            "hops": list(raw.hops),
            "elapsed_us": int(raw.elapsed / timedelta(microseconds=1)),
            "fault": raw.fault,
            "capture_sha256": raw.sha256,
        }
    return json.dumps(fields).encode()


def of_lesson(site: str, at: datetime, memory: Memory) -> bytes:
    """The JSON for what was learned of a site."""
    known = {"blocks": memory.blocks, "missing": memory.missing}
    return json.dumps({"luutin": FORM, "site": site, "at": at.isoformat(), "memory": known}).encode()


def read(data: bytes) -> Told | Lesson | None:
    """What a metadata record says; None where it is none of ours, or one of a newer release."""
    try:
        fields = json.loads(data)
        if not 1 <= fields["luutin"] <= FORM:
            return None
        return _lesson(fields) if "memory" in fields else _told(fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _lesson(fields: Mapping[str, Any]) -> Lesson:
    known = fields["memory"]
    blocks = tuple((int(key), int(spread)) for key, spread in known["blocks"])
    memory = Memory(blocks=blocks, missing=tuple(int(key) for key in known["missing"]))
    return Lesson(site=str(fields["site"]), at=_time(fields["at"]), memory=memory)


def _told(fields: Mapping[str, Any]) -> Told:
    return Told(
        site=str(fields["site"]),
        page=str(fields["page"]),
        page_first_seen=_time(fields["page_first_seen"]),
        url=str(fields["url"]),
        at=_time(fields["at"]),
        outcome=Outcome(fields["outcome"]),
        note=str(fields["note"]),
        requested_url=str(fields.get("requested_url", "")),
        hops=tuple(map(str, fields.get("hops", ()))),
        elapsed=timedelta(microseconds=int(fields.get("elapsed_us", 0))),
        fault=str(fields.get("fault", "")),
        sha256=str(fields.get("capture_sha256", "")),
    )


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment
