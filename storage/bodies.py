"""Bodies in the database: stored once by content, small by prefix, read back and checked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, insert, literal, select

from storage import bodycodec, schema
from storage.digests import sha256
from storage.errors import DamagedBodyError
from storage.foreseen import once

_body = schema.body.c
_MANY_HOPS = 64  # more than any arrangement of bodies has; a damaged one may lead in a circle
_FIND = select(_body.id).where(_body.sha256 == bindparam("digest"))
_LAST = select(func.max(_body.seq)).where(_body.chain == bindparam("chain"))
_KNOWN = select(_FIND.scalar_subquery(), _LAST.scalar_subquery())
_ADD = insert(schema.body).returning(_body.id)


def _built_on(wanted: ColumnElement[bool], *columns: ColumnElement[Any]) -> Select[Any]:
    """Columns of a body, and of those that it is built on, the nearest first."""
    first = select(_body.id, _body.base_id, literal(0).label("hops")).where(wanted)
    line = first.cte(recursive=True)
    further = select(_body.id, _body.base_id, line.c.hops + 1).join(line, line.c.base_id == _body.id)
    line = line.union_all(further.where(line.c.hops < _MANY_HOPS))
    return select(*columns, line.c.hops).join(line, line.c.id == _body.id).order_by(line.c.hops)


# Once, as are the others above: to put one together takes longer than to ask it.
_BUILT_ON = _built_on(_body.id == bindparam("wanted"), _body.base_id, _body.sha256, _body.data)
_NUMBERS_OF = _built_on(_body.id == bindparam("wanted"), _body.id)
_NUMBERS = _built_on((_body.chain == bindparam("in_chain")) & (_body.seq == bindparam("at")), _body.id)


def _line(connection: Connection, body_id: int) -> list[bytes]:
    """The bytes of a body, and of those that it is built on, the nearest first."""
    rows = connection.execute(_BUILT_ON, {"wanted": body_id}).all()
    if not rows or rows[-1].base_id is not None:
        raise _broken(rows, body_id)
    line: list[bytes] = []
    for row in reversed(rows):
        line.insert(0, bodycodec.unpack(row.data, line))
    if sha256(line[0]) != rows[0].sha256:
        raise DamagedBodyError(f"body {body_id} is damaged: its SHA-256 is not {rows[0].sha256}")
    return line


def _broken(rows: Sequence[Row[Any]], body_id: int) -> DamagedBodyError:
    """Why the last of the rows is not the beginning of what a body is built on."""
    if not rows:
        return DamagedBodyError(f"body {body_id} is missing")
    if rows[-1].hops == _MANY_HOPS:
        return DamagedBodyError(f"body {body_id} is damaged: the bodies that it is packed against lead in a circle")
    return DamagedBodyError(f"body {rows[-1].base_id}, which body {body_id} is packed against, is missing")


def get(connection: Connection, body_id: int) -> bytes:
    """The bytes of a body.

    Raises:
        DamagedBodyError: it is missing, is packed against itself, does not decode, or has another SHA-256 than was
            recorded.
    """
    return _line(connection, body_id)[0]


def _next_place(last: int | None) -> int:
    return 0 if last is None else last + 1


def _known(connection: Connection, digest: str, chain: str) -> tuple[int | None, int]:
    """The body with this SHA-256, if there is one; and the next place of a chain."""
    known, last = connection.execute(_KNOWN, {"digest": digest, "chain": chain}).one()
    return known, _next_place(last)


def begins(connection: Connection, chain: str) -> bool:
    """Whether the next body of a chain is a keyframe, or is packed against a sibling."""
    last: int | None = connection.execute(_LAST, {"chain": chain}).scalar_one()
    return bodycodec.base_of(_next_place(last)) is None


def _base(connection: Connection, chain: str, seq: int, sibling: int | None) -> int | None:
    """What body `seq` is to be packed against: what its place says.

    It is one further back where that would be too many hops: an older release may have arranged the chain otherwise.
    """
    place = bodycodec.base_of(seq)
    if place is None:
        return sibling if sibling is None else connection.scalars(_NUMBERS_OF, {"wanted": sibling}).all()[-1]
    line = connection.scalars(_NUMBERS, {"in_chain": chain, "at": place}).all()
    if not line:
        raise DamagedBodyError(f"body {place} of {chain}, which the next one is packed against, is missing")
    return int(line[max(0, len(line) - bodycodec.MOST_HOPS)])


def put(connection: Connection, data: bytes, chain: str, *, sibling: int | None = None) -> int:
    """Store `data` and give its body's id; bytes that the archive has already are not stored again.

    Args:
        chain: the series of bodies that resemble one another (a page's captures, its readings).
        sibling: a standalone body that a keyframe of this chain may be compressed against.
    """
    digest = sha256(data)
    known, seq = _known(connection, digest, chain)
    if known is not None:
        return known
    base_id = _base(connection, chain, seq, sibling)
    frame = _frame(connection, data, digest, base_id, first=bodycodec.base_of(seq) is None)
    values = {
        "sha256": digest,
        "size": len(data),
        "chain": chain,
        "seq": seq,
        "base_id": base_id,
        "data": frame,
    }
    return int(connection.execute(_ADD, values).scalar_one())


def foresee(connection: Connection, data: bytes, chain: str, *, sibling: int | None = None) -> None:
    """Compress `data` as `put` would now, without storing it."""
    digest = sha256(data)
    known, seq = _known(connection, digest, chain)
    if known is None:
        base_id = _base(connection, chain, seq, sibling)
        _frame(connection, data, digest, base_id, first=bodycodec.base_of(seq) is None)


def _frame(connection: Connection, data: bytes, digest: str, base_id: int | None, *, first: bool) -> bytes:
    def compressed() -> bytes:
        line = [] if base_id is None else _line(connection, base_id)
        return bodycodec.pack(data, line, first=first)

    return once(("frame", digest, base_id, first), compressed)
