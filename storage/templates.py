"""Which body of a site the first body of a page is packed against: the one that it resembles most, if it does.

Sites have several templates, of articles, of galleries, of live pages, and change them. So a page that resembles none
of the bodies that were used last stands alone, and is one of these from then on.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from storage import bodies, bodycodec, schema
from storage.digests import sha256
from storage.errors import DamagedBodyError
from storage.foreseen import once

_KEPT = 3  # of a site
_MOST_USES = 256  # after that many the template has probably changed
_WORTH = 0.7  # of what a body takes alone: one that saves less is worth more as what others are packed against
_QUICK = 5  # the level to compare at
_template = schema.template.c
_body = schema.body.c


def choose(connection: Connection, site_id: int, data: bytes) -> int | None:
    """The body to pack `data` against, one that stands alone; None where it had better stand alone itself."""
    usable = select(_template.body_id).where(_template.site_id == site_id, _template.uses < _MOST_USES)
    numbers = connection.scalars(usable.order_by(_template.last_use.desc())).all()
    if not numbers:
        return None
    return once(("template", sha256(data), tuple(numbers)), lambda: _most_alike(connection, data, numbers))


def _most_alike(connection: Connection, data: bytes, numbers: Sequence[int]) -> int | None:
    sizes = {}
    for number in numbers:
        try:
            sizes[number] = len(bodycodec.pack(data, [bodies.get(connection, number)], _QUICK))
        except DamagedBodyError:
            continue  # as every capture is to be kept
    best = min(sizes, key=lambda number: sizes[number], default=None)
    enough = _WORTH * len(bodycodec.pack(data, [], _QUICK))
    return best if best is not None and sizes[best] <= enough else None


def follow(connection: Connection, site_id: int, body_id: int) -> None:
    """Take note of a page's first body: it has used a template, or is one itself if it stands alone."""
    base_id = connection.execute(select(_body.base_id).where(_body.id == body_id)).scalar_one()
    known = (_template.site_id == site_id) & (_template.body_id == (body_id if base_id is None else base_id))
    use = update(schema.template).where(known).values(uses=_template.uses + 1, last_use=body_id)
    if connection.execute(use).rowcount == 0 and base_id is None:
        values = {"site_id": site_id, "body_id": body_id, "uses": 0, "last_use": body_id}
        connection.execute(insert(schema.template).values(values))
        _forget(connection, site_id)


def _forget(connection: Connection, site_id: int) -> None:
    """Keep those of a site's templates that were used last."""
    of_site = _template.site_id == site_id
    kept = connection.scalars(select(_template.body_id).where(of_site).order_by(_template.last_use.desc()).limit(_KEPT))
    connection.execute(delete(schema.template).where(of_site, _template.body_id.not_in(kept.all())))
