"""Bodies in the database: stored once by content, small by prefix, read back and checked."""

from sqlalchemy import Connection, func, insert, select

from storage import bodycodec, schema
from storage.digests import sha256
from storage.errors import DamagedBodyError

_body = schema.body.c


def _decode(connection: Connection, body_id: int) -> tuple[bytes, str]:
    row = connection.execute(select(_body.sha256, _body.base_id, _body.data).where(_body.id == body_id)).one_or_none()
    if row is None:
        raise DamagedBodyError(f"body {body_id} is missing")
    prefix = None if row.base_id is None else _decode(connection, row.base_id)[0]
    return bodycodec.decompress(row.data, prefix), row.sha256


def get(connection: Connection, body_id: int) -> bytes:
    """The bytes of a body.

    Raises:
        DamagedBodyError: it is missing, does not decode, or has another SHA-256 than was recorded.
    """
    data, expected = _decode(connection, body_id)
    if sha256(data) != expected:
        raise DamagedBodyError(f"body {body_id} is damaged: its SHA-256 is not {expected}")
    return data


def find(connection: Connection, digest: str) -> int | None:
    """The body with this SHA-256, if the archive has it."""
    return connection.execute(select(_body.id).where(_body.sha256 == digest)).scalar_one_or_none()


def _next_place(connection: Connection, chain: str) -> int:
    last: int | None = connection.execute(select(func.max(_body.seq)).where(_body.chain == chain)).scalar_one()
    return 0 if last is None else last + 1


def _base(connection: Connection, chain: str, seq: int, sibling: int | None) -> int | None:
    place = bodycodec.base_of(seq)
    if place is None:
        return sibling
    row = connection.execute(select(_body.id).where(_body.chain == chain, _body.seq == place))
    return int(row.scalar_one())


def put(connection: Connection, data: bytes, chain: str, *, sibling: int | None = None) -> int:
    """Store `data` and give its body's id; bytes that the archive has already are not stored again.

    Args:
        chain: the series of bodies that resemble one another (a page's captures, its readings).
        sibling: a standalone body that a keyframe of this chain may be compressed against.
    """
    digest = sha256(data)
    if (known := find(connection, digest)) is not None:
        return known
    seq = _next_place(connection, chain)
    base_id = _base(connection, chain, seq, sibling)
    prefix = None if base_id is None else get(connection, base_id)
    frame = bodycodec.compress(data, prefix)
    values = {
        "sha256": digest,
        "size": len(data),
        "chain": chain,
        "seq": seq,
        "base_id": base_id,
        "data": frame,
    }
    return int(connection.execute(insert(schema.body).values(values).returning(_body.id)).scalar_one())


def is_keyframe(connection: Connection, body_id: int) -> bool:
    """Whether the body stands alone."""
    return connection.execute(select(_body.base_id).where(_body.id == body_id)).scalar_one() is None
