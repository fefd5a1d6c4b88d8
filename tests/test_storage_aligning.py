"""Which text of one list is which of the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.comparison.aligning import Match, align
from storage.comparison.sentences import sentences

LONG = "the minister said on the day that the plan would go ahead without delay"


def found(old: list[str], new: list[str]) -> list[tuple[int, int, bool, bool]]:
    return [(match.old, match.new, match.same, match.moved) for match in align(old, new)]


def test_equal_texts_match_in_order_and_moved_ones_elsewhere() -> None:
    old = ["one and one", "two and two", "three and three", "four and four"]
    new = ["one and one", "three and three", "four and four", "two and two"]
    assert found(old, new) == [(0, 0, True, False), (2, 1, True, False), (3, 2, True, False), (1, 3, True, True)]


def test_of_two_texts_that_change_places_with_two_others_the_shorter_ones_have_moved() -> None:
    long = [LONG, f"{LONG} again"]
    for short in (["one", "two"], ["one and one"]):
        assert [pair[3] for pair in found([*long, *short], [*short, *long])] == [*(True for _ in short), False, False]
        assert [pair[3] for pair in found([*short, *long], [*long, *short])] == [False, False, *(True for _ in short)]


def test_a_similar_text_between_the_same_neighbours_matches() -> None:
    assert found(["first", LONG, "last"], ["first", LONG + " at all", "last"])[1] == (1, 1, False, False)


def test_an_unrelated_long_text_does_not_match() -> None:
    other = "rain fell over northern valleys while farmers waited for better weather to return soon"
    assert found(["first", LONG, "last"], ["first", other, "last"]) == [(0, 0, True, False), (2, 2, True, False)]


def test_a_short_text_replaced_in_its_place_matches() -> None:
    assert found(["first", "75", "last"], ["first", "76", "last"])[1] == (1, 1, False, False)


def test_a_text_of_which_only_the_beginning_or_the_end_is_left_matches() -> None:
    much = " ".join(f"word{number} of it" for number in range(8))
    for part in ("the end of the bridge was seen", "so the bridge is still closed"):
        for whole in (f"{part} {much}", f"{much} {part}"):
            assert found(["first", whole, "last"], ["first", part, "last"])[1] == (1, 1, False, False)
            assert found(["first", part, "last"], ["first", whole, "last"])[1] == (1, 1, False, False)


def test_a_very_similar_text_elsewhere_is_moved() -> None:
    fillers = [f"filler number {number} stands here and says {number}" for number in range(4)]
    pairs = align([LONG, *fillers], [*fillers, LONG + " again"])
    assert Match(old=0, new=4, same=False, moved=True) in pairs


@given(st.lists(st.sampled_from(["a", "b", "c c", "d e f", LONG]), max_size=12), st.data())
def test_each_text_is_in_one_match_at_most(old: list[str], data: st.DataObject) -> None:
    new = data.draw(st.lists(st.sampled_from(["a", "b", "c c", "d e g", LONG + " x"]), max_size=12))
    matches = align(old, new)
    assert len({match.old for match in matches}) == len({match.new for match in matches}) == len(matches)
    assert all((old[match.old] == new[match.new]) == match.same for match in matches)


def test_sentences_end_where_a_reader_ends_them() -> None:
    assert list(sentences("TS. Nguyễn Văn A nói. “Đúng vậy.” Ông đi. Tăng 3.5 tỷ.")) == [
        "TS. Nguyễn Văn A nói. ",
        "“Đúng vậy.” ",
        "Ông đi. ",
        "Tăng 3.5 tỷ.",
    ]
    assert list(sentences("Er kam am 5. November. Dann ging er.")) == ["Er kam am 5. November. ", "Dann ging er."]
    assert list(sentences("Doors open at 10 a.m. Friday, Dec. 6. Tickets go first at No. 5 today. Be there.")) == [
        "Doors open at 10 a.m. Friday, Dec. 6. ",
        "Tickets go first at No. 5 today. ",
        "Be there.",
    ]
    assert len(sentences("It ends at 10 p.m. The doors close. They met in Dec. Nobody came.")) == 4
    assert list(sentences("会談した。その後、帰国した。")) == ["会談した。", "その後、帰国した。"]


@pytest.mark.parametrize(
    "text",
    [
        "The set is called Quiet Rooms Vol. 2 and sells well.",
        "Il cita l'art. 5 de la loi.",
        "Das steht in Abs. 2 des Gesetzes.",
        "The map (fig. 3) and its notes, pp. 40 and 41, were redrawn.",
        "According to Resolution No. 3, vol. 1, it was so.",
    ],
)
def test_a_sentence_goes_on_behind_an_abbreviation_of_what_is_numbered(text: str) -> None:
    assert sentences(text) == (text,)


@pytest.mark.parametrize(
    "text", ["Hôm nay có thêm 20 ca. 5 người đã khỏi.", "Nhóm ra mắt EP. 5 bài hát đều mới.", "Up. 5 went."]
)
def test_a_sentence_may_begin_with_a_number(text: str) -> None:
    assert len(sentences(text)) == 2


@given(st.text(".!? aA“”", max_size=60))
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_a_sentence_ends_behind_a_name_in_capitals_and_goes_on_behind_a_title() -> None:
    assert len(sentences("It was built for SLS. Some say so.")) == 2
    assert len(sentences("Theo PGS. Trần Văn Ba, TS. Lê An và ThS. Vũ Hà, cầu đã cũ.")) == 1
