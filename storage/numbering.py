"""Versions that are put between others, or found to have been there earlier: numbers follow the times."""

from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from storage import schema, versions
from storage.chain import entering
from storage.visits import Finding

_version = schema.version.c
_reading = schema.reading.c


def insert_version(connection: Connection, page: Row[Any], finding: Finding, capture_id: int) -> int:
    """Store a version read from a capture, after those that were there before it; later ones move on by one.

    From the last one on, so that no two versions of a page ever have one number.
    """
    earlier = select(func.max(_version.number)).where(_version.page_id == page.id, _version.at <= finding.at)
    number = (connection.execute(earlier).scalar_one() or 0) + 1
    query = select(_version.id, _version.number).where(_version.page_id == page.id, _version.number >= number)
    later = connection.execute(query.order_by(_version.number.desc())).all()
    for row in later:
        moved = update(schema.version).where(_version.id == row.id).values(number=row.number + 1)
        connection.execute(moved)
    if later:
        entering.enter(connection, page.site_id, {"version": [row.id for row in later]})
    return versions.add(connection, page, finding, capture_id, number=number)


def saw_first(connection: Connection, page: Row[Any], version_id: int, finding: Finding, capture_id: int) -> None:
    """Have a version be that of an earlier capture, which says the same; it is read from that one now."""
    assert finding.reading is not None
    old = list(connection.scalars(select(_reading.id).where(_reading.version_id == version_id)))
    values = {"capture_id": capture_id, "at": finding.at}
    connection.execute(update(schema.version).where(_version.id == version_id).values(values))
    connection.execute(delete(schema.reading).where(_reading.version_id == version_id))
    entering.enter(connection, page.site_id, {"version": [version_id]}, gone={"reading": old})
    versions.make_current(connection, page.id, version_id, finding.reading)
