"""Bodies in the database: exact, once by content, a few hops deep, and checked when they are read."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, insert, select, update

from storage import bodies, bodycodec, schema
from storage.bodycodec import SEGMENT
from storage.digests import sha256
from storage.errors import DamagedBodyError

_body = schema.body.c


def _page(number: int) -> bytes:
    """A page of some 30 kB that counts its readers and is edited now and then."""
    lines = [f"<p>Đoạn {line}: {'đã sửa ' * (number // (line + 1) % 3)}giá xăng tăng.</p>" for line in range(600)]
    return f"<i>{number} lượt xem</i>{''.join(lines)}".encode()


def _decoded_with(connection: Connection, body_id: int) -> int:
    """How many other bodies have to be decoded first."""
    base = connection.execute(select(_body.base_id).where(_body.id == body_id)).scalar_one()
    return 0 if base is None else 1 + _decoded_with(connection, base)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(series=st.lists(st.binary(max_size=300), min_size=1, max_size=12))
def test_every_series_of_bodies_comes_back_bit_for_bit(connection: Connection, series: list[bytes]) -> None:
    stored = [bodies.put(connection, data, "page:1") for data in series]
    assert [bodies.get(connection, body_id) for body_id in stored] == series


def test_three_hundred_bodies_of_a_page_are_eight_hops_deep_at_most(connection: Connection) -> None:
    sibling = bodies.put(connection, _page(-1), "page:9")
    series = [_page(number) for number in range(300)]
    stored = [bodies.put(connection, data, "page:1", sibling=sibling) for data in series]
    depths = [_decoded_with(connection, body_id) for body_id in stored]
    assert max(depths) == 8
    assert [place for place, depth in enumerate(depths) if depth == 1] == list(range(0, 300, SEGMENT))
    for place in (0, 1, SEGMENT - 1, SEGMENT, 255, 299):
        assert bodies.get(connection, stored[place]) == series[place]


def test_a_chain_that_an_earlier_release_began_goes_on_and_is_eight_hops_deep_at_most(connection: Connection) -> None:
    series = [_page(number) for number in range(130)]
    stored: list[int] = []
    for seq in range(9):  # eight hops already
        line = list(reversed(series[:seq]))
        frame = bodycodec.compress(series[seq], bodycodec.prefix_of(line, 1 << 19))
        values = {"sha256": sha256(series[seq]), "size": len(series[seq]), "chain": "page:1", "seq": seq, "data": frame}
        row = insert(schema.body).values(values | {"base_id": stored[-1] if stored else None}).returning(_body.id)
        stored.append(connection.execute(row).scalar_one())
    stored += [bodies.put(connection, data, "page:1") for data in series[9:]]
    assert max(_decoded_with(connection, body_id) for body_id in stored) == 8
    assert [bodies.get(connection, body_id) for body_id in stored] == series


def test_of_large_pages_few_have_to_be_decoded_for_another(connection: Connection) -> None:
    page = Random(1).randbytes(1_500_000)
    series = [page + b"%d" % number for number in range(10)]
    stored = [bodies.put(connection, data, "page:1") for data in series]
    assert [_decoded_with(connection, body_id) for body_id in stored] == [0, 1, 2, 3, 4, 4, 4, 4, 1, 2]
    assert [bodies.get(connection, body_id) for body_id in stored] == series


def test_a_page_too_large_to_be_decoded_with_another_is_built_on_one_all_the_same(connection: Connection) -> None:
    page = Random(1).randbytes(7_000_000)
    stored = [bodies.put(connection, page + b"%d" % number, "page:1") for number in range(3)]
    assert [_decoded_with(connection, body_id) for body_id in stored] == [0, 1, 1]


def test_a_body_whose_base_is_missing_or_damaged_is_stored_all_the_same_and_stands_alone(
    connection: Connection,
) -> None:
    stored = [bodies.put(connection, _page(number), "page:1") for number in range(8)]
    connection.execute(update(schema.body).where(_body.id == stored[0]).values(chain="page:9"))
    connection.execute(update(schema.body).where(_body.id == stored[5]).values(data=b"\x00"))
    alone = bodies.put(connection, _page(8), "page:1")  # is to be built on the one that is gone
    beside = bodies.put(connection, _page(9), "page:1")
    assert _decoded_with(connection, alone) == 0
    assert _decoded_with(connection, beside) == 1
    assert [bodies.get(connection, number) for number in (alone, beside)] == [_page(8), _page(9)]
    with pytest.raises(DamagedBodyError):
        bodies.get(connection, stored[6])


def test_a_page_that_is_watched_costs_little_more_than_its_first_body(connection: Connection) -> None:
    sizes = []
    for number in range(40):
        body_id = bodies.put(connection, _page(number), "page:1")
        sizes.append(connection.execute(select(func.length(_body.data)).where(_body.id == body_id)).scalar_one())
    assert sum(sizes[1:]) / 39 < len(_page(0)) / 100


def test_what_comes_back_costs_little_whichever_of_the_bodies_that_lead_there_had_it(connection: Connection) -> None:
    teasers = [Random(number).randbytes(3000) for number in range(3)]
    seen = [*teasers, *(f"{number}".encode() for number in range(5)), teasers[1]]
    stored = [bodies.put(connection, _page(0) + one, "page:1") for one in seen]
    size = connection.execute(select(func.length(_body.data)).where(_body.id == stored[8])).scalar_one()
    assert size > 3000  # body 8 is built on body 0 alone, to save hops
    again = bodies.put(connection, _page(1) + teasers[0], "page:1")
    assert connection.execute(select(func.length(_body.data)).where(_body.id == again)).scalar_one() < 200


def test_a_first_body_is_small_beside_a_sibling_page(connection: Connection) -> None:
    alone = bodies.put(connection, _page(0), "page:1")
    beside = bodies.put(connection, _page(1), "page:2", sibling=alone)
    sizes: dict[int, int] = dict(connection.execute(select(_body.id, func.length(_body.data))).all())
    assert sizes[beside] < sizes[alone] / 3
    assert (_decoded_with(connection, alone), _decoded_with(connection, beside)) == (0, 1)


def test_a_first_body_is_packed_against_what_its_sibling_is_built_on_if_that_does_not_stand_alone(
    connection: Connection,
) -> None:
    stored = [bodies.put(connection, _page(number), "page:1") for number in range(5)]
    beside = bodies.put(connection, _page(9), "page:2", sibling=stored[-1])
    assert connection.execute(select(_body.base_id).where(_body.id == beside)).scalar_one() == stored[0]


def test_the_same_bytes_are_stored_once_whatever_their_page(connection: Connection) -> None:
    first = bodies.put(connection, _page(0), "page:1")
    assert bodies.put(connection, _page(0), "page:1") == first
    assert bodies.put(connection, _page(0), "page:2", sibling=first) == first
    assert connection.execute(select(func.count()).select_from(schema.body)).scalar_one() == 1


def test_an_empty_body_is_a_body(connection: Connection) -> None:
    empty = bodies.put(connection, b"", "page:1")
    after = bodies.put(connection, _page(0), "page:1")
    assert bodies.get(connection, empty) == b""
    assert bodies.get(connection, after) == _page(0)


def test_a_changed_byte_in_any_stored_body_is_noticed(connection: Connection) -> None:
    stored = [bodies.put(connection, _page(number), "page:1") for number in range(4)]
    for body_id in stored:
        data = connection.execute(select(_body.data).where(_body.id == body_id)).scalar_one()
        middle = len(data) // 2
        damaged = data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1 :]
        connection.execute(update(schema.body).where(_body.id == body_id).values(data=damaged))
        with pytest.raises(DamagedBodyError):
            bodies.get(connection, body_id)
        connection.execute(update(schema.body).where(_body.id == body_id).values(data=data))


@pytest.mark.parametrize("of", range(4))
@pytest.mark.parametrize("place", [0, 0.3, 0.6, 1])
def test_nothing_is_built_on_a_body_whose_frame_or_one_before_it_has_a_flipped_bit(
    connection: Connection, of: int, place: float
) -> None:
    stored = [bodies.put(connection, _page(number), "page:1") for number in range(4)]
    data = bytearray(connection.execute(select(_body.data).where(_body.id == stored[of])).scalar_one())
    data[int(place * (len(data) - 1))] ^= 1
    connection.execute(update(schema.body).where(_body.id == stored[of]).values(data=bytes(data)))
    alone = bodies.put(connection, _page(4), "page:1")
    assert _decoded_with(connection, alone) == 0
    assert bodies.get(connection, alone) == _page(4)


def test_a_body_swapped_for_another_sound_one_is_noticed(connection: Connection) -> None:
    one, two = (bodies.put(connection, data, f"page:{data!r}") for data in (b"ba muoi lam", b"ba muoi sau"))
    data = connection.execute(select(_body.data).where(_body.id == two)).scalar_one()
    connection.execute(update(schema.body).where(_body.id == one).values(data=data))
    with pytest.raises(DamagedBodyError, match="SHA-256"):
        bodies.get(connection, one)


def test_a_missing_body_is_noticed(connection: Connection) -> None:
    body_id = bodies.put(connection, b"x", "page:1")
    connection.execute(delete(schema.body))
    with pytest.raises(DamagedBodyError, match="missing"):
        bodies.get(connection, body_id)


def test_bodies_that_are_built_on_themselves_are_told_as_that(connection: Connection) -> None:
    stored = [bodies.put(connection, _page(number), "page:1") for number in range(3)]
    for base in stored:  # on itself, and through one or two others
        connection.execute(update(schema.body).where(_body.id == stored[0]).values(base_id=base))
        for body_id in stored:
            with pytest.raises(DamagedBodyError, match=f"body {body_id} .*in a circle"):
                bodies.get(connection, body_id)
    assert _decoded_with(connection, bodies.put(connection, _page(4), "page:1")) == 0


def test_nothing_is_built_on_a_damaged_body(connection: Connection) -> None:
    base = bodies.put(connection, _page(0), "page:1")
    connection.execute(update(schema.body).where(_body.id == base).values(sha256="0" * 64))
    alone = bodies.put(connection, _page(1), "page:1")
    assert _decoded_with(connection, alone) == 0
    assert bodies.get(connection, alone) == _page(1)
