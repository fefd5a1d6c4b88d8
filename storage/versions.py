"""Versions in the database: what a capture reads as, and by which reader version."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from storage import articles, bodies, schema
from storage.chain import entering
from storage.errors import DamagedBodyError
from storage.foreseen import once
from storage.records import EXTENT, Article, Reading
from storage.visits import Finding

_reading = schema.reading.c


def current(connection: Connection, version_id: int | None) -> tuple[Article | None, str]:
    """What a version reads as, and which reader version read it last; nothing where what is stored of it is damaged."""
    if version_id is None:
        return None, ""
    row = connection.execute(
        select(_reading.body_id, _reading.reader).where(_reading.version_id == version_id, _reading.current)
    ).one()
    body_id = row.body_id
    try:
        return once(("article", body_id), lambda: articles.from_bytes(bodies.get(connection, body_id))), row.reader
    except DamagedBodyError:
        return None, ""


def shown(connection: Connection, version_id: int | None, finding: Finding) -> tuple[Article | None, str]:
    """What a look is compared with: a version, or where that is damaged what its capture was read as anew."""
    article, reader = current(connection, version_id)
    if article is None and version_id is not None and finding.earlier is not None:
        return finding.earlier.article, finding.earlier.reader
    return article, reader


def is_walled(connection: Connection, version_id: int | None) -> bool:
    """Whether a version is the beginning of an article alone, above a paywall."""
    query = select(_reading.sources).where(_reading.version_id == version_id, _reading.current)
    return version_id is not None and EXTENT in (connection.execute(query).scalar_one() or ())


def seen_first(connection: Connection, version_id: int | None) -> datetime | None:
    """When the capture was asked for that a version was read from."""
    query = select(schema.version.c.at).where(schema.version.c.id == version_id)
    return None if version_id is None else connection.execute(query).scalar_one()


def add(connection: Connection, page: Row[Any], finding: Finding, capture_id: int, number: int | None = None) -> int:
    """Store a version of a page, read from a capture; without a number it is the next one."""
    assert finding.reading is not None
    number = page.versions + 1 if number is None else number
    values = {"page_id": page.id, "number": number, "capture_id": capture_id, "at": finding.at}
    version_id = int(
        connection.execute(insert(schema.version).values(values).returning(schema.version.c.id)).scalar_one()
    )
    reading_id = _store(connection, page.id, version_id, finding.reading)
    made = {"version": [version_id], "reading": [reading_id]}
    entering.enter(connection, page.site_id, made if page.versions else made | {"page": [page.id]})
    return version_id


def foresee(connection: Connection, page: Row[Any], article: Article) -> None:
    """Compress what a page's next version reads as, without storing it."""
    bodies.foresee(connection, articles.to_bytes(article), f"text:{page.id}")


def reread(connection: Connection, page: Row[Any], reader: str, finding: Finding) -> None:
    """Keep what the page's current version reads as anew, so that it need not be read anew on every visit."""
    earlier, reading = finding.earlier, finding.reading
    if earlier is None or earlier.article is None or reading is None or earlier.reader != reading.reader:
        return
    if earlier.reader == reader:
        return
    make_current(connection, page.id, page.version_id, earlier)


def make_current(connection: Connection, page_id: int, version_id: int, reading: Reading) -> None:
    """Have `reading` be what a version reads as from now on; what other readers made of it is kept."""
    of_version = _reading.version_id == version_id
    connection.execute(update(schema.reading).where(of_version).values(current=False))
    known = connection.execute(
        update(schema.reading).where(of_version, _reading.reader == reading.reader).values(current=True)
    )
    if known.rowcount == 0:
        _store(connection, page_id, version_id, reading)
    readings = connection.scalars(select(_reading.id).where(of_version)).all()
    entering.enter(connection, entering.site_of(connection, page_id), {"reading": readings})


def _store(connection: Connection, page_id: int, version_id: int, reading: Reading) -> int:
    article = reading.article
    assert article is not None
    body_id = bodies.put(connection, articles.to_bytes(article), f"text:{page_id}")
    once(("article", body_id), lambda: article)  # who indexes it next need not read it back
    values = {
        "version_id": version_id,
        "reader": reading.reader,
        "body_id": body_id,
        "sources": dict(reading.sources),
        "learned": list(reading.learned),
        "current": True,
    }
    return int(connection.execute(insert(schema.reading).values(values).returning(_reading.id)).scalar_one())
