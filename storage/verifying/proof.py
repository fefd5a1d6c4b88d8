"""What shows that an edit was seen: its rows, its captures, and the chains from the first of them to their heads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import DatabaseError

from storage import bodies, heads, schema
from storage.chain import entering, forms
from storage.database import explain
from storage.door import Door
from storage.errors import ArchiveError
from storage.stamps import keeping
from storage.stamps.statements import Stamp
from storage.verifying import basis, placing
from storage.verifying.faults import Fault
from storage.verifying.stored import Stored, tolerate

_BATCH = 500
_link, _reading = schema.link.c, schema.reading.c
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """An edit's evidence: rows as `storage.chain.forms` states them, by table; the old and the new version.

    `captures` and `texts` belong to the two versions, the old one first; a text is the Article as canonical JSON.
    `starts` says for each chain the first entry that is needed. `stamps` are the first ones that cover each of the
    entries that tell of the rows and of the visits.
    """

    rows: Mapping[str, tuple[Row, ...]]
    captures: tuple[int, int]
    texts: tuple[bytes, bytes]
    starts: Mapping[str, int]
    stamps: tuple[Stamp, ...]


class Prover(Door):
    """An archive open for what it proves."""

    def __init__(self, url: str) -> None:
        super().__init__(url, read_only=True)

    def faults(self, edit_id: int, certificates: bytes = b"") -> list[Fault]:
        """What is wrong, by the chains, with that which goes into the evidence for an edit.

        Raises:
            ArchiveError: there is no such edit.
        """
        try:
            with self.snapshot() as connection:
                tolerate(connection)
                stored = Stored(connection)
                return list(basis.check(stored, _basis(stored, edit_id), certificates))
        except DatabaseError as error:
            raise explain(error, self._url) from error

    def proof(self, edit_id: int) -> Proof:
        """The evidence for an edit.

        Raises:
            ArchiveError: there is no such edit, or what it is made from is not all there.
        """
        with self._transaction() as connection:
            stored = Stored(connection)
            made = _basis(stored, edit_id)
            rows = {table: _stated(connection, table, numbers) for table, numbers in made.rows.items()}
            if len(rows["reading"]) != len(rows["version"]):
                raise ArchiveError(f"a version of edit {edit_id} has no reading, or several")
            captures = [row["capture_id"] for row in rows["version"]]
            texts = [_text(connection, row["id"]) for row in rows["reading"]]
            sites, placed = basis.sites_of(stored), placing.Placing()
            list(placing.gather(stored, sites, placed))
            places = basis.places(connection, made, placed, sites)
            return Proof(
                rows=rows,
                captures=(captures[0], captures[1]),
                texts=(texts[0], texts[1]),
                starts=basis.starts(places),
                stamps=tuple(keeping.covering(connection, places)),
            )

    def entries(self, site: str, start: int) -> Iterator[dict[str, Any]]:
        """The entries of a site's chain from `start` to the head: `seq`, `before`, `said` and `digest`."""
        with self._transaction() as connection:
            site_id = connection.execute(select(schema.site.c.id).where(schema.site.c.key == site)).scalar_one()
            query = select(_link.digest).where(_link.site_id == site_id, _link.seq == start - 1)
            before = connection.execute(query).scalar_one_or_none() or forms.beginning(site)
            while links := connection.execute(_links(site_id, start)).mappings().all():
                for link in links:
                    said = _said(connection, dict(link))
                    yield {"seq": link["seq"], "before": before.hex(), "said": said, "digest": link["digest"].hex()}
                    before = link["digest"]
                start = links[-1]["seq"] + 1


def _basis(stored: Stored, edit_id: int) -> basis.Basis:
    found = basis.of_edit(stored, edit_id)
    if found is None:
        raise ArchiveError(f"there is no edit {edit_id}")
    return found


def _stated(connection: Connection, table: str, numbers: list[int]) -> tuple[Row, ...]:
    """What the rows with these numbers say, in this order."""
    query = entering.stated_rows(table).where(schema.metadata.tables[table].c.id.in_(numbers))
    found = {row["id"]: forms.row_fields(table, dict(row)) for row in connection.execute(query).mappings()}
    if missing := [number for number in numbers if number not in found]:
        raise ArchiveError(f"{table} {missing[0]} is missing")
    return tuple(dict(found[number]) for number in numbers)


def _text(connection: Connection, reading_id: int) -> bytes:
    body_id = connection.execute(select(_reading.body_id).where(_reading.id == reading_id)).scalar_one()
    return bodies.get(connection, body_id)


def _links(site_id: int, start: int) -> Any:  # noqa: ANN401 - a select of the whole table
    return select(schema.link).where(_link.site_id == site_id, _link.seq >= start).order_by(_link.seq).limit(_BATCH)


def _said(connection: Connection, link: Row) -> dict[str, Any]:
    if link["visit_id"] is None:
        return placing.parsed(link["said"]) or {}
    visit = _row(connection, schema.visit, link["visit_id"])
    number = visit["capture_id"]
    capture = None if number is None else heads.as_sent(connection, _row(connection, schema.capture, number))
    return forms.visit_said(visit, capture, link["page_id"], link["version_id"])


def _row(connection: Connection, table: Table, number: int) -> Row:
    found = connection.execute(select(table).where(table.c.id == number)).mappings().one_or_none()
    if found is None:
        raise ArchiveError(f"{table.name} {number} is missing")
    return dict(found)
