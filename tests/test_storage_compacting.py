"""Archives packed more tightly: smaller, the same to the bit, whatever is stored meanwhile and whatever is damaged."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from random import Random

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, update

from storage import bodies, bodycodec, foreseen, packs, schema
from storage.compacting import Compacted, compact
from storage.digests import sha256
from storage.errors import DamagedBodyError
from storage.verifying.whole import Verifier
from tests.newsroom import EDITED, RAIN, Newsroom, history

_body = schema.body.c
_piece = schema.piece.c


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
    yield made
    made.close()


def _page(number: int, page: str = "") -> bytes:
    """A page of some 30 kB that counts its readers and is edited now and then."""
    lines = [f"<p>Đoạn {line}{page}: {'đã sửa ' * (number // (line + 1) % 3)}giá xăng tăng.</p>" for line in range(600)]
    return f"<i>{number} lượt xem</i>{''.join(lines)}".encode()


def _put(engine: Engine, series: list[bytes], chain: str = "page:1", sibling: int | None = None) -> list[int]:
    with engine.begin() as connection:
        return [bodies.put(connection, data, chain, sibling=sibling) for data in series]


def _get(engine: Engine, numbers: list[int]) -> list[bytes]:
    with engine.connect() as connection:
        return [bodies.get(connection, number) for number in numbers]


def _compact(engine: Engine, *, few: bool = False) -> Compacted:
    steps: list[tuple[int, int]] = []
    done = compact(engine.begin, engine.begin, few=few, on_step=lambda number, total: steps.append((number, total)))
    assert [number for number, _ in steps] == list(range(1, len(steps) + 1))
    return done


def _loose(engine: Engine) -> list[int]:
    """The bodies that have frames of their own."""
    with engine.connect() as connection:
        rows = connection.execute(select(_body.id, _body.data).order_by(_body.id)).all()
    return [row.id for row in rows if packs.place_of(row.data) is None]


def _depth(engine: Engine, number: int) -> int:
    with engine.connect() as connection:
        return len(bodies.line(connection, number)) - 1


def _frame_bytes(engine: Engine) -> int:
    with engine.connect() as connection:
        sizes = [connection.scalar(select(func.sum(func.length(one)))) for one in (_body.data, _piece.data)]
    return sum(size or 0 for size in sizes)


def test_bodies_come_back_bit_for_bit_and_take_less(engine: Engine) -> None:
    series = [_page(number) for number in range(130)]
    beside = [_page(number, " khác") for number in range(20)]
    stored = _put(engine, series)
    others = _put(engine, beside, "page:2", sibling=stored[0])
    before = _frame_bytes(engine)
    done = _compact(engine)
    assert (done.bodies, done.damaged, _loose(engine)) == (150, (), [])
    assert _get(engine, stored) == series
    assert _get(engine, others) == beside
    assert _frame_bytes(engine) < 0.9 * before
    assert max(_depth(engine, number) for number in stored + others) <= bodycodec.MOST_HOPS


def test_it_saves_what_it_says_of_frames(engine: Engine) -> None:
    _put(engine, [_page(number) for number in range(20)])
    before = _frame_bytes(engine)
    done = _compact(engine)
    with engine.connect() as connection:
        frames = connection.scalar(select(func.sum(func.length(_piece.data)))) or 0
    assert done.saved == before - frames > 0


def test_a_first_body_takes_less_too(engine: Engine) -> None:
    words = [f"{number:x}" for number in range(4000)]
    chance = Random(1)
    page = " ".join(chance.choice(words) for _ in range(40_000)).encode()
    (stored,) = _put(engine, [page])
    done = _compact(engine, few=True)
    assert (done.bodies, _loose(engine)) == (1, [])
    assert 1000 < done.saved < len(page) / 10
    assert _get(engine, [stored]) == [page]


def test_what_is_stored_later_is_packed_against_what_was_compacted(engine: Engine) -> None:
    series = [_page(number) for number in range(60)]
    stored = []
    for start in range(0, 60, 10):
        stored += _put(engine, series[start : start + 10])
        _compact(engine)
    stored += _put(engine, [_page(99)])
    assert _loose(engine) == stored[-1:]
    assert _get(engine, stored) == [*series, _page(99)]
    with engine.connect() as connection:
        assert len(connection.scalar(select(_body.data).where(_body.id == stored[-1])) or b"") < 1000
    assert max(_depth(engine, number) for number in stored) <= bodycodec.MOST_HOPS


def test_a_second_time_nothing_is_left_to_do(engine: Engine) -> None:
    stored = _put(engine, [_page(number) for number in range(9)])
    assert _compact(engine).bodies == 9
    assert _compact(engine) == _compact(engine, few=True) == Compacted()
    more = _put(engine, [_page(number) for number in range(9, 12)])
    assert _compact(engine).bodies == 0
    assert _compact(engine, few=True).bodies == 3
    assert _get(engine, stored + more) == [_page(number) for number in range(12)]


def test_what_was_left_as_too_little_is_packed_when_there_is_more(engine: Engine) -> None:
    _put(engine, [_page(number) for number in range(3)])
    assert _compact(engine).bodies == 0
    _put(engine, [_page(3)])
    assert _compact(engine).bodies == 4


def test_a_body_that_was_compressed_before_and_is_stored_after_comes_back(engine: Engine) -> None:
    stored = _put(engine, [_page(number) for number in range(6)])  # each built on all before it
    with foreseen.kept():
        with engine.connect() as connection:
            bodies.foresee(connection, _page(6), "page:1")
        assert _compact(engine).bodies == 6
        stored += _put(engine, [_page(6)])
    assert _get(engine, stored) == [_page(number) for number in range(7)]


def test_a_page_that_got_another_capture_meanwhile_is_left_for_another_time(engine: Engine) -> None:
    stored = _put(engine, [_page(number) for number in range(9)])
    others = _put(engine, [_page(number, " khác") for number in range(9)], "page:2")

    @contextmanager
    def writing() -> Iterator[Connection]:
        with engine.begin() as connection:
            if len(stored) == 9:
                stored.append(bodies.put(connection, _page(9), "page:1"))
            yield connection

    done = compact(engine.begin, writing, few=False, on_step=lambda _number, _total: None)
    assert done.bodies == 9
    assert _loose(engine) == sorted(stored)
    assert _get(engine, stored) == [_page(number) for number in range(10)]
    assert _get(engine, others) == [_page(number, " khác") for number in range(9)]
    assert _compact(engine).bodies == 10  # its last capture is newer than what was looked at


def test_where_it_is_stopped_all_comes_back_and_the_next_time_goes_on(engine: Engine) -> None:
    series = {chain: [_page(number, chain) for number in range(5)] for chain in ("page:1", "page:2", "page:3")}
    stored = {chain: _put(engine, made, chain) for chain, made in series.items()}
    begun = 0

    def reading() -> AbstractContextManager[Connection]:
        nonlocal begun
        begun += 1
        if begun == 3:
            raise KeyboardInterrupt
        return engine.begin()

    with pytest.raises(KeyboardInterrupt):
        compact(reading, engine.begin, few=False, on_step=lambda _number, _total: None)
    assert _compact(engine).bodies == 15
    for chain, numbers in stored.items():
        assert _get(engine, numbers) == series[chain]


def test_nothing_is_built_on_a_compacted_body_that_a_flipped_bit_has_changed(engine: Engine) -> None:
    stored = _put(engine, [_page(number) for number in range(7)])
    _compact(engine, few=True)
    assert _loose(engine) == []
    with engine.begin() as connection:
        piece = connection.execute(select(schema.piece)).one()
        for at in range(len(piece.data)):  # until one says something else and decodes all the same
            data = piece.data[:at] + bytes([piece.data[at] ^ 1]) + piece.data[at + 1 :]
            connection.execute(update(schema.piece).values(data=data))
            if _is_changed(connection, stored[6]):
                break
        else:
            pytest.fail("whatever bit is flipped, it does not decode")
        alone = bodies.put(connection, _page(7), "page:1")
        assert connection.scalar(select(_body.base_id).where(_body.id == alone)) is None


def _is_changed(connection: Connection, number: int) -> bool:
    try:
        bodies.get(connection, number)
    except DamagedBodyError as error:
        return "SHA-256" in str(error)
    return False


def test_a_damaged_body_stays_as_it_is_and_is_named_and_other_pages_are_packed(engine: Engine) -> None:
    stored = _put(engine, [_page(number) for number in range(9)])
    _put(engine, [_page(number, " khác") for number in range(9)], "page:2")
    with engine.begin() as connection:
        connection.execute(update(schema.body).where(_body.id == stored[4]).values(sha256=sha256(b"")))
    done = _compact(engine)
    assert done.bodies == 9
    assert len(done.damaged) == 1
    assert done.damaged[0].startswith(f"page:1: body {stored[4]} is damaged")
    assert _loose(engine) == stored


def test_a_page_whose_first_body_is_the_template_of_its_site_is_packed_however_long_it_is_watched(
    engine: Engine,
) -> None:
    series = [_page(number) for number in range(250)]
    stored = _put(engine, series[:1])
    stored += _put(engine, series[1:], sibling=stored[0])
    assert _compact(engine).bodies == 250
    assert _get(engine, stored) == series


def test_segments_that_an_earlier_release_arranged_otherwise_stay_as_they_are(engine: Engine) -> None:
    series = [_page(number) for number in range(130)]
    stored: list[int] = []
    lines: dict[int, list[bytes]] = {}
    with engine.begin() as connection:
        for seq, data in enumerate(series):  # in segments of 128, each body built on that with one bit less
            base = None if seq % 128 == 0 else seq & (seq - 1)
            line = [] if base is None else lines[base]
            lines[seq] = [data, *line]
            values = {"sha256": sha256(data), "size": len(data), "chain": "page:1", "seq": seq}
            values |= {"base_id": None if base is None else stored[base], "data": bodycodec.pack(data, line)}
            stored.append(connection.execute(insert(schema.body).values(values).returning(_body.id)).scalar_one())
    assert _compact(engine).bodies == 0
    assert _get(engine, stored) == series


def test_a_body_says_what_is_missing_of_the_frame_that_it_shares(engine: Engine) -> None:
    stored = _put(engine, [_page(number) for number in range(9)])
    _compact(engine)
    with engine.begin() as connection:
        connection.execute(schema.piece.delete())
        with pytest.raises(DamagedBodyError, match="piece 1, of which it is made, is missing"):
            bodies.get(connection, stored[3])


def test_an_archive_reads_as_before_has_no_fault_and_goes_on(room: Newsroom) -> None:
    history(room)
    captures = [room.queries.capture(number).body for number in range(1, 20)]
    texts = room.queries.versions(1)
    with Verifier(room.url) as verifier:
        heads = verifier.heads()
    assert room.archive.compact(few=True).bodies > 40
    assert [room.queries.capture(number).body for number in range(1, 20)] == captures
    assert room.queries.versions(1) == texts
    with Verifier(room.url) as verifier:
        assert list(verifier.faults()) == []
        assert verifier.heads() == heads
    room.sees(EDITED)
    room.sees(RAIN)
    with Verifier(room.url) as verifier:
        assert list(verifier.faults()) == []


def test_room_is_given_back_to_the_disk(any_archive: str) -> None:
    room = Newsroom(any_archive)
    history(room)
    room.write("CREATE TABLE ballast AS SELECT r1.id FROM visit r1, visit r2, visit r3")
    room.write("DROP TABLE ballast")
    before = room.queries.counts()["file_bytes"]
    room.archive.compact(few=True)
    room.archive.shrink()
    assert room.queries.counts()["file_bytes"] < before
    with Verifier(room.url) as verifier:
        assert list(verifier.faults()) == []
    room.sees(EDITED)
    room.close()
