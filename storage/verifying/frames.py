"""Takes bodies out of the frames that compacted ones share, each frame decoded once, and each piece of it checked."""

from collections.abc import Sequence

from storage import bodycodec, packs, pieces, schema
from storage.errors import DamagedBodyError
from storage.packs import Place
from storage.verifying.stored import Stored, Values

_COLUMNS = list(schema.piece.c)


class Frames:
    """What stored bodies decode to. It remembers the last frame of several, as their bodies follow one another."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._last: tuple[int, bytes] | None = None

    def unpacked(self, row: Values, line: Sequence[bytes]) -> bytes:
        """The bytes of a body, against those that it is built on, the nearest first.

        Raises:
            DamagedBodyError: they cannot be had.
        """
        place = packs.place_of(row["data"])
        if place is None:
            return bodycodec.unpack(row["data"], line)
        if self._last is None or self._last[0] != place.at:
            self._last = place.at, bodycodec.unpack(self._frame(place), line)
        return self._last[1][place.start : place.start + row["size"]]

    def _frame(self, place: Place) -> bytes:
        found = self._stored.by_number(_COLUMNS, pieces.numbers_of(place.at, place.length))
        return pieces.cut_out({number: _sound(*piece) for number, piece in found.items()}, place.at, place.length)


def _sound(row: Values, damaged: list[str]) -> bytes:
    if damaged or not isinstance(row["data"], bytes) or pieces.crc32(row["data"]) != row["crc32"]:
        raise DamagedBodyError(f"piece {row['id']}, of which it is made, is not kept as it was written")
    return row["data"]
