"""Copies of an article on both kinds of database: which are found, and which carry an edit."""

import unicodedata
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from storage import schema
from storage.queries import Queries
from storage.rows import CopyRow, Has, Relation
from storage.visits import FoundPage
from tests.newsroom import NEW_URL, NOON, URL, Newsroom

STORY = (
    "Sáng nay, tỉnh Tân Giang khởi công tuyến đường dài 35 km nối bốn xã vùng cao với quốc lộ, vốn đầu tư 820 tỷ đồng.",
    "Đại diện nhà thầu cho biết đã huy động hơn một trăm công nhân và hai mươi máy xúc lên công trường từ tuần trước.",
    "Người dân các xã dọc tuyến đã bàn giao mặt bằng từ tháng ba và mong con đường sớm thông xe trước mùa mưa năm sau.",
)
CORRECTED = (STORY[0].replace("35 km", "53 km"), *STORY[1:])
LONGER = (
    *STORY,
    "Cùng ngày, đoàn công tác đã đến thăm và tặng quà các gia đình chính sách ở xã Bản Lầu và xã Nậm Cang.",
)
OTHER = (
    "Đội tuyển bóng đá nữ thắng đậm trong trận ra quân ở giải vô địch khu vực diễn ra tối qua trên sân vận động tỉnh.",
    "Huấn luyện viên hài lòng với lối chơi của các học trò và cho biết sẽ xoay tua đội hình ở lượt trận thứ hai.",
)
ELSEWHERE = "https://kia.example/khoi-cong-duong-99.html"
PRINTED = "https://vidu.example/in/khoi-cong-duong-99.html"


@pytest.fixture
def room(database: str) -> Iterator[Newsroom]:
    made = Newsroom(database)
    made.archive.watch_site("kia", NOON)
    made.archive.add_pages("kia", [FoundPage(url=ELSEWHERE)], NOON)
    yield made
    made.close()


def _copies(room: Newsroom, url: str = URL) -> list[CopyRow]:
    return room.queries.copies(room.page_id(url))


def _relations(room: Newsroom, url: str = URL) -> list[tuple[str, str]]:
    return [(row.relation.value, row.url) for row in _copies(room, url)]


def test_copies_on_other_sites_come_before_those_on_the_same_one(room: Newsroom) -> None:
    for url, texts in ((URL, STORY), (PRINTED, STORY), (ELSEWHERE, LONGER), (NEW_URL, OTHER)):
        room.sees(texts, url=url, title=f"Tin ở {url}")
    page, copy, same_site = _copies(room)
    assert (page.relation, copy.relation, same_site.relation) == (Relation.PAGE, Relation.COPY, Relation.SAME_SITE)
    assert (page.url, copy.url, same_site.url) == (URL, ELSEWHERE, PRINTED)
    assert (page.similarity, same_site.similarity) == (1.0, 1.0)
    assert 0.6 < copy.similarity < 0.9
    assert (copy.site, copy.title, copy.state, copy.first_seen) == ("kia", f"Tin ở {ELSEWHERE}", "live", NOON)
    assert _relations(room, NEW_URL) == [("page", NEW_URL)]


def test_a_copy_with_other_accents_of_the_same_letters_is_the_same(room: Newsroom) -> None:
    room.sees(STORY)
    room.sees(tuple(unicodedata.normalize("NFD", text.upper()) for text in STORY), url=ELSEWHERE)
    assert [row.similarity for row in _copies(room)] == [1.0, 1.0]


@pytest.mark.parametrize(("words", "found"), [(39, []), (40, [("page", URL), ("copy", ELSEWHERE)])])
def test_a_text_of_under_forty_words_is_no_copy(room: Newsroom, words: int, found: list[tuple[str, str]]) -> None:
    text = " ".join(f"từ{number}" for number in range(words))
    room.sees((text,))
    room.sees((text,), url=ELSEWHERE)
    assert _relations(room) == found


