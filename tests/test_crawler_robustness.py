"""Hostile and broken pages: an article is not lost for one bad character, and nothing raises or takes for ever."""

import asyncio
from collections.abc import Callable, Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pages.legacyviet import from_tcvn3
from crawler.pages.reading import read
from crawler.readers import Readers, ReadingLimits
from crawler.rules import Rules
from storage.records import Reading

URL = "https://baovidu.example/chinh-tri/cau-ben-lam-post12.html"
STORY = [
    "Chiều 10/3, Ủy ban nhân dân tỉnh họp với các nhà thầu để chốt ngày thông xe và phương án phân luồng.",
    "Cầu dài 1.240 m, rộng 22,5 m, tổng vốn 2.318 tỷ đồng, nối hai huyện Lam Đông và Tân Giang.",
    "Theo Sở Xây dựng, mỗi ngày sẽ có khoảng 9.000 lượt xe qua cầu, gấp ba lần lượng xe qua phà hiện nay.",
]


def page(extra: str = "", charset: str = "utf-8") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    return (
        f"<html lang='vi'><head><meta charset='{charset}'><title>Cầu Bến Lam sắp thông xe</title></head>"
        f"<body><h1>Cầu Bến Lam sắp thông xe</h1><div class='content'>{text}{extra}</div></body></html>"
    )


def texts(found: Reading) -> list[str]:
    assert found.article is not None, found.unreadable
    return [block.text for block in found.article.body]


def reading(body: str | bytes, content_type: str = "text/html") -> Reading:
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return read(data, URL, content_type, Rules())


@pytest.mark.parametrize(
    "bad",
    [
        *("\x00", "\x01", "\x0b", "\x1f", "\x7f", "\ufffe", "\uffff"),
        *("&#1;", "&#x0;", "&#31;", "&#xd83d;", "&#57343;", "&#xfffe;", "&#xFFFFFFFF;", "&#99999999999;"),
    ],
)
def test_a_forbidden_character_costs_no_word_of_the_article(bad: str) -> None:
    found = texts(reading(page().replace("thông xe và", f"thông {bad}xe và")))
    assert found[1:] == STORY[1:]
    assert found[0].startswith("Chiều 10/3, Ủy ban nhân dân tỉnh họp với các nhà thầu để chốt ngày thông ")
    assert found[0].endswith("phương án phân luồng.")


@pytest.mark.parametrize("bad", [b"\xff", b"\xc3", b"\xed\xa0\xbd", b"\xf8\x88\x80\x80\x80"])
def test_broken_bytes_cost_only_themselves(bad: bytes) -> None:
    found = reading(page().encode().replace("chốt".encode(), "chốt".encode() + bad))
    assert texts(found)[1:] == STORY[1:]
    assert found.sources["encoding"] == "utf-8: UTF-8 with broken bytes"


def test_a_byte_order_mark_goes_before_all_that_the_page_and_the_header_say() -> None:
    body = "\ufeff" + page(charset="windows-1251")
    assert texts(reading(body.encode("utf-16-le"), "text/html; charset=big5")) == STORY
    assert texts(reading(body.encode(), "text/html; charset=big5")) == STORY


def test_valid_utf8_goes_before_header_and_meta() -> None:
    assert texts(reading(page(charset="windows-1251"), "text/html; charset=iso-8859-1")) == STORY


def test_the_header_goes_before_meta_and_meta_before_detection() -> None:
    russian = "Мост открыли в понедельник утром, сообщила администрация области. " * 2
    body = page(f"<p>{russian.strip()}</p>", "koi8-r").replace("Chiều", "Chieu")
    plain = "".join(char for char in body if char.isascii() or "а" <= char.lower() <= "я")
    by_header = reading(plain.encode("cp1251"), "text/html; charset=windows-1251")
    assert by_header.sources["encoding"] == "cp1251: Content-Type header"
    by_meta = reading(plain.encode("koi8-r"))
    assert by_meta.sources["encoding"] == "koi8-r: meta charset"
    assert texts(by_header)[-1] == texts(by_meta)[-1] == russian.strip()


