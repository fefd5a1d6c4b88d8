"""Enters what a transaction writes in the chain of its site, within that transaction."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from storage import heads as kept_heads
from storage import schema
from storage.chain import forms
from storage.database import batched

_link = schema.link.c

Rows = Mapping[str, Collection[int]]  # numbers of rows, by table


def enter_visit(connection: Connection, site_id: int, visit_id: int) -> None:
    """Enter a visit, with its capture, as it was stored; what else came of it has been entered before."""
    visit = connection.execute(select(schema.visit).where(schema.visit.c.id == visit_id)).mappings().one()
    capture = None
    if visit["capture_id"] is not None:
        query = select(schema.capture).where(schema.capture.c.id == visit["capture_id"])
        capture = kept_heads.as_sent(connection, dict(connection.execute(query).mappings().one()))
    said = forms.visit_said(dict(visit), capture, visit["page_id"], visit["version_id"])
    values = {"visit_id": visit_id, "page_id": visit["page_id"], "version_id": visit["version_id"]}
    _append(connection, site_id, said, values)


def enter(connection: Connection, site_id: int, rows: Rows, *, gone: Rows | None = None, **more: object) -> None:
    """Enter what rows say now, that others are gone from this chain, and `more` that is to be said of both."""
    stated: dict[str, dict[str, str | None]] = {table: {} for table in (*rows, *(gone or {}))}
    for table, numbers in (gone or {}).items():
        stated[table] |= dict.fromkeys(map(str, numbers))
    for table, numbers in rows.items():
        stated[table] |= {str(number): digest for number, digest in digests(connection, table, numbers).items()}
    kept = {table: found for table, found in stated.items() if found}
    said = more | ({"rows": kept} if kept else {})
    if said:
        _append(connection, site_id, said, {"said": forms.canonical(said).decode()})


def site_of(connection: Connection, page_id: int) -> int:
    """The site that a page belongs to."""
    return int(connection.execute(select(schema.page.c.site_id).where(schema.page.c.id == page_id)).scalar_one())


def digests(connection: Connection, table: str, numbers: Collection[int]) -> dict[int, str]:
    """What rows of a table say, by their numbers."""
    found: dict[int, str] = {}
    for batch in batched(numbers):
        query = stated_rows(table).where(schema.metadata.tables[table].c.id.in_(batch))
        found |= {row["id"]: forms.row_digest(table, dict(row)) for row in connection.execute(query).mappings()}
    return found


def stated_rows(table: str) -> Any:  # noqa: ANN401 - a select of various columns
    """Selects what entries commit to of a table's rows."""
    columns = schema.metadata.tables[table].c
    names = forms.STATED[table]
    if "body" not in names:
        return select(*(columns[name] for name in names))
    own = [columns[name] for name in names if name != "body"]
    return select(*own, schema.body.c.sha256.label("body")).join(schema.body, schema.body.c.id == columns.body_id)


def close_day(connection: Connection, at: datetime) -> None:
    """Before the first visit of a day: an entry in the archive's own chain that commits to the heads of all others."""
    day = at.date().isoformat()
    last = connection.execute(_last(forms.ARCHIVE, _link.said)).scalar_one_or_none()
    if last is not None and json.loads(last)["day"] >= day:
        return
    found = heads(connection)
    if found:
        said = {"day": day, "heads": {key: [seq, digest.hex()] for key, (seq, digest) in found.items()}}
        _append(connection, forms.ARCHIVE, said, {"said": forms.canonical(said).decode()})


def heads(connection: Connection) -> dict[str, tuple[int, bytes]]:
    """Number and digest of the newest entry of each site's chain, by the site's key."""
    sites = connection.execute(select(schema.site.c.id, schema.site.c.key).order_by(schema.site.c.id)).all()
    newest = {site.key: connection.execute(_last(site.id, _link.seq, _link.digest)).one_or_none() for site in sites}
    return {key: (row.seq, row.digest) for key, row in newest.items() if row is not None}


def _last(site_id: int, *columns: Any) -> Any:  # noqa: ANN401 - a select of these columns
    return select(*columns).where(_link.site_id == site_id).order_by(_link.seq.desc()).limit(1)


def _append(connection: Connection, site_id: int, said: Mapping[str, object], values: Mapping[str, object]) -> None:
    last = connection.execute(_last(site_id, _link.seq, _link.digest)).one_or_none()
    seq, before = (last.seq + 1, last.digest) if last else (1, forms.beginning(_key(connection, site_id)))
    made = {"site_id": site_id, "seq": seq, "digest": forms.link_digest(seq, before, said)}
    connection.execute(insert(schema.link).values(made | dict(values)))


def _key(connection: Connection, site_id: int) -> str:
    if site_id == forms.ARCHIVE:
        return ""
    return str(connection.execute(select(schema.site.c.key).where(schema.site.c.id == site_id)).scalar_one())
