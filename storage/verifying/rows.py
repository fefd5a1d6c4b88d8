"""Checks rows against what the chains say of them: none altered, none missing, none that no chain knows of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Select, and_, select

from storage import schema
from storage.chain import forms
from storage.verifying.faults import Fault, OnStep
from storage.verifying.placing import Placing, Stated
from storage.verifying.stored import Stored, Values

_page = schema.page.c
_BESIDE = {"page": [_page.version_id], "edit": [schema.edit.c.site_id]}  # what is checked that entries say otherwise


def check(stored: Stored, placing: Placing, on_step: OnStep) -> Iterator[Fault]:
    """The faults of pages, versions, readings, edits and memories; empties `placing.rows`."""
    for table in forms.STATED:
        for row, damaged in _stated(stored, table):
            on_step(1)
            known = placing.rows.pop((table, row["id"]), None)
            text = _fault(table, row, damaged, known)
            if text:
                yield _told(stored, table, row, text, known)
    for (table, number), known in placing.rows.items():
        yield Fault(what=table, text="is missing", number=number, site=known.site, seq=known.seq)
    placing.rows.clear()
    yield from _unknown_visits(stored)


def check_some(stored: Stored, placing: Placing, wanted: Mapping[str, Sequence[int]]) -> Iterator[Fault]:
    """The faults of the rows with these numbers, by table."""
    for table, numbers in wanted.items():
        found = {row["id"]: (row, damaged) for row, damaged in _stated(stored, table, numbers)}
        for number in numbers:
            known = placing.rows.get((table, number))
            if number not in found:
                site, seq = (known.site, known.seq) if known else ("", None)
                yield Fault(what=table, text="is missing", number=number, site=site, seq=seq)
            elif text := _fault(table, *found[number], known):
                yield _told(stored, table, found[number][0], text, known)


def _stated(stored: Stored, table: str, numbers: Sequence[int] | None = None) -> Iterator[tuple[Values, list[str]]]:
    """Every row of a table, or those with these numbers."""
    made = schema.metadata.tables[table]
    names = [name for name in forms.STATED[table] if name != "body"]
    with_body = "body" in forms.STATED[table]
    columns = [*(made.c[name] for name in names), *([made.c.body_id] if with_body else _BESIDE.get(table, ()))]
    rows = stored.all(columns) if numbers is None else stored.by_number(columns, numbers).values()
    yield from _with_all_bodies(stored, rows) if with_body else rows


def _with_all_bodies(stored: Stored, rows: Iterable[tuple[Values, list[str]]]) -> Iterator[tuple[Values, list[str]]]:
    batch: list[tuple[Values, list[str]]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == 500:
            yield from _with_bodies(stored, batch)
            batch = []
    yield from _with_bodies(stored, batch)


def _with_bodies(stored: Stored, rows: list[tuple[Values, list[str]]]) -> Iterator[tuple[Values, list[str]]]:
    numbers = [row["body_id"] for row, _ in rows if isinstance(row["body_id"], int)]
    known = stored.by_number([schema.body.c.id, schema.body.c.sha256], numbers)
    for row, damaged in rows:
        body = known.get(row["body_id"])
        yield row | {"body": body[0]["sha256"] if body else None}, damaged


def _fault(table: str, row: Values, damaged: list[str], known: Stated | None) -> str:
    if known is None:
        unread = table == "page" and row["version_id"] is None
        return "" if unread else "is in no chain"
    if damaged:
        return f"not as it was written: {', '.join(damaged)}"
    if table == "edit" and row["site_id"] != known.site_id:
        return "is kept with the edits of another site"
    return "" if forms.row_digest(table, row) == known.digest else "says something else than was entered"


def _told(stored: Stored, table: str, row: Values, text: str, known: Stated | None) -> Fault:
    url, visit = (row["url"], None) if table == "page" else ("", None)
    if table in {"version", "reading", "edit"}:
        found = stored.connection.execute(_origin(table, row["id"])).first()
        url, visit = (found.url or "", found.id) if found else ("", None)
    site, seq = (known.site, known.seq) if known else ("", None)
    return Fault(what=table, text=text, number=row["id"], url=url, visit=visit, site=site, seq=seq)


def _origin(table: str, number: int) -> Select[Any]:
    """The URL of a row's page, and the visit that it came of."""
    version, reading, edit = schema.version.c, schema.reading.c, schema.edit.c
    capture, visit = schema.capture.c, schema.visit.c
    of = {
        "version": select(version.id).where(version.id == number),
        "reading": select(reading.version_id).where(reading.id == number),
        "edit": select(edit.to_version_id).where(edit.id == number),
    }[table]
    return (
        select(_page.url, visit.id)
        .select_from(schema.version.outerjoin(schema.page, _page.id == version.page_id))
        .outerjoin(schema.capture, capture.id == version.capture_id)
        .outerjoin(schema.visit, and_(visit.page_id == capture.page_id, visit.capture_id == capture.id))
        .where(version.id == of.scalar_subquery())
    )


def _unknown_visits(stored: Stored) -> Iterator[Fault]:
    """Visits that no chain knows of, and captures that no visit made."""
    link, visit, capture = schema.link.c, schema.visit.c, schema.capture.c
    for number in stored.connection.scalars(_without(visit.id, link.visit_id)):
        yield Fault(what="visit", text="is in no chain", number=number, visit=number)
    for number in stored.connection.scalars(_without(capture.id, visit.capture_id)):
        yield Fault(what="capture", text="belongs to no visit", number=number)


def _without(number: Column[int], named: Column[Any]) -> Select[int]:
    """The rows that no row of the other table names.

    An anti-join and no `NOT IN`: for that PostgreSQL goes through all of the other table for each row once its numbers
    outgrow `work_mem` (4 MB, some 100,000 rows): the square of their number.
    """
    other = named.table
    return select(number).select_from(number.table.outerjoin(other, named == number)).where(named.is_(None))
