"""Frames laid end to end, and cut into rows that fill a page of an SQLite database each.

A row that does not fit into the rest of a page begins the next one, so that rows of one or two kilobytes leave a fifth
of all pages empty. Here only the last piece is shorter than a page; more is added to that first. A frame is known by
the number of its first byte, counted from the first piece.
"""

import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import repeat

from sqlalchemy import Connection, Select, bindparam, delete, insert, select

from storage import schema
from storage.errors import DamagedBodyError

# What a leaf of 8,192 bytes has room for (usable size less 35, https://sqlite.org/fileformat2.html#b_tree_pages), less
# the head of the row and its checksum.
PIECE = 8144  # bytes
_AT_ONCE = 100  # rows in one statement
_FEWEST_ASKED = 8  # pieces: a body of a hundred kilobytes
_MOST_ASKED = 512  # at once: 4 MB of frames
_NONE = 0  # no piece has this number
_piece = schema.piece.c


def crc32(data: bytes) -> int:
    """The checksum of a piece."""
    return zlib.crc32(data)


def add(connection: Connection, frames: Sequence[bytes]) -> list[int]:
    """Lay frames behind those that are there; gives where each begins."""
    number, begun = _end(connection)
    place = (number - 1) * PIECE + len(begun)
    places = []
    for one in frames:
        places.append(place)
        place += len(one)
    connection.execute(delete(schema.piece).where(_piece.id == number))
    rows = _cut(number, b"".join([begun, *frames]))
    for at in range(0, len(rows), _AT_ONCE):
        connection.execute(insert(schema.piece), rows[at : at + _AT_ONCE])
    return places


def _end(connection: Connection) -> tuple[int, bytes]:
    """The piece that is to be filled up, and what is in it. One that is damaged stays as it is, to be found."""
    last = connection.execute(select(schema.piece).order_by(_piece.id.desc()).limit(1)).one_or_none()
    if last is None:
        return 1, b""
    return (last.id, last.data) if crc32(last.data) == last.crc32 else (last.id + 1, b"")


def _cut(number: int, data: bytes) -> list[dict[str, object]]:
    pieces = [data[at : at + PIECE] for at in range(0, len(data), PIECE)]
    return [{"id": place, "data": piece, "crc32": crc32(piece)} for place, piece in enumerate(pieces, number)]


def take(connection: Connection, wanted: Sequence[tuple[int, int]]) -> list[bytes]:
    """The frames that begin at these places and are so many bytes long.

    Raises:
        DamagedBodyError: not all of them is there.
    """
    numbers = {number for place, length in wanted for number in numbers_of(place, length)}
    if not numbers:
        return []
    known = _asked(connection, sorted(numbers))
    return [cut_out(known, place, length) for place, length in wanted]


def _asked(connection: Connection, numbers: Sequence[int]) -> dict[int, bytes]:
    """Pieces by their numbers, as far as they are there."""
    known: dict[int, bytes] = {}
    for at in range(0, len(numbers), _MOST_ASKED):
        asked = numbers[at : at + _MOST_ASKED]
        values = [*asked, *repeat(_NONE, _room_for(len(asked)) - len(asked))]
        rows = connection.execute(_of(len(values)), {f"number{place}": value for place, value in enumerate(values)})
        known |= {row.id: row.data for row in rows}
    return known


def _room_for(count: int) -> int:
    """The next power of two: so few statements are made that the database's client knows all of them."""
    return max(_FEWEST_ASKED, 1 << (count - 1).bit_length())


@cache
def _of(asked: int) -> Select[tuple[int, bytes]]:
    """A query of so many pieces. To put one together for each read takes longer than the database does."""
    return select(_piece.id, _piece.data).where(_piece.id.in_([bindparam(f"number{at}") for at in range(asked)]))


def numbers_of(place: int, length: int) -> range:
    """The numbers of the pieces that a frame is in."""
    return range(place // PIECE + 1, (place + length - 1) // PIECE + 2)


def cut_out(known: Mapping[int, bytes], place: int, length: int) -> bytes:
    """A frame, from the pieces that it is in.

    Raises:
        DamagedBodyError: not all of it is there.
    """
    start = place % PIECE
    numbers = numbers_of(place, length)
    found = b"".join(known.get(number, b"") for number in numbers)[start : start + length]
    if missing := [number for number in numbers if number not in known]:
        raise DamagedBodyError(f"piece {missing[0]}, of which it is made, is missing")
    if len(found) < length:
        raise DamagedBodyError(f"piece {numbers[-1]}, of which it is made, is too short")
    return found
