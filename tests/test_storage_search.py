"""Search on both kinds of database: what is found, in which order, and that the index keeps up with the archive."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from storage import schema
from storage.errors import ConfigError
from storage.records import Outcome, Reading
from storage.rows import Searched, SearchHit
from storage.search import finding
from tests.newsroom import EDITED, FOOTBALL, HOUR, NEW_URL, NOON, OTHER_URL, RAIN, URL, Newsroom, article

PLACES = {
    "ma": "Con ma trong truyện cổ.",
    "má": "Má kể chuyện ngày xưa.",
    "mạ": "Nông dân gieo mạ sớm.",
    "hoà": "Hai bên ký thoả thuận hoà bình.",
    "hòa": "Hai nước mong muốn hòa bình.",
    "đường": "Đường Đê La Thành được mở rộng.",
}


@pytest.fixture
def room(database: str) -> Iterator[Newsroom]:
    made = Newsroom(database)
    yield made
    made.close()


def _address(name: str) -> str:
    return f"https://vidu.example/{name}"


def _publish(room: Newsroom, **texts: str) -> None:
    for name, text in texts.items():
        room.sees((text,), url=_address(name), title="Tin")


def _found(room: Newsroom, query: str) -> list[str]:
    return [hit.url.rpartition("/")[2] for hit in room.queries.search(query)]


def _one(room: Newsroom, query: str, what: Searched = Searched.CURRENT) -> SearchHit:
    (hit,) = room.queries.search(query, what=what)
    return hit


def _marked(hit: SearchHit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.hits]


def test_words_are_found_without_their_diacritics_and_the_very_spelling_comes_first(room: Newsroom) -> None:
    _publish(room, **PLACES)
    for spelling in ("ma", "má", "mạ", "MÁ"):
        found = [(hit.url, hit.exact) for hit in room.queries.search(spelling)]
        assert found[0] == (_address(spelling.lower()), True)
        assert sorted(found[1:]) == sorted((_address(n), False) for n in ("ma", "má", "mạ") if n != spelling.lower())
    assert _found(room, "duong de la thanh") == _found(room, "ĐƯỜNG đê") == ["đường"]
    assert _found(room, "đường ray") == []


def test_of_very_many_texts_the_newest_are_put_in_order_first_and_none_is_left_out(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "RANKED", 3)
    texts = ["Gạo ngon.", "Gạo, gạo và gạo.", "Gạo mới.", "Có gao.", "Gạo và gạo.", "Gạo cũ.", "Gao.", "Gạo."]
    _publish(room, **{f"n{number}": text for number, text in enumerate(texts)})
    found = _found(room, "gạo")
    assert [{*found[:3]}, {*found[3:6]}, {*found[6:]}] == [{"n7", "n6", "n5"}, {"n4", "n3", "n2"}, {"n1", "n0"}]
    assert (found[2], found[3], found[5], found[6]) == ("n6", "n4", "n3", "n1")
    assert list(room.queries.search("gạo", site="vidu")) == list(room.queries.search("gạo"))
    assert list(room.queries.search("gạo", site="kia")) == []
    assert len(_found(room, "gao mới")) == 1


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("spelling", ["hoà bình", "hòa bình"])
def test_composed_and_decomposed_old_and_new_tones_find_each_other_exactly(
    room: Newsroom, form: str, spelling: str
) -> None:
    decomposed = {name: unicodedata.normalize("NFD", text) for name, text in PLACES.items() if name in {"hoà", "hòa"}}
    _publish(room, **decomposed)
    hits = list(room.queries.search(unicodedata.normalize(form, spelling)))  # type: ignore[arg-type]  # NFC or NFD
    assert {hit.url for hit in hits} == {_address("hoà"), _address("hòa")}
    assert all(hit.exact for hit in hits)


def test_a_phrase_in_quotes_stands_in_one_passage_and_in_its_order(room: Newsroom) -> None:
    room.sees(("Giá xăng tăng. Vàng giảm.", "Xăng giá rẻ."), title="Tin")
    assert _found(room, '"giá xăng tăng"') != []
    assert _found(room, '"xăng giá rẻ"') != []
    assert _found(room, '"tăng giá"') == []
    assert _found(room, '"giảm xăng"') == []  # from the end of one paragraph into the next
    assert _found(room, '"tin giá"') == []
    assert _found(room, "tăng giá") != []


def test_words_in_a_row_come_before_the_same_words_apart_and_exact_ones_before_both(room: Newsroom) -> None:
    _publish(
        room,
        apart="Nội thất bán ở Hà Đông. Nội thất rẻ, nội thất đẹp, ở Hà Tĩnh và Hà Giang.",
        row="Chiều qua mưa lớn đổ xuống thành phố Hà Nội và các tỉnh lân cận, gây ngập nhiều nơi.",
        plain="Ha Noi, ha noi, ha noi",
    )
    assert _found(room, "hà nội") == ["row", "apart", "plain"]
    assert _found(room, "ha noi")[0] == "plain"


def test_the_spelling_counts_where_the_words_are_found_not_elsewhere_in_the_text(room: Newsroom) -> None:
    _publish(room, mixed="Mà hồng hào. Má đào.", exact="Em bé có đôi má hồng.")
    assert [(hit.url, hit.exact) for hit in room.queries.search('"má hồng"')] == [
        (_address("exact"), True),
        (_address("mixed"), False),
    ]


def test_a_hit_shows_its_page_its_version_and_the_words_in_their_passage(room: Newsroom) -> None:
    room.sees(RAIN)
    changed = room.sees(EDITED)
    hit = _one(room, '"ngap 53" Hà Nội')
    assert (hit.url, hit.site, hit.title, hit.version, hit.at) == (URL, "vidu", "Mưa lớn ở Hà Nội", 2, changed.at)
    assert (hit.edit_id, hit.status, hit.state) == (None, None, "live")
    assert hit.snippet == EDITED[0]
    assert _marked(hit) == ["ngập 53", "Hà", "Nội"]


def test_what_an_edit_removed_and_added_is_found_with_its_sentence(room: Newsroom) -> None:
    room.sees(RAIN)
    changed = room.sees(EDITED)
    removed, added = (_one(room, number, what) for number, what in (("35", Searched.REMOVED), ("53", Searched.ADDED)))
    assert (removed.version, added.version) == (1, 2)
    assert (removed.snippet, added.snippet) == (RAIN[0], EDITED[0])
    assert (_marked(removed), _marked(added)) == (["35"], ["53"])
    assert (removed.edit_id, removed.status, removed.at) == (changed.edit_id, "pending", changed.at)
    for what, number in ((Searched.REMOVED, "53"), (Searched.ADDED, "35"), (Searched.CURRENT, "35")):
        assert list(room.queries.search(number, what=what)) == []
    assert list(room.queries.search("tuyến", what=Searched.REMOVED)) == []  # it stands there still


def test_only_the_text_that_a_page_shows_now_is_found(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    assert (_found(room, '"ngập 35"'), len(_found(room, '"ngập 53"'))) == ([], 1)
    room.sees(RAIN)  # taken back
    assert (len(_found(room, '"ngập 35"')), _found(room, '"ngập 53"')) == (1, [])


def test_a_page_that_is_read_anew_is_found_by_what_the_new_reader_reads(room: Newsroom) -> None:
    room.sees(RAIN)
    again = Reading(reader="r2", article=article((*RAIN, "Ảnh: Thông tấn xã.")))
    finding = room.finding((*RAIN, "Ảnh: Thông tấn xã."), reader="r2", earlier=again)
    assert room.archive.record([finding])[0].outcome is Outcome.SAME
    assert len(_found(room, "thông tấn")) == 1


def test_an_edit_is_found_by_what_a_newer_reading_of_its_versions_says(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    page_id = room.page_id()
    first, second = (version.id for version in room.queries.versions(page_id))

    def reread(old: tuple[str, ...], new: tuple[str, ...], reader: str) -> None:
        texts = {first: old, second: new}
        room.archive.reread(page_id, {n: Reading(reader=reader, article=article(t)) for n, t in texts.items()})

    reread(("Ngập 35 tuyến phố.",), ("Ngập 35 tuyến đường.",), "r2")
    assert _one(room, "đường", Searched.ADDED).snippet == "Ngập 35 tuyến đường."
    assert list(room.queries.search("53", what=Searched.ADDED)) == []
    assert _found(room, '"tuyến đường"') != []
    reread(("Ngập 35 tuyến đường.",), ("Ngập 35 tuyến đường.",), "r3")
    assert list(room.queries.search("đường", what=Searched.ADDED)) == []  # it was no edit at all


def test_a_page_that_becomes_another_one_is_found_once(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED, url=NEW_URL)
    room.sees(EDITED, identity=NEW_URL)
    assert [hit.url for hit in room.queries.search("ngập")] == [NEW_URL]
    assert _one(room, "35", Searched.REMOVED).url == NEW_URL


def test_the_edits_of_a_page_that_becomes_another_one_go_with_it(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED, url=NEW_URL)
    further = (*EDITED[:2], "Trẻ em được nghỉ học.")
    room.sees(further, url=NEW_URL)
    room.sees(further, identity=NEW_URL)
    assert [hit.url for hit in room.queries.search("nghỉ học", what=Searched.ADDED)] == [NEW_URL]
    assert [hit.url for hit in room.queries.search("35", what=Searched.REMOVED)] == [NEW_URL]
    assert [hit.url for hit in room.queries.search("nghỉ học")] == [NEW_URL]
    assert room.archive.rebuild_search().texts == 5


def test_hits_can_be_chosen_by_site_and_time(room: Newsroom) -> None:
    room.sees(RAIN)
    room.archive.watch_site("kia", NOON)
    room.sees(FOOTBALL, url=OTHER_URL)
    later = room.now
    assert len(list(room.queries.search("hà nội"))) == 2
    assert [hit.url for hit in room.queries.search("hà nội", since=later)] == [OTHER_URL]
    assert list(room.queries.search("hà nội", since=later + HOUR)) == []
    assert len(list(room.queries.search("hà nội", site="vidu"))) == 2
    assert list(room.queries.search("hà nội", site="kia")) == []


@pytest.mark.parametrize("query", ["", '"', '""', "*", "- –", "“ ”", "😀"])
def test_a_query_without_a_word_is_refused(room: Newsroom, query: str) -> None:
    with pytest.raises(ConfigError, match="no word"):
        room.queries.search(query)


_SIGNS = "NEAR(ngập 35)|ngập*|text:ngập|^ngập|(ngập|{ngập}|ngập' & !|a:*&|\\|x\x00y|\ud83dngập|;|%|1e5|-5|<->"


@pytest.mark.parametrize("query", ['ngập" OR', "ngập NOT 35", "ngập | 35", *_SIGNS.split("|")])
def test_no_sign_in_a_query_is_a_command_of_the_database(room: Newsroom, query: str) -> None:
    room.sees(RAIN)
    try:
        assert len(list(room.queries.search(query))) <= 1
    except ConfigError as refused:
        assert "no word" in str(refused)  # noqa: PT017 - either is right, as long as it is one of them


def test_signs_part_words_and_numbers_as_they_do_in_the_text(room: Newsroom) -> None:
    _publish(
        room, number="GRDP tăng 7,5% so với năm 2025-2026; liên hệ toasoan@baovidu.example (A/B).", other="Có 75 xe."
    )
    for query in ("7,5%", "7.5", '"7 5"', "2025-2026", "toasoan@baovidu.example", "a/b", "GRDP"):
        assert _found(room, query) == ["number"]
    assert _found(room, "75") == ["other"]


def test_words_of_scripts_without_spaces_are_found(room: Newsroom) -> None:
    _publish(room, nhật="東京で大雨が降りました。", thái="ฝนตกหนักในกรุงเทพฯ", nga="Ёлка в Москве", hindi="हिन्दी समाचार")
    for query, name in (("東京", "nhật"), ("大雨", "nhật"), ("กรุงเทพ", "thái"), ("елка", "nga"), ("हिन्दी", "hindi")):
        assert _found(room, query) == [name]
    assert _found(room, "京東") == []


def test_a_text_beyond_measure_is_recorded_and_found_by_how_it_begins(room: Newsroom) -> None:
    words = [f"{number:x}đặng{number}" for number in range(60_000)]
    room.sees(("Mở đầu bài dài.", " ".join(words[:20_000]), " ".join(words[20_000:]), "x" * 100_000), title="Dài")
    assert len(_found(room, "mở đầu")) == 1
    assert len(_found(room, words[9_000])) == 1
    assert _found(room, words[50_000]) == []


def _all_answers(room: Newsroom) -> dict[str, list[tuple[str, bool, str]]]:
    words = {word.strip(".,") for text in (*RAIN, *EDITED, *FOOTBALL, *PLACES.values()) for word in text.split()}
    return {
        f"{what} {word}": [(hit.url, hit.exact, hit.snippet) for hit in room.queries.search(word, what=what)]
        for what in Searched
        for word in sorted(words)
    }


def test_an_index_that_is_built_anew_gives_the_answers_of_the_one_that_was_kept_up(room: Newsroom) -> None:
    _publish(room, **PLACES)
    for texts in (RAIN, EDITED, FOOTBALL, RAIN, EDITED, EDITED):
        room.sees(texts)
    kept_up = _all_answers(room)
    rebuilt = room.archive.rebuild_search()
    assert {key: sorted(found) for key, found in _all_answers(room).items()} == {
        key: sorted(found) for key, found in kept_up.items()
    }
    with room.archive._transaction() as connection:
        assert rebuilt.texts == len(connection.execute(schema.search_entry.select()).all())
    assert rebuilt.damaged == ()
    room.sees(FOOTBALL)
    assert _found(room, '"ngập 53"') == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_index_of_sqlite_holds_no_word_that_was_replaced(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(("Hôm nay trời đẹp.",))
    room.sees(("Hôm nay trời đẹp.",))
    for table in ("search_words", "search_forms"):
        query = f'SELECT count(*) FROM {table} WHERE {table} MATCH \'"ngap" OR "ngập"\''
        assert room.sql(query) == [(1,)]  # what the edit removed; the page has it no more
    with room.archive._transaction() as connection:
        connection.exec_driver_sql("INSERT INTO search_words(search_words) VALUES ('integrity-check')")


def test_a_page_whose_text_is_damaged_is_left_out_of_a_new_index_and_named(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(FOOTBALL, url=OTHER_URL)
    text = schema.body.c.chain == f"text:{room.page_id()}"
    room.damaged = True
    with room.archive._transaction() as connection:
        connection.execute(update(schema.body).where(text).values(data=b"\x00"))
    rebuilt = room.archive.rebuild_search()
    assert (rebuilt.texts, rebuilt.damaged) == (1, (URL,))
    assert len(_found(room, "đội tuyển")) == 1


def test_texts_that_were_replaced_leave_little_behind_in_the_index_of_sqlite(tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'a.db'}")
    for number in range(15):
        words = (f"từ{place}" for place in range(400))
        room.sees((*RAIN, " ".join(words), f"Lần thứ {number}."))
    ((kept,),) = room.sql("SELECT sum(length(block)) FROM search_words_data")
    room.write("INSERT INTO search_words(search_words) VALUES ('optimize')")
    ((needed,),) = room.sql("SELECT sum(length(block)) FROM search_words_data")
    room.close()
    assert kept < 3 * needed


def test_a_compacted_archive_of_sqlite_keeps_no_part_of_its_index_twice(tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'a.db'}")
    for number in range(15):
        words = (f"từ{place}" for place in range(400))
        room.sees((*RAIN, " ".join(words), f"Lần thứ {number}."))
    ((kept,),) = room.sql("SELECT sum(length(block)) FROM search_words_data")
    room.archive.shrink()
    ((needed,),) = room.sql("SELECT sum(length(block)) FROM search_words_data")
    assert needed < kept
    room.write("INSERT INTO search_words(search_words) VALUES ('optimize')")
    assert room.sql("SELECT sum(length(block)) FROM search_words_data") == [(needed,)]
    assert len(_found(room, "từ399")) == 1
    room.close()
