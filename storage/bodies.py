"""Bodies in the database: stored once by content, small by prefix, read back and checked."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, insert, literal, select

from storage import bodycodec, packs, pieces, schema
from storage.digests import sha256
from storage.errors import DamagedBodyError
from storage.foreseen import once

_body = schema.body.c
_MANY_HOPS = 64  # more than any arrangement of bodies has; a damaged one may lead in a circle
_MOST_BYTES = 13 << 19  # that have to be decoded before a body; of pages of 1.5 MB four bodies
_FIND = select(_body.id).where(_body.sha256 == bindparam("digest"))
_LAST = select(func.max(_body.seq)).where(_body.chain == bindparam("in_chain"))
_ADD = insert(schema.body).returning(_body.id)


def _built_on(wanted: ColumnElement[bool], *columns: ColumnElement[Any]) -> Select[Any]:
    """Columns of a body, and of those that it is built on, the nearest first."""
    first = select(_body.id, _body.base_id, literal(0).label("hops")).where(wanted)
    found = first.cte(recursive=True)
    further = select(_body.id, _body.base_id, found.c.hops + 1).join(found, found.c.base_id == _body.id)
    found = found.union_all(further.where(found.c.hops < _MANY_HOPS))
    return select(*columns, found.c.hops).join(found, found.c.id == _body.id).order_by(found.c.hops)


# Once, as are the others above: to put one together takes longer than to ask it.
_IN_CHAIN = _body.chain == bindparam("in_chain")
_BUILT_ON = _built_on(_body.id == bindparam("wanted"), *_body)
_BUILT_AT = _built_on(_IN_CHAIN & (_body.seq == bindparam("at")), *_body)
_AT_END = _built_on(_IN_CHAIN & (_body.seq == _LAST.scalar_subquery()), *_body, _FIND.scalar_subquery().label("known"))


def line(connection: Connection, body_id: int) -> list[bytes]:
    """The bytes of a body, and of those that it is built on, the nearest first.

    Raises:
        DamagedBodyError: as `get`.
    """
    rows = connection.execute(_BUILT_ON, {"wanted": body_id}).all()
    if not rows:
        raise DamagedBodyError(f"body {body_id} is missing")
    found = _decoded(connection, rows)
    if sha256(found[0]) != rows[0].sha256:
        raise DamagedBodyError(f"body {rows[0].id} is damaged: its SHA-256 is not {rows[0].sha256}")
    return found


def _decoded(connection: Connection, rows: Sequence[Row[Any]]) -> list[bytes]:
    """The bytes of a body and of those that it is built on, from the rows of all of them, the nearest first."""
    if rows[-1].base_id is not None:
        raise _broken(rows)
    found: list[bytes] = []
    frames = _frames(connection, [row.data for row in rows])
    for row, frame in zip(reversed(rows), reversed(frames), strict=True):
        found.insert(0, _unpacked(row.data, frame, row.size, found))
    return found


def _sound(connection: Connection, rows: Sequence[Row[Any]]) -> list[bytes]:
    """As `_decoded`, for what another body is to be built on: nothing of it may be damaged.

    The checksums of the frames tell that as a SHA-256 of a hundred times as many bytes does, which would take a tenth
    of the time to store a body. A piece's checksum is of other bodies' frames as well.
    """
    found = _decoded(connection, rows)
    in_pieces = any(packs.place_of(row.data) is not None for row in rows)
    sound = sha256(found[0]) == rows[0].sha256 if in_pieces else all(map(_is_as_stored, rows))
    if not sound:
        raise DamagedBodyError(f"body {rows[0].id} is damaged, or one that it is built on")
    return found


def _is_as_stored(row: Row[Any]) -> bool:
    about = [row.sha256, row.size, row.chain, row.seq, row.base_id]
    return schema.checksum(row.data, about) == int(row.crc32)


def unpacked(connection: Connection, kept: bytes, size: int, built_on: Sequence[bytes]) -> bytes:
    """The bytes of a body by what is kept of it, against those that it is built on, the nearest first.

    Raises:
        DamagedBodyError: it does not decode.
    """
    return _unpacked(kept, _frames(connection, [kept])[0], size, built_on)


def _frames(connection: Connection, kept: Sequence[bytes]) -> list[bytes]:
    """The frames of bodies: what is kept of them, or where that says that they are."""
    places = [packs.place_of(one) for one in kept]
    elsewhere = iter(pieces.take(connection, [(one.at, one.length) for one in places if one is not None]))
    return [own if place is None else next(elsewhere) for own, place in zip(kept, places, strict=True)]


def _unpacked(kept: bytes, frame: bytes, size: int, built_on: Sequence[bytes]) -> bytes:
    place = packs.place_of(kept)
    return (
        bodycodec.unpack(frame, built_on, most=size)
        if place is None
        else packs.unpack(frame, built_on, place.start, size)
    )


def _broken(rows: Sequence[Row[Any]]) -> DamagedBodyError:
    """Why the last of the rows is not the beginning of what a body is built on."""
    if rows[-1].hops == _MANY_HOPS:
        return DamagedBodyError(f"body {rows[0].id} is damaged: the bodies that it is packed against lead in a circle")
    return DamagedBodyError(f"body {rows[-1].base_id}, which body {rows[0].id} is packed against, is missing")


def get(connection: Connection, body_id: int) -> bytes:
    """The bytes of a body.

    Raises:
        DamagedBodyError: it is missing, is packed against itself, does not decode, or has another SHA-256 than was
            recorded.
    """
    return line(connection, body_id)[0]


def _next_place(last: int | None) -> int:
    return 0 if last is None else last + 1


def _known(connection: Connection, digest: str, chain: str) -> tuple[int | None, int, Sequence[Row[Any]]]:
    """The body with this SHA-256, if there is one; the next place of a chain, and the rows of the body before it.

    Behind that body's row come those that it is built on.
    """
    rows = connection.execute(_AT_END, {"digest": digest, "in_chain": chain}).all()
    known: int | None = rows[0].known if rows else connection.execute(_FIND, {"digest": digest}).scalar_one_or_none()
    return known, _next_place(rows[0].seq if rows else None), rows


def begins(connection: Connection, chain: str) -> bool:
    """Whether the next body of a chain is a keyframe, or is packed against a sibling."""
    last: int | None = connection.execute(_LAST, {"in_chain": chain}).scalar_one()
    return bodycodec.base_of(_next_place(last)) is None


def _built(
    connection: Connection, chain: str, seq: int, sibling: int | None, last: Sequence[Row[Any]]
) -> Sequence[Row[Any]]:
    """The rows of what body `seq` is to be built on, the nearest first: what its place says, if it is there.

    It is further back where that would be too many hops, as an older release may have arranged the chain otherwise, or
    too much to decode.
    """
    place = bodycodec.base_of(seq)
    if place is None:
        return () if sibling is None else connection.execute(_BUILT_ON, {"wanted": sibling}).all()[-1:]
    # The last body is built on it or is it, unless an older release arranged the chain.
    rows = _since(last, chain, place) or connection.execute(_BUILT_AT, {"in_chain": chain, "at": place}).all()
    rows = rows[max(0, len(rows) - bodycodec.MOST_HOPS) :]
    sizes = accumulate(row.size for row in reversed(rows))
    return rows[len(rows) - max(1, sum(size <= _MOST_BYTES for size in sizes)) :] if rows else rows


def _since(rows: Sequence[Row[Any]], chain: str, place: int) -> Sequence[Row[Any]]:
    """The rows from that of a place of the chain on; none if it is not among them."""
    found = (at for at, row in enumerate(rows) if row.seq == place and row.chain == chain)
    at = next(found, None)
    return () if at is None else rows[at:]


def put(connection: Connection, data: bytes, chain: str, *, sibling: int | None = None) -> int:
    """Store `data` and give its body's id; bytes that the archive has already are not stored again.

    Args:
        chain: the series of bodies that resemble one another (a page's captures, its readings).
        sibling: a standalone body that a keyframe of this chain may be compressed against.
    """
    digest = sha256(data)
    known, seq, last = _known(connection, digest, chain)
    if known is not None:
        return known
    base_id, frame = _packed(connection, data, digest, _built(connection, chain, seq, sibling, last), seq)
    values = {
        "sha256": digest,
        "size": len(data),
        "chain": chain,
        "seq": seq,
        "base_id": base_id,
        "data": frame,
    }
    return int(connection.execute(_ADD, values | {"crc32": schema.body_crc32(values)}).scalar_one())


def foresee(connection: Connection, data: bytes, chain: str, *, sibling: int | None = None) -> None:
    """Compress `data` as `put` would now, without storing it."""
    digest = sha256(data)
    known, seq, last = _known(connection, digest, chain)
    if known is None:
        _packed(connection, data, digest, _built(connection, chain, seq, sibling, last), seq)


def _packed(
    connection: Connection, data: bytes, digest: str, built_on: Sequence[Row[Any]], seq: int
) -> tuple[int | None, bytes]:
    """The body that body `seq` is built on, and its frame.

    It stands alone where that is missing or damaged, as every capture is to be kept.
    """

    def packed() -> tuple[int | None, bytes]:
        if not built_on:
            return None, bodycodec.pack(data, [])
        try:
            known = _sound(connection, built_on)
        except DamagedBodyError:
            return None, bodycodec.pack(data, [])
        return built_on[0].id, bodycodec.pack(data, known, first=bodycodec.base_of(seq) is None)

    # By all that it is built on: compacting may have the nearest one built on others meanwhile.
    return once(("frame", digest, tuple(row.id for row in built_on), seq), packed)
