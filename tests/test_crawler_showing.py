"""The texts that a page shows are the same ones, however a reader cuts them."""

from collections import Counter

from lxml.html import HtmlElement

from crawler.pages.blocks import text_key
from crawler.pages.segmenting import segment
from crawler.pages.showing import lines_shown, shown_texts
from crawler.pages.tree import load


def shown(html: str, *marked: str) -> Counter[str]:
    """How often each text is shown where the elements of these classes are marked."""
    root = load(f"<body>{html}</body>")
    assert isinstance(root, HtmlElement)
    marks = {element: "byline" for element in root.iter("span", "em") if element.get("class") in marked}
    return Counter(shown_texts(segment(root, marks)))


BYLINE = "<p>Theo <span class='a'>Lan Chi</span> | <em class='b'>Báo <b>Mới</b></em> 20:25</p>"


def test_a_text_that_marks_cut_is_shown_as_often_as_where_nothing_is_marked() -> None:
    whole = shown(BYLINE)
    for marked in (("a",), ("b",), ("a", "b")):
        cut = shown(BYLINE, *marked)
        assert {key: cut[key] for key in whole} == whole


def test_a_text_is_shown_whole_and_in_its_parts() -> None:
    wanted = ["Theo Lan Chi | Báo Mới 20:25", "Theo", "Lan Chi", "Báo", "Mới", "Báo Mới", "20:25"]
    assert set(map(text_key, wanted)) <= set(shown(BYLINE))


def test_a_text_within_several_elements_is_shown_once() -> None:
    assert shown("<p> <b><i>Một câu.</i></b> </p>") == shown("<p>Một câu.</p>") == Counter([text_key("Một câu.")])


def test_each_cell_of_a_row_is_shown() -> None:
    table = "<table><tr><th>Năm</th><th>Mức</th></tr><tr><td>2024</td><td>7,5%</td></tr></table>"
    assert {text_key(cell) for cell in ("Năm", "Mức", "2024", "7,5%")} <= set(shown(table))


def test_a_paragraph_ended_by_two_breaks_is_another_text() -> None:
    assert shown("<p>một <b>hai</b><br><br>ba</p>") == Counter(map(text_key, ("một hai", "một", "hai", "ba")))


def test_lines_under_a_picture_are_shown_together_as_well() -> None:
    html = "<img src='a.jpg'><p>Cầu mới.</p><p>Ảnh: An Bình</p><p>Lê An</p><p>Một câu.</p>"
    keys = list(lines_shown(segment(load(f"<body>{html}</body>"), {})))
    assert {text_key("Cầu mới. Ảnh: An Bình"), text_key("Cầu mới. Ảnh: An Bình Lê An")} <= set(keys)
    assert text_key("Cầu mới. Ảnh: An Bình") not in shown(html)
    assert text_key("Lê An Một câu.") not in keys
