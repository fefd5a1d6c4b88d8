"""Checks a chain entry by entry: each follows from the one before, and says what the visit's rows say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from storage import heads, schema
from storage.chain import forms
from storage.errors import DamagedBodyError
from storage.verifying.faults import Fault, OnStep
from storage.verifying.placing import Placing, parsed
from storage.verifying.stored import Stored, Values

_link = schema.link.c
_COLUMNS = list(_link)
_VISIT = list(schema.visit.c)
_CAPTURE = list(schema.capture.c)
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The rows that some entries are made from, by their ids."""

    visits: Mapping[int, tuple[Values, list[str]]]
    captures: Mapping[int, tuple[Values, list[str]]]
    digests: Mapping[int, str]  # of bodies
    urls: Mapping[int, str]  # of pages


def check(
    stored: Stored, site_id: int, site: str, placing: Placing, on_step: OnStep, start: int = 1
) -> Iterator[Fault]:
    """The faults of one chain from the entry `start` on, and of the visits and captures that it tells of."""
    before, expected, bases = _before(stored, site_id, site, start), start, heads.Bases(stored.connection)
    for batch in _batches(stored, site_id, start):
        rows = _rows(stored, batch, bases)
        for link in batch:
            on_step(1)
            where = _where(link, rows, site)
            gap = link["seq"] != expected
            if gap:
                yield Fault(text=f"before entry {link['seq']} stands none with the number {expected}", **where)
            wrong = list(_entry_faults(link, rows, placing, None if gap else before))
            for what, number, text in wrong:
                yield Fault(**where | {"what": what, "number": number}, text=text)
            before, expected = link["digest"], link["seq"] + 1


def _where(link: Values, rows: _Rows, site: str) -> dict[str, Any]:
    visit = rows.visits.get(link["visit_id"])
    page_id = visit[0]["page_id"] if visit else link["page_id"]
    return {
        "what": "chain",
        "number": None,
        "site": site,
        "seq": link["seq"],
        "visit": link["visit_id"],
        "url": rows.urls.get(page_id, ""),
    }


def _before(stored: Stored, site_id: int, site: str, start: int) -> bytes:
    """What the entry `start` follows."""
    query = select(_link.digest).where(_link.site_id == site_id, _link.seq == start - 1)
    return stored.connection.execute(query).scalar_one_or_none() or forms.beginning(site)


def _batches(stored: Stored, site_id: int, start: int) -> Iterator[list[Values]]:
    query = select(*stored.columns(_COLUMNS)).where(_link.site_id == site_id).order_by(_link.seq).limit(_BATCH)
    while found := stored.connection.execute(query.where(_link.seq >= start)).all():
        yield [stored.values(_COLUMNS, row)[0] for row in found]
        start = found[-1].seq + 1


def _rows(stored: Stored, links: Sequence[Values], bases: heads.Bases) -> _Rows:
    visits = stored.by_number(_VISIT, [link["visit_id"] for link in links if link["visit_id"] is not None])
    wanted = [visit["capture_id"] for visit, _ in visits.values() if visit["capture_id"]]
    captures = {number: _as_sent(stored, bases, *row) for number, row in stored.by_number(_CAPTURE, wanted).items()}
    bodies = {capture[name] for capture, _ in captures.values() for name in ("body_id", "wire_body_id")}
    digests = stored.by_number([schema.body.c.id, schema.body.c.sha256], [one for one in bodies if one is not None])
    pages = {visit["page_id"] for visit, _ in visits.values()} | {link["page_id"] for link in links}
    urls = stored.by_number([schema.page.c.id, schema.page.c.url], [one for one in pages if one is not None])
    return _Rows(
        visits=visits,
        captures=captures,
        digests={number: row["sha256"] for number, (row, _) in digests.items()},
        urls={number: row["url"] for number, (row, _) in urls.items()},
    )


