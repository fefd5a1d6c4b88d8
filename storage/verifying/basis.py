"""What the evidence for one edit is made from, rows, captures, texts and chains, and whether it fits together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select

from storage import schema
from storage.stamps import keeping
from storage.verifying import bodies, links, placing, rows, stamps
from storage.verifying.faults import Fault
from storage.verifying.stored import Stored

_edit, _link, _version, _reading, _visit, _capture = (
    table.c for table in (schema.edit, schema.link, schema.version, schema.reading, schema.visit, schema.capture)
)
Place = tuple[str, int]  # the site of a chain, and the number of an entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The numbers of the rows that an edit is made from, by table, as far as they are there.

    `version` are the old one and the new one, `reading` those that they have now.
    """

    rows: Mapping[str, list[int]]
    captures: tuple[int, ...]


def of_edit(stored: Stored, edit_id: int) -> Basis | None:
    """What an edit is made from; None where there is no such edit."""
    found = stored.by_number([_edit.id, _edit.page_id, _edit.from_version_id, _edit.to_version_id], [edit_id])
    if edit_id not in found:
        return None
    edit = found[edit_id][0]
    versions = [edit["from_version_id"], edit["to_version_id"]]
    readings = [number for version in versions for number in _readings(stored.connection, version)]
    return Basis(
        rows={"edit": [edit_id], "page": [edit["page_id"]], "version": versions, "reading": readings},
        captures=_numbers(stored.connection, select(_version.capture_id).where(_version.id.in_(versions))),
    )


def _readings(connection: Connection, version_id: int) -> tuple[int, ...]:
    return _numbers(connection, select(_reading.id).where(_reading.version_id == version_id, _reading.current))


def _numbers(connection: Connection, query: Any) -> tuple[int, ...]:  # noqa: ANN401 - a select of one column
    return tuple(number for number in connection.scalars(query) if number is not None)


def sites_of(stored: Stored) -> dict[int, str]:
    """The keys of all sites, by their numbers."""
    return {row["id"]: row["key"] for row, _ in stored.all([schema.site.c.id, schema.site.c.key])}


def places(connection: Connection, basis: Basis, placed: placing.Placing, sites: Mapping[int, str]) -> set[Place]:
    """The entries that tell last of the rows, and those of the visits that made the captures."""
    stated = [placed.rows.get((table, number)) for table, numbers in basis.rows.items() for number in numbers]
    joined = schema.link.join(schema.visit, and_(_visit.id == _link.visit_id, _visit.capture_id.in_(basis.captures)))
    visits = connection.execute(select(_link.site_id, _link.seq).select_from(joined))
    return {(one.site, one.seq) for one in stated if one is not None} | {
        (sites[row.site_id], row.seq) for row in visits if row.site_id in sites
    }


def starts(found: set[Place]) -> dict[str, int]:
    """For each chain the first entry that is needed."""
    return {site: min(seq for key, seq in found if key == site) for site, _ in sorted(found)}


def check(stored: Stored, basis: Basis, certificates: bytes) -> Iterator[Fault]:
    """The faults of all that goes into the evidence; time stamps by these root certificates, where there are any."""
    sites, placed = sites_of(stored), placing.Placing()
    twice = list(placing.gather(stored, sites, placed))
    yield from (fault for fault in twice if fault.number in basis.rows.get(fault.what, ()))
    needed = places(stored.connection, basis, placed, sites)
    yield from bodies.check_some(stored, _bodies(stored.connection, basis))
    numbers = {key: number for number, key in sites.items()}
    for site, start in starts(needed).items():
        yield from links.check(stored, numbers[site], site, placed, lambda _rows: None, start)
    yield from _stamps(stored, sites, needed, certificates)
    if len(basis.rows["reading"]) != len(basis.rows["version"]):
        yield Fault(
            what="edit", number=basis.rows["edit"][0], text="its two versions have not one current reading each"
        )
    yield from rows.check_some(stored, placed, basis.rows)


def _bodies(connection: Connection, basis: Basis) -> list[int]:
    made = _capture.id.in_(basis.captures)
    wanted = (
        select(_capture.body_id).where(made),
        select(_capture.wire_body_id).where(made),
        select(_reading.body_id).where(_reading.id.in_(basis.rows["reading"])),
    )
    return [number for query in wanted for number in _numbers(connection, query)]


def _stamps(stored: Stored, sites: Mapping[int, str], needed: set[Place], certificates: bytes) -> Iterator[Fault]:
    faults = list(stamps.check(stored, {**sites, 0: ""}, certificates, lambda _rows: None))
    if not faults:
        return
    try:
        used = {stamp.id for stamp in keeping.covering(stored.connection, needed)}
    except ValueError:  # a time that is none, in a stamp before those that are used
        used = {fault.number for fault in faults if fault.number is not None}
    yield from (fault for fault in faults if fault.number in used)
