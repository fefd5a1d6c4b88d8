"""Packs what is stored already more tightly: several bodies of a page in one frame, and frames end to end.

Each segment is read and packed beside whatever is stored meanwhile, and kept if it is then as it was read. So this may
be stopped at any time.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, insert, select, update

from storage import packs, pieces, schema
from storage.bodycodec import SEGMENT
from storage.errors import DamagedBodyError
from storage.packing import Packed, Segment, pack, rows_of

OnStep = Callable[[int, int], None]  # segments that have been looked at, segments in all
_Transaction = Callable[[], AbstractContextManager[Connection]]

_AT_ONCE = 1 << 19  # bytes of frames in one transaction: some 10 ms
_MUCH, _SHARE = 1000, 16  # bodies since the last time that are worth a look: so many, and a part of all
_MARK = "compacted"  # in `meta`: the newest body when all was compacted last
_body = schema.body.c
_meta = schema.meta.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Compacted:
    """What compacting came to: bodies that have another frame, the bytes that take less, and what is damaged."""

    bodies: int = 0
    saved: int = 0
    damaged: tuple[str, ...] = ()


def has_grown(connection: Connection) -> bool:
    """Whether much was stored since all was looked at last: a sixteenth, so that little is gone through twice."""
    newest = _newest(connection)
    return newest - _mark(connection) >= max(_MUCH, newest // _SHARE)


def compact(reading: _Transaction, writing: _Transaction, *, few: bool, on_step: OnStep) -> Compacted:
    """Pack the segments that have grown since the last time; all of them with `few`, though it be of few bodies."""
    with reading() as connection:
        newest, segments = _newest(connection), _segments(connection, since=0 if few else _mark(connection))
    done, waiting = Compacted(), list[Packed]()
    for number, segment in enumerate(segments, 1):
        try:
            with reading() as connection:
                packed = pack(connection, segment, few=few)
            waiting += [] if packed is None else [packed]
        except DamagedBodyError as error:
            done = replace(done, damaged=(*done.damaged, f"{segment.chain}: {error}"))
        if sum(one.size for one in waiting) > _AT_ONCE or number == len(segments):
            with writing() as connection:
                kept = [one for one in waiting if _keep(connection, one)]
            done, waiting = _with(done, kept), []
        on_step(number, len(segments))
    with writing() as connection:
        _note(connection, newest)
    return done


def _with(done: Compacted, kept: Sequence[Packed]) -> Compacted:
    bodies, saved = sum(len(one.places) for one in kept), sum(one.saved for one in kept)
    return replace(done, bodies=done.bodies + bodies, saved=done.saved + saved)


def _segments(connection: Connection, since: int) -> list[Segment]:
    found = select(_body.chain, _body.seq // SEGMENT).where(_body.id > since).distinct()
    return [Segment(chain=chain, first=int(part) * SEGMENT) for chain, part in connection.execute(found)]


def _newest(connection: Connection) -> int:
    return connection.scalar(select(func.max(_body.id))) or 0


def _mark(connection: Connection) -> int:
    """The newest body that was looked at the last time."""
    return int(connection.scalar(select(_meta.value).where(_meta.key == _MARK)) or 0)


def _note(connection: Connection, number: int) -> None:
    if connection.execute(update(schema.meta).where(_meta.key == _MARK).values(value=str(number))).rowcount == 0:
        connection.execute(insert(schema.meta).values(key=_MARK, value=str(number)))


def _keep(connection: Connection, packed: Packed) -> bool:
    """Keep a segment as it was packed; False where it is no longer as it was read."""
    rows = connection.execute(rows_of(packed.segment)).mappings().all()
    if [(row["id"], row["crc32"]) for row in rows] != list(packed.before):
        return False
    starts = pieces.add(connection, packed.frames)
    for row in rows:
        if row["id"] in packed.places:
            frame, start = packed.places[row["id"]]
            place = packs.Place(at=starts[frame], length=len(packed.frames[frame]), start=start)
            changed = {"data": packs.to_kept(place), "base_id": packed.bases[row["id"]]}
            checksum = schema.body_crc32(dict(row) | changed)
            connection.execute(update(schema.body).where(_body.id == row["id"]).values(**changed, crc32=checksum))
    return True
