"""What shows that an edit was seen: its rows, its captures, and the chains from the first of them to their heads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select

from storage import bodies, heads, schema
from storage.chain import entering, forms
from storage.door import Door
from storage.errors import ArchiveError
from storage.stamps import keeping
from storage.stamps.statements import Stamp
from storage.verifying import placing
from storage.verifying.stored import Stored

_BATCH = 500
_edit, _link, _version, _reading, _visit = (
    table.c for table in (schema.edit, schema.link, schema.version, schema.reading, schema.visit)
)
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

    def proof(self, edit_id: int) -> Proof:
        """The evidence for an edit.

        Raises:
            ArchiveError: there is no such edit.
        """
        with self._transaction() as connection:
            edit = connection.execute(select(schema.edit).where(_edit.id == edit_id)).mappings().one_or_none()
            if edit is None:
                raise ArchiveError(f"there is no edit {edit_id}")
            ids = {"edit": [edit_id], "page": [edit["page_id"]]}
            ids["version"] = [edit["from_version_id"], edit["to_version_id"]]
            ids["reading"] = [_current(connection, version) for version in ids["version"]]
            rows = {table: _stated(connection, table, numbers) for table, numbers in ids.items()}
            captures = [row["capture_id"] for row in rows["version"]]
            texts = [_text(connection, row["id"]) for row in rows["reading"]]
            places = _places(connection, ids, captures)
            return Proof(
                rows=rows,
                captures=(captures[0], captures[1]),
                texts=(texts[0], texts[1]),
                starts={site: min(seq for key, seq in places if key == site) for site, _ in sorted(places)},
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


def _current(connection: Connection, version_id: int) -> int:
    query = select(_reading.id).where(_reading.version_id == version_id, _reading.current)
    return int(connection.execute(query).scalar_one())


def _stated(connection: Connection, table: str, numbers: list[int]) -> tuple[Row, ...]:
    """What the rows with these numbers say, in this order."""
    query = entering.stated_rows(table).where(schema.metadata.tables[table].c.id.in_(numbers))
    found = {row["id"]: forms.row_fields(table, dict(row)) for row in connection.execute(query).mappings()}
    return tuple(dict(found[number]) for number in numbers)


def _text(connection: Connection, reading_id: int) -> bytes:
    body_id = connection.execute(select(_reading.body_id).where(_reading.id == reading_id)).scalar_one()
    return bodies.get(connection, body_id)


def _places(connection: Connection, ids: Mapping[str, list[int]], captures: list[int]) -> set[tuple[str, int]]:
    """The entries, by site and number, that tell last of these rows, and those of the visits."""
    sites: dict[int, str] = {row.id: row.key for row in connection.execute(select(schema.site.c.id, schema.site.c.key))}
    placed = placing.Placing()
    list(placing.gather(Stored(connection), sites, placed))
    stated = [placed.rows.get((table, number)) for table, numbers in ids.items() for number in numbers]
    joined = schema.link.join(schema.visit, and_(_visit.id == _link.visit_id, _visit.capture_id.in_(captures)))
    visits = connection.execute(select(_link.site_id, _link.seq).select_from(joined))
    return {(one.site, one.seq) for one in stated if one is not None} | {
        (sites[row.site_id], row.seq) for row in visits
    }


def _links(site_id: int, start: int) -> Any:  # noqa: ANN401 - a select of the whole table
    return select(schema.link).where(_link.site_id == site_id, _link.seq >= start).order_by(_link.seq).limit(_BATCH)


def _said(connection: Connection, link: Row) -> dict[str, Any]:
    if link["visit_id"] is None:
        return placing.parsed(link["said"]) or {}
    visit = connection.execute(select(schema.visit).where(_visit.id == link["visit_id"])).mappings().one()
    capture = None
    if visit["capture_id"] is not None:
        query = select(schema.capture).where(schema.capture.c.id == visit["capture_id"])
        capture = heads.as_sent(connection, dict(connection.execute(query).mappings().one()))
    return forms.visit_said(dict(visit), capture, link["page_id"], link["version_id"])