def _as_sent(stored: Stored, bases: heads.Bases, capture: Values, damaged: list[str]) -> tuple[Values, list[str]]:
    try:
        return heads.as_sent(stored.connection, capture, bases), damaged
    except DamagedBodyError:
        return capture, [*damaged, "the heads"]


def _entry_faults(
    link: Values, rows: _Rows, placing: Placing, before: bytes | None
) -> Iterator[tuple[str, int | None, str]]:
    """Kind of row, its number and what is wrong; `before` is None where the entry before is missing."""
    said: Mapping[str, object] | None
    if link["visit_id"] is None:
        said = parsed(link["said"])
        if said is None or link["page_id"] is not None or link["version_id"] is not None:
            yield "chain", None, "what the entry says is not as it was written"
            return
    else:
        visit, damaged = rows.visits.get(link["visit_id"], (None, []))
        if visit is None:
            yield "visit", link["visit_id"], "the visit of the entry is missing"
            return
        capture, faults = _capture(visit, rows)
        yield from faults
        if visit["capture_id"] is not None and capture is None:
            return
        yield from _placed(link, visit, damaged, capture, placing)
        said = forms.visit_said(visit, capture, link["page_id"], link["version_id"])
    if link["visit_id"] is not None and link["said"] is not None:
        yield "chain", None, "the entry says more than was written"
    if before is not None and forms.link_digest(link["seq"], before, said) != link["digest"]:
        yield "chain", None, "the entry is not what its digest was made of"


def _placed(
    link: Values, visit: Values, damaged: list[str], capture: Values | None, placing: Placing
) -> Iterator[tuple[str, int | None, str]]:
    number = visit["id"]
    if damaged:
        yield "visit", number, f"not as it was written: {', '.join(damaged)}"
    if visit["page_id"] != placing.page(link["page_id"]):
        yield "visit", number, f"is counted to page {visit['page_id']}, which it was not of"
    if visit["version_id"] != placing.version(link["version_id"]):
        yield "visit", number, f"is said to have seen version {visit['version_id']}, which it had not"
    if capture is not None and capture["page_id"] != visit["page_id"]:
        yield "capture", capture["id"], f"is counted to page {capture['page_id']}, the visit is not"


def _capture(visit: Values, rows: _Rows) -> tuple[Values | None, list[tuple[str, int | None, str]]]:
    number = visit["capture_id"]
    if number is None:
        return None, []
    if number not in rows.captures:
        return None, [("capture", number, "the capture of the visit is missing")]
    capture, damaged = rows.captures[number]
    faults: list[tuple[str, int | None, str]] = []
    if damaged:
        faults.append(("capture", number, f"not as it was written: {', '.join(damaged)}"))
    if rows.digests.get(capture["body_id"]) != capture["sha256"]:
        faults.append(("capture", number, "its body is another than was received"))
    wire = capture["body_id"] if capture["wire_body_id"] is None else capture["wire_body_id"]
    if rows.digests.get(wire) != capture["wire_sha256"]:
        faults.append(("capture", number, "its body as sent is another than was received"))
    return capture, faults


def check_days(stored: Stored, sites: Mapping[int, str]) -> Iterator[Fault]:
    """Where a chain is no longer the one that an entry of the archive's own chain commits to."""
    numbers = {key: site_id for site_id, key in sites.items()}
    query = select(*stored.columns([_link.seq, _link.said])).where(_link.site_id == forms.ARCHIVE)
    for seq, text in stored.connection.execute(query.order_by(_link.seq)):
        said = parsed(text) or {}
        heads = said.get("heads")
        for key, (number, digest) in heads.items() if isinstance(heads, dict) else ():
            known = select(_link.digest).where(_link.site_id == numbers.get(key, -1), _link.seq == number)
            found = stored.connection.execute(known).scalar_one_or_none()
            if found is None or found.hex() != digest:
                lost = f"entry {number} is not the one that was there on {said.get('day')} (archive's entry {seq})"
                yield Fault(what="chain", text=lost, site=key, seq=number)