def test_a_page_that_was_never_read_has_no_copies(room: Newsroom) -> None:
    assert _copies(room) == []


def test_what_each_copy_has_of_an_edit_is_told(room: Newsroom) -> None:
    for url in (URL, PRINTED, ELSEWHERE):
        room.sees(STORY, url=url)
    edited = room.sees(CORRECTED)
    page, copy, same_site = _copies(room)
    assert [(edit.id, edit.url, edit.has) for edit in page.edits] == [(edited.edit_id, URL, Has.NEW)]
    assert [edit.has for edit in copy.edits + same_site.edits] == [Has.OLD, Has.OLD]
    followed = room.sees(CORRECTED, url=ELSEWHERE)
    page, copy, same_site = _copies(room)
    assert [(edit.id, edit.has) for edit in copy.edits] == [(edited.edit_id, Has.NEW), (followed.edit_id, Has.NEW)]
    assert [edit.has for edit in same_site.edits] == [Has.OLD, Has.OLD]


def test_an_edit_of_a_copy_is_looked_for_in_the_page(room: Newsroom) -> None:
    room.sees(STORY)
    room.sees(STORY, url=ELSEWHERE)
    room.sees(LONGER, url=ELSEWHERE)
    page, copy = _copies(room)
    assert [(edit.url, edit.has) for edit in page.edits] == [(ELSEWHERE, Has.NEITHER)]
    assert [(edit.url, edit.has) for edit in copy.edits] == [(ELSEWHERE, Has.NEW)]


def test_a_page_is_found_by_what_it_says_now(room: Newsroom) -> None:
    room.sees(STORY)
    room.sees(STORY, url=ELSEWHERE)
    room.sees(OTHER, url=ELSEWHERE, title="Thắng đậm")
    assert _relations(room) == [("page", URL)]
    room.sees(STORY, url=ELSEWHERE)  # taken back
    assert _relations(room) == [("page", URL), ("copy", ELSEWHERE)]


def test_a_page_that_becomes_another_one_is_no_copy_of_it(room: Newsroom) -> None:
    room.sees(STORY)
    room.sees(CORRECTED, url=NEW_URL)
    room.sees(CORRECTED, identity=NEW_URL)
    assert _relations(room, NEW_URL) == [("page", NEW_URL)]


def test_no_band_is_left_of_a_text_that_was_replaced_or_is_too_short_now(room: Newsroom) -> None:
    room.sees(STORY)
    assert room.sql("SELECT count(*) FROM copy_band") == [(32,)]
    room.sees(CORRECTED)
    assert room.sql("SELECT count(*) FROM copy_band") == [(32,)]
    room.sees(("Bài đã gỡ.", *OTHER[:0]))
    assert room.sql("SELECT count(*) FROM copy_band") == [(0,)]
    assert room.sql("SELECT count(*) FROM copy_signature") == [(0,)]


def test_signatures_that_are_made_anew_are_those_that_were_kept_up(room: Newsroom) -> None:
    room.sees(STORY)
    room.sees(CORRECTED)
    room.sees(LONGER, url=ELSEWHERE)
    query = select(schema.copy_band).order_by(schema.copy_band.c.band)
    with room.queries._transaction() as connection:
        before = connection.execute(query).all()
    room.archive.rebuild_search()
    with room.queries._transaction() as connection:
        assert connection.execute(query).all() == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_copies_are_looked_up_by_an_index(room: Newsroom) -> None:
    plan = room.sql("EXPLAIN QUERY PLAN SELECT DISTINCT page_id FROM copy_band WHERE band IN (1, 2, 3)")
    assert "SEARCH copy_band USING PRIMARY KEY (band=?)" in str(plan)


def test_copies_are_read_through_the_door_that_cannot_write(room: Newsroom) -> None:
    room.sees(STORY)
    with Queries(room.url) as queries:
        assert len(queries.copies(room.page_id())) == 1
