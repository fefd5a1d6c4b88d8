"""Text of a page to a tree: nothing in it is lost to one bad character, nothing in it is without bounds."""

import pytest

from crawler.pages.tree import MAX_DEPTH, UnreadableError, load


def text_of(html: str) -> str:
    return " ".join("".join(load(html).itertext()).split())


@pytest.mark.parametrize("bad", ["\x00", "\x01", "\x1f", "\ud800", "\uffff", "&#0;", "&#1;", "&#x1F;", "&#xD800;"])
def test_a_forbidden_character_does_not_lose_the_words_around_it(bad: str) -> None:
    assert text_of(f"<p>Sáng{bad} nay</p><p>trời mưa</p>").replace("\ufffd", "") == "Sáng naytrời mưa"


@pytest.mark.parametrize("feed", ["\f", "&#12;"])
def test_a_form_feed_is_white_space(feed: str) -> None:
    assert "".join(load(f"<p>a{feed}b</p>").itertext()) == "a b"


def test_a_reference_to_a_windows_quote_is_that_quote() -> None:
    assert text_of("<p>it&#146;s</p>") == "it’s"


@pytest.mark.parametrize(("raw", "shown"), [("it\x92s", "it’s"), ("3 \x96 1", "3 – 1"), ("a\x81b", "ab")])
def test_a_character_that_windows_alone_has_is_what_it_has_there(raw: str, shown: str) -> None:
    assert text_of(f"<p>{raw}</p>") == shown


def test_what_is_left_of_utf_8_read_as_latin_1_is_not_made_worse() -> None:
    assert text_of("<p>armâ\x80\x99s length</p>").replace("\x80", "").replace("\x99", "") == "armâs length"


def test_ordinary_references_stay_what_they_are() -> None:
    assert text_of("<p>&#7929; &amp; &#x1F600;</p>") == "ỹ & 😀"


def test_an_xml_declaration_with_another_encoding_does_no_harm() -> None:
    assert text_of('<?xml version="1.0" encoding="utf-16"?><html><body><p>Việt</p></body></html>') == "Việt"


@pytest.mark.parametrize("tag", ["div", "span", "b", "blockquote", "table><tr><td", "ul><li"])
def test_text_below_a_hundred_thousand_nested_tags_is_kept(tag: str) -> None:
    tree = load(f"<html><body>{f'<{tag}>' * 100_000}<p>đáy</p></body></html>")
    assert "đáy" in "".join(tree.itertext())
    assert max(sum(1 for _ in element.iterancestors()) for element in tree.iter("*")) <= MAX_DEPTH + 22


def test_text_after_a_deep_nest_is_kept() -> None:
    deep = f"{'<div>' * 5000}x{'</div>' * 5000}"
    assert text_of(f"<body>{deep}<p>sau đó</p></body>").endswith("sau đó")


def test_a_giant_tag_keeps_its_short_attributes() -> None:
    image = load(f'<body><img alt="Ảnh" src="data:{"x" * 50_000}" data-src="/a.jpg"></body>').find(".//img")
    assert image is not None
    assert (image.get("alt"), image.get("data-src")) == ("Ảnh", "/a.jpg")


def test_forty_thousand_attributes_on_one_tag_do_not_hide_the_text() -> None:
    attributes = " ".join(f'a{n}="v"' for n in range(40_000))
    assert text_of(f"<body><div {attributes}><p>chữ</p></div></body>") == "chữ"


def test_a_drawing_left_open_does_not_swallow_the_page() -> None:
    assert load("<body><svg><path d='x'><p>bài báo</p></body>").find(".//svg") is None


@pytest.mark.parametrize("html", ["", "   \n", "\x00\x00"])
def test_an_empty_page_is_told_so(html: str) -> None:
    with pytest.raises(UnreadableError, match="empty"):
        load(html)


def test_more_elements_than_any_page_has_are_refused() -> None:
    with pytest.raises(UnreadableError, match="elements"):
        load("<p>a</p>" * 200_000)


def test_a_page_heavy_with_scripts_is_read_without_them() -> None:
    html = f"<body><script>{'x < y;' * 2_000_000}</script><p>còn lại</p></body>"
    assert text_of(html) == "còn lại"


@pytest.mark.parametrize("body", ["", "<p>Đoạn cuối.</p>"])
def test_a_body_that_is_not_opened_is_one_all_the_same(body: str) -> None:
    root = load(f"<!doctype html><meta charset=utf-8><title>Tên</title><article><h1>Cầu mới</h1></article>{body}")
    assert [child.tag for child in root] == ["head", "body"]
    assert root[0].text_content() == "Tên"
    assert root[1].text_content() == "Cầu mới" + ("Đoạn cuối." if body else "")


def test_an_article_below_two_thousand_boxes_keeps_its_paragraphs() -> None:
    article = "<article><h1>Tựa</h1><div><p>một</p><ul><li>hai</li></ul></div></article>"
    tree = load(f"<body>{'<div>' * 2000}{article}{'</div>' * 2000}<p>sau</p></body>")
    assert [element.text for element in tree.iter("h1", "p", "li")] == ["Tựa", "một", "hai", "sau"]
    assert [element.text for element in tree.iterfind(".//article/div/p")] == ["một"]


def test_what_stands_beside_a_deep_nest_keeps_its_elements() -> None:
    deep = f"{'<span>' * 5000}x{'</span>' * 5000}"
    tree = load(f"<body><div><section><ul><li>một</li></ul></section>{deep}<table><tr><td>hai</td></tr></table></div>")
    assert [element.text for element in tree.iter("li", "td")] == ["một", "hai"]
