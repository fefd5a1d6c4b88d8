"""Several bodies in one frame: what stands in the archive instead of the frame of a compacted body, and how it is read.

Bodies of a page that follow one another take a tenth less in one frame than in one each, as it is said once what of
their bytes is frequent, and each is found in the one before it. The newest comes first in a frame: it is what the next
frame is built on, and the others need not be decoded for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage import bodycodec
from storage.errors import DamagedBodyError

_FORM = b"\x02"  # no frame begins so: storage/bodycodec.py
_LOW, _MORE = 0x7F, 0x80


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a body is: in a frame of `length` bytes, `at` a place among the pieces, from byte `start` of its bodies."""

    at: int
    length: int
    start: int = 0


def to_kept(place: Place) -> bytes:
    """A place, as it stands in the archive where else a frame does: numbers of seven bits a byte, the lowest first."""
    return _FORM + b"".join(map(_number, (place.at, place.length, place.start)))


def _number(value: int) -> bytes:
    digits = bytearray()
    while value > _LOW:
        digits.append(value & _LOW | _MORE)
        value >>= 7
    return bytes([*digits, value])


def place_of(kept: bytes) -> Place | None:
    """The place that is kept; None where that is a frame.

    Raises:
        DamagedBodyError: it begins as a place does, and is none.
    """
    if not kept.startswith(_FORM):
        return None
    numbers, shift = [0], 0
    for digit in kept[len(_FORM) :]:
        numbers[-1] |= (digit & _LOW) << shift
        shift += 7
        if not digit & _MORE:
            numbers.append(0)
            shift = 0
    if len(numbers) != 4 or shift:  # three, and one that has not begun
        raise DamagedBodyError("where it is kept cannot be read")
    at, length, start, _ = numbers
    return Place(at=at, length=length, start=start)


def unpack(frame: bytes, line: Sequence[bytes], start: int, size: int) -> bytes:
    """The body of so many bytes that begins at `start` in what a frame holds.

    Raises:
        DamagedBodyError: it does not decode.
    """
    data = bodycodec.unpack(frame, line, most=start + size)
    return data[start:] if start else data
