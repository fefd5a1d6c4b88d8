from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import document_fromstring

from crawler.pages.metadata import read_metadata
from crawler.pages.tree import UnreadableError, load
from crawler.rules import Rules
from tests.newspage import PARAGRAPHS, TITLE, URL, article, json_ld, page, read, texts

TAGS = '<div class="tags"><b>Từ khóa:</b> <a href="/tag/dien">điện lưới</a> <a href="/tag/nam-luc">Nậm Lúc</a></div>'
FULL = page(
    article("<p>Lò Thị Mây 11/03/2025 - 20:25</p>", TAGS, '<div class="cate"><a href="/xa-hoi/">Xã hội</a></div>'),
    json_ld(datePublished='"2025-03-11T20:25:00+07:00"', image='["/anh/1.jpg"]')
    + '<link rel="canonical" href="/ban-nam-luc-don-dien-post101.html?utm_source=x"><meta name="description" '
    'content="Hơn một trăm hộ dân không còn phải dùng đèn dầu.">',
)


def test_a_whole_page_gives_every_field() -> None:
    found = read(FULL)
    assert found.title == TITLE
    assert found.section == "Xã hội"
    assert found.authors == ("Lò Thị Mây",)
    assert found.published is not None
    assert found.published.iso == "2025-03-11T20:25:00+07:00"
    assert found.language == "vi"
    assert found.tags == ("điện lưới", "Nậm Lúc")
    assert found.canonical_url == URL
    assert found.description == "Hơn một trăm hộ dân không còn phải dùng đèn dầu."
    assert found.lead_image == "https://baovidu.example/anh/1.jpg"


def test_every_filled_field_says_where_it_came_from() -> None:
    found = read(FULL)
    filled = {
        "title",
        "section",
        "authors",
        "published",
        "language",
        "tags",
        "canonical_url",
        "description",
        "lead_image",
    }
    assert set(found.sources) == filled
    assert all(found.sources.values())


def test_header_elements_are_named_and_hold_nothing_of_the_body() -> None:
    found = texts(read(FULL).elements)
    assert {TITLE, "Xã hội", "Lò Thị Mây 11/03/2025 - 20:25"} <= set(found)
    assert not any(paragraph in text for paragraph in PARAGRAPHS for text in found)


def test_a_name_that_the_text_mentions_stays_in_the_text() -> None:
    told = "Khi trạm biến áp đóng điện lần đầu, cả bản đứng chờ ngoài sân; người kể lại chuyện ấy là giáo viên "
    linked = f'<p>{told}<a href="/author/lo-thi-may">Lò Thị Mây</a>, cô đã dạy ở đây từ ngày điểm trường mở cửa.</p>'
    found = read(page(article(after=linked)))
    assert found.authors == ("Lò Thị Mây",)
    assert "Lò Thị Mây" not in texts(found.elements)


def test_reading_changes_nothing_and_gives_the_same_twice() -> None:
    tree = load(FULL)
    before = etree.tostring(tree)
    first = read_metadata(tree, URL, Rules())
    second = read_metadata(load(FULL), URL, Rules())
    assert etree.tostring(tree) == before
    assert (first.candidates, first.sources, texts(first.elements)) == (
        second.candidates,
        second.sources,
        texts(second.elements),
    )


def test_the_site_files_rules_go_first() -> None:
    main = (
        '<h1>Tin nhanh</h1><div class="ten">Một tên khác</div><i class="muc">Đời sống</i><i class="viet">mây</i>'
        + article()
    )
    found = read(page(main), rules=Rules(title=".ten", section=".muc", authors=".viet"))
    assert (found.title, found.section, found.authors) == ("Một tên khác", "Đời sống", ("mây",))


def test_a_rule_that_finds_nothing_or_is_no_selector_leaves_the_general_reading() -> None:
    found = read(FULL, rules=Rules(title=".none", section="div[", authors="::", published="p:has("))
    assert (found.title, found.section, found.authors) == (TITLE, "Xã hội", ("Lò Thị Mây",))


def test_a_page_of_nothing_gives_empty_fields() -> None:
    found = read_metadata(document_fromstring("<p></p>"), "not a url", Rules())
    assert (found.title, found.section, found.authors, found.tags, found.language) == ("", "", (), (), "")
    assert (found.published, found.modified, found.elements) == (None, None, ())


def test_deep_nesting_is_read() -> None:
    tree = document_fromstring("<div>" * 220 + f"<h1>{TITLE}</h1><p>Lò Thị Mây 11/03/2025 - 20:25</p>" + "</div>" * 220)
    assert read_metadata(tree, URL, Rules()).title == TITLE


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_mutated_page_makes_it_raise(data: st.DataObject) -> None:
    html = FULL
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(html)))
        end = data.draw(st.integers(start, min(len(html), start + 200)))
        junk = data.draw(
            st.sampled_from(["", "<", '"', "<h1>", "</div>", "<time datetime=", "11/03/2025", "{", "\x00", "&#x0;"])
        )
        html = html[:start] + junk + html[end:]
    try:
        tree = load(html)
    except UnreadableError:
        return
    found = read_metadata(tree, URL, Rules())
    assert found.published is None or found.published.at.tzinfo is not None


def test_boxes_in_another_language_above_the_text_do_not_decide_how_its_dates_are_read() -> None:
    told = "O serviço de atendimento domiciliar registrou mais um arrombamento em seus veículos na última semana."
    box = "The council said on Tuesday that the new ferry timetable would begin in the first week of the month of May."
    story = "".join(f"<p>{told} ({number})</p>" for number in range(5))
    boxes = "".join(f"<div><p>{box} ({number})</p></div>" for number in range(9))
    for above in ("", boxes):
        main = f"<h1>Arrombamento em veículos</h1><p>05/10/2018</p><article>{story}</article>"
        found = read(f"<html><head><title>Arrombamento</title></head><body>{above}{main}</body></html>")
        assert found.language == "pt"
        assert found.published is not None
        assert found.published.at.month == 10
