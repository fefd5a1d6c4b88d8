"""Packs a segment of a chain of bodies more tightly: several bodies in one frame.

A segment is as long as bodies are built on one another (storage/bodycodec.py): nothing beyond it has to be touched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from storage import bodies, bodycodec, packs, schema
from storage.bodycodec import SEGMENT
from storage.digests import sha256
from storage.errors import DamagedBodyError
from storage.grouping import Group, Kept, groups, worth_it

_REMEMBERED = 64 << 20  # bytes of bodies
_body = schema.body.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Some bodies of a chain that follow one another: those at `first` and the next 119 places."""

    chain: str
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What is to be kept of a segment instead: frames, and for each body where it is: a frame's number, and its start.

    `before` are numbers and checksums of its rows as they were read, `saved` the bytes that the frames take less.
    """

    segment: Segment
    before: Sequence[tuple[int, int]]
    frames: Sequence[bytes]
    places: Mapping[int, tuple[int, int]]
    bases: Mapping[int, int | None]
    saved: int

    @property
    def size(self) -> int:
        """Bytes of its frames."""
        return sum(map(len, self.frames))


def pack(connection: Connection, segment: Segment, *, few: bool) -> Packed | None:
    """A segment packed more tightly; None where that is not worth it.

    Raises:
        DamagedBodyError: a body of it cannot be had.
    """
    rows = connection.execute(rows_of(segment)).all()
    kept = [_kept(row) for row in rows]
    if not worth_it(kept, few=few) or not _stands_alone(connection, segment, rows):
        return None
    return _Packing(connection, rows).packed(segment, groups(kept))


def _stands_alone(connection: Connection, segment: Segment, rows: Sequence[Row[Any]]) -> bool:
    """Whether a segment begins with a keyframe, and nothing beyond is built on its other bodies.

    Earlier releases had segments of other lengths; these stay as they are.
    """
    first, *others = rows
    numbers = [row.id for row in rows]
    if first.seq != segment.first or any(row.base_id not in numbers for row in others):
        return False
    of_base = select(_body.base_id).where(_body.id == first.base_id)
    beyond = select(_body.id).where(_body.chain == segment.chain, ~_within(segment), _body.base_id.in_(numbers[1:]))
    return connection.scalar(of_base) is None and connection.scalar(beyond.limit(1)) is None


def rows_of(segment: Segment) -> Select[Any]:
    """The rows of a segment's bodies, in their order."""
    return select(schema.body).where(_body.chain == segment.chain, _within(segment)).order_by(_body.seq)


def _within(segment: Segment) -> ColumnElement[bool]:
    return _body.seq.between(segment.first, segment.first + SEGMENT - 1)


def _kept(row: Row[Any]) -> Kept:
    place = packs.place_of(row.data)
    return Kept(id=row.id, seq=row.seq, size=row.size, frame=None if place is None else place.at)


class _Packing:
    """One segment on its way from frames of its bodies to frames that they share."""

    def __init__(self, connection: Connection, rows: Sequence[Row[Any]]) -> None:
        self._connection = connection
        self._rows = {row.id: row for row in rows}
        self._lines: dict[int, list[bytes]] = {}  # of bodies as they are kept now
        self._heads: dict[int, list[bytes]] = {}  # of those that frames are built on, as they will be kept
        self._frames: list[bytes] = []
        self._places: dict[int, tuple[int, int]] = {}
        self._bases: dict[int, int | None] = {}

    def packed(self, segment: Segment, made: Sequence[Group]) -> Packed:
        self._lay_down(next(iter(self._rows.values())))
        for group in made:
            self._add(group)
        return Packed(
            segment=segment,
            before=[(row.id, row.crc32) for row in self._rows.values()],
            frames=self._frames,
            places=self._places,
            bases=self._bases,
            saved=sum(len(self._rows[number].data) for number in self._places) - sum(map(len, self._frames)),
        )

    def _lay_down(self, keyframe: Row[Any]) -> None:
        """Keep a keyframe among the others: packed anew, or as it is where it has a sibling."""
        if packs.place_of(keyframe.data) is None:
            data = self._line(keyframe)[0]  # one that is damaged stays where it is
            self._place(keyframe.id, start=0, base=keyframe.base_id)
            self._frames.append(keyframe.data if keyframe.base_id is not None else _frame_alone(data, keyframe))

    def _add(self, group: Group) -> None:
        oldest_first = [self._line(self._rows[number])[0] for number in reversed(group.members)]
        members = oldest_first[::-1]
        frame = self._frame(members, group)
        start = 0
        for number, member in zip(group.members, members, strict=True):
            self._place(number, start=start, base=group.base)
            start += len(member)
        self._frames.append(frame)

    def _place(self, number: int, *, start: int, base: int | None) -> None:
        """Note where a body will be: in the next frame."""
        self._places[number], self._bases[number] = (len(self._frames), start), base

    def _frame(self, members: Sequence[bytes], group: Group) -> bytes:
        """A frame of several bodies, decoded once more before it takes the place of theirs."""
        if group.base not in self._heads:
            self._heads[group.base] = self._line(self._rows[group.base])
        line = self._heads[group.base]
        frame, joined = bodycodec.pack_together(members, line), b"".join(members)
        if packs.unpack(frame, line, 0, len(joined)) != joined:
            raise _not_as_it_was(group.members[0])
        self._heads[group.members[0]] = [members[0], *line]
        return frame

    def _line(self, row: Row[Any]) -> list[bytes]:
        """The bytes of a body, and of those that it is built on."""
        built_on = [] if row.base_id is None else self._lines.get(row.base_id)
        if built_on is None:
            built_on = bodies.line(self._connection, row.base_id)
        data = bodies.unpacked(self._connection, row.data, row.size, built_on)
        if sha256(data) != row.sha256:
            raise DamagedBodyError(f"body {row.id} is damaged: its SHA-256 is not {row.sha256}")
        line = [data, *built_on]
        self._remember(row.id, line)
        return line

    def _remember(self, number: int, line: list[bytes]) -> None:
        """Keep a line for the bodies that are built on it; those that were had first go where that is too much."""
        self._lines[number] = line
        while len(self._lines) > 1 and sum(len(known[0]) for known in self._lines.values()) > _REMEMBERED:
            del self._lines[next(iter(self._lines))]


def _frame_alone(data: bytes, keyframe: Row[Any]) -> bytes:
    """A frame of a keyframe's body that takes less than its own; decoded once more likewise."""
    frame = bodycodec.pack_alone(data)
    if bodycodec.unpack(frame, []) != data:
        raise _not_as_it_was(keyframe.id)
    return frame if len(frame) < len(keyframe.data) else bytes(keyframe.data)


def _not_as_it_was(number: int) -> DamagedBodyError:
    return DamagedBodyError(f"body {number} does not come back as it was from the frame made of it")