def test_legacy_vietnamese_is_read_and_flagged() -> None:
    table: dict[str, str | int | None] = {
        from_tcvn3(chr(code)): chr(code) for code in range(0xA1, 0x100) if from_tcvn3(chr(code)) != chr(code)
    }
    more = "Các hộ không còn phải chờ đến năm sau, và những người ở xa đã được nước sạch với một trạm bơm của xã này."
    old = page(f"<p>{more}</p>", "iso-8859-1").translate(str.maketrans(table))
    found = reading(old.encode("latin-1", "replace"))
    assert found.sources["encoding"] == "legacy Vietnamese encoding TCVN3, made into Unicode"
    assert texts(found)[-1] == more


def test_sound_utf8_is_no_news() -> None:
    assert "encoding" not in reading(page()).sources


DEEP = ["<div>", "<span>", "<b><i>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<font>", "<section><p>"]


@pytest.mark.parametrize("tag", DEEP)
def test_nesting_of_a_hundred_thousand_elements_costs_no_paragraph(tag: str) -> None:
    assert texts(reading(page(tag * (100_000 // tag.count("<")))))[:3] == STORY


@pytest.mark.parametrize(
    "tag",
    [
        "<div " + " ".join(f"data-a{n}='{n}'" for n in range(25_000)) + ">",
        f"<div class='{'x ' * 200_000}'>",
        f"<p style='{'color:red;' * 40_000}'>",
    ],
    ids=["many attributes", "one long class", "one long style"],
)
def test_a_tag_with_400_kilobytes_of_attributes_costs_no_text(tag: str) -> None:
    more = "Cây cầu này là lời hứa được giữ với người dân hai huyện."
    assert len(tag) >= 390_000
    assert texts(reading(page(f"{tag}{more}"))) == [*STORY, more]


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(processes=1, limits=ReadingLimits()) as pool:
        yield pool


def read_within_limits(readers: Readers, body: bytes) -> tuple[list[str], str]:
    """The body and why there is none, by a reading process under its limits of CPU, memory and time."""
    found = asyncio.run(readers.read(body, URL, "text/html", Rules()))
    return [block.text for block in found.article.body] if found.article else [], found.unreadable


SIZE = 50_000_000
MADE: dict[str, Callable[[], str]] = {
    "script": lambda: f"<script>{'var a=1;' * (SIZE // 8)}</script>",
    "inlined picture": lambda: f"<img src='data:image/png;base64,{'A' * SIZE}'>",
}
TOO_LARGE: dict[str, Callable[[], str]] = {
    "paragraphs": lambda: f"<p>{STORY[0]}</p>" * (SIZE // 150),
    "one word": lambda: f"<p>{'a' * SIZE}",
    "brackets": lambda: "<" * SIZE,
    "breaks": lambda: "<br>" * (SIZE // 4),
}


@pytest.mark.parametrize("what", MADE)
def test_fifty_megabytes_around_an_article_are_put_aside(readers: Readers, what: str) -> None:
    assert read_within_limits(readers, page(MADE[what]()).encode()) == (STORY, "")


@pytest.mark.parametrize("what", TOO_LARGE)
def test_fifty_megabytes_of_mark_up_are_unreadable_and_say_so(readers: Readers, what: str) -> None:
    found, why = read_within_limits(readers, page(TOO_LARGE[what]()).encode())
    assert found == []
    assert why == "the page has more than 30000000 characters of mark-up"


def test_twenty_thousand_linked_items_are_read_in_bounded_time(readers: Readers) -> None:
    items = "".join(f"<li><a href='/b{n}'>Bài báo số {n} của trang này</a></li>" for n in range(20_000))
    assert read_within_limits(readers, page(f"<ul>{items}</ul>").encode()) == (STORY, "")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "the page is empty"),
        (b" \n\t ", "the page is empty"),
        (b"\x00" * 500, "the page is empty"),
        (b"\xef\xbb\xbf", "the page is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 " + bytes(range(256)), "the answer is a PDF, no page"),
        (b"\x1f\x8b\x08" + bytes(range(256)), "the answer is compressed by gzip, no page"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "the answer is a JPEG picture, no page"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "the answer is a WebP picture, no page"),
        (Random(7).randbytes(3_000), "the answer is no text, no page"),
        (b"<html><body><img src='a.jpg'></body></html>", "no article text on the page"),
    ],
)
def test_what_is_empty_or_no_page_is_unreadable_with_its_reason(body: bytes, why: str) -> None:
    assert reading(body).unreadable == why


# --- pages that were mutilated ----------------------------------------------------------------------------

CARDS = "".join(
    f"<article class='card'><a href='/bai-{n}.html'><img src='/t{n}.jpg' alt='Ảnh {n}'></a>"
    f"<h4><a href='/bai-{n}.html'>Một bài khác của tỉnh, số {n}</a></h4><p>Tóm tắt của bài khác số {n}.</p></article>"
    for n in range(40)
)
MENU = "".join(f"<li class='menu-{n}'><a href='/muc-{n}/'>Chuyên mục thứ {n}</a></li>" for n in range(80))
LD = '<script type="application/ld+json">{"@type": "Article", "headline": "Cầu", "author": [{"name": "A"}]}</script>'
SCRIPT = """window.a = {"b": "<p>"};"""
REAL_SIZED = page(
    "<figure><img src='a.jpg'><figcaption>Cầu nhìn từ phía đông.</figcaption></figure><h2>Các mốc chính</h2>"
    "<ul><li>Khởi công 5/2021.</li></ul><blockquote>Lời hứa được giữ.</blockquote><table>"
    "<tr><th>Loại</th><th>Phí</th></tr>"
    "<tr><td>Xe con</td><td>15.000</td></tr></table><p style='text-align:right'><b>Lê An</b></p>"
    f"<h3>Có thể bạn quan tâm</h3>{CARDS}<form><textarea></textarea></form>"
    f"<script>{SCRIPT * 4000}</script>"
).replace("<h1>", f"{LD}<nav><ul>{MENU}</ul></nav><h1>")
TAGS = [
    *("<div>", "</div>", "<p>", "<table><tr>", "</article>", "<a href='//[x'>", "<img srcset=','>", "<svg>", "<!--"),
    *("&#1;", "<select>", "\x00", "<button>", "]]>", "<figure class=caption>", "<h1>", "<script>", "<base href='::'>"),
    *(
        "<template>",
        "<plaintext>",
        "<frameset>",
        "<iframe>",
        "<noscript>",
        "<textarea>",
        "<title>",
        "</body>",
        "</html>",
    ),
    *(
        "<time datetime='9999999-99'>",
        "<meta charset=utf-7>",
        "<math>",
        "<li>",
        "<td>",
        "<option>",
        "<![CDATA[",
        "<?xml",
    ),
]
Cut = tuple[str, float, int, str]


def mutilated(html: str, cuts: list[Cut]) -> str:
    """The page with pieces cut out, doubled, nested in themselves or moved, tags put in, and attributes broken."""
    for how, where, size, tag in cuts:
        at = int(where * len(html))
        before, piece, after = html[:at], html[at : at + size], html[at + size :]
        html = {
            "cut": before + after,
            "double": before + piece * 3 + after,
            "nest": before + tag * (size % 300) + piece + after,
            "move": after + piece + before,
            "insert": before + tag + piece + after,
            "quote": before + piece.replace("'", "", 1).replace('"', "", 1) + after,
            "unclose": before + piece.replace(">", "", 2) + after,
            "equal": before + piece.replace("=", "==", 3).replace(" ", "\x0c", 2) + after,
        }[how][:600_000]
    return html


CUTS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "double", "nest", "move", "insert", "quote", "unclose", "equal"]),
        st.floats(0, 1),
        st.integers(0, 4000),
        st.sampled_from(TAGS),
    ),
    max_size=15,
)
FLIPS = st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=40)


@settings(max_examples=80, deadline=None)
@given(
    cuts=CUTS, flips=FLIPS, tail=st.binary(max_size=20), charset=st.sampled_from(["", "; charset=utf-8", "; charset=x"])
)
def test_reading_never_raises_on_a_mutilated_page(
    cuts: list[Cut], flips: list[tuple[float, int]], tail: bytes, charset: str
) -> None:
    body = bytearray(mutilated(REAL_SIZED, cuts).encode("utf-8", "surrogatepass") + tail)
    for where, mask in flips:
        body[int(where * len(body))] ^= mask
    found = reading(bytes(body), f"text/html{charset}")
    assert found.article is not None or found.unreadable


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<p>{text}</p>".encode("utf-8", "ignore")))
def test_reading_never_raises_on_any_bytes(body: bytes) -> None:
    found = reading(body)
    assert found.article is not None or found.unreadable
