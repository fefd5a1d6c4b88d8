"""Frames laid end to end: each comes back whole, pieces are full, and what is damaged is not written over."""

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, delete, func, select, update

from storage import pieces, schema
from storage.database import archive_url, open_engine
from storage.errors import DamagedBodyError
from storage.pieces import PIECE

_piece = schema.piece.c


def _frames(*sizes: int) -> list[bytes]:
    return [Random(number).randbytes(size) for number, size in enumerate(sizes)]


def test_frames_of_any_size_come_back_in_any_order(connection: Connection) -> None:
    frames = _frames(1, PIECE - 1, 5, 3 * PIECE, 0, PIECE, 700)
    places = pieces.add(connection, frames[:3]) + pieces.add(connection, frames[3:])
    wanted = list(zip(places, map(len, frames), strict=True))
    assert pieces.take(connection, wanted) == frames
    assert pieces.take(connection, wanted[::-1]) == frames[::-1]
    assert pieces.take(connection, []) == []


@pytest.mark.parametrize("count", [1, 7, 8, 9, 511, 512, 513, 1100])
def test_a_frame_comes_back_from_however_many_pieces(connection: Connection, count: int) -> None:
    small, large = frames = _frames(30, count * PIECE)
    places = pieces.add(connection, frames)
    assert pieces.take(connection, [(places[1], count * PIECE), (places[0], 30)]) == [large, small]


def test_all_pieces_but_the_last_are_full_however_frames_came(connection: Connection) -> None:
    for frame in _frames(*(900 * number for number in range(1, 30))):
        pieces.add(connection, [frame])
    sizes = connection.scalars(select(func.length(_piece.data)).order_by(_piece.id)).all()
    assert set(sizes[:-1]) == {PIECE}
    assert sum(sizes) == 900 * 29 * 30 // 2


def test_a_full_piece_fills_a_page_of_an_sqlite_archive(tmp_path: Path) -> None:
    engine = open_engine(archive_url(f"sqlite:///{tmp_path / 'a.db'}"))
    with engine.begin() as connection:
        schema.metadata.create_all(connection)
        pieces.add(connection, _frames(200 * PIECE))
        leaves = "SELECT count(*), sum(unused) FROM dbstat WHERE name = 'piece' AND pagetype = 'leaf'"
        count, unused = connection.exec_driver_sql(leaves).one()
    engine.dispose()
    assert count == 200
    assert unused / 200 < 40


def test_a_frame_of_which_a_piece_is_missing_or_cut_is_damaged(connection: Connection) -> None:
    first, second = pieces.add(connection, _frames(2 * PIECE, 100))
    connection.execute(update(schema.piece).where(_piece.id == 3).values(data=b"short"))
    with pytest.raises(DamagedBodyError, match="piece 3, of which it is made, is too short"):
        pieces.take(connection, [(second, 100)])
    connection.execute(delete(schema.piece).where(_piece.id == 2))
    with pytest.raises(DamagedBodyError, match="piece 2, of which it is made, is missing"):
        pieces.take(connection, [(first, 2 * PIECE)])


def test_a_last_piece_that_is_damaged_is_not_filled_up_and_stays_to_be_found(connection: Connection) -> None:
    pieces.add(connection, _frames(100))
    connection.execute(update(schema.piece).values(data=b"another"))
    (place,) = pieces.add(connection, [b"more"])
    assert place == PIECE
    assert pieces.take(connection, [(place, 4)]) == [b"more"]
    assert connection.scalar(select(_piece.data).where(_piece.id == 1)) == b"another"
