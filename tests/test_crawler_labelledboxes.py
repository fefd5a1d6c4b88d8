"""A box whose first line says that it is no text of the article."""

import pytest

from crawler.pages.labelledboxes import find_labelled_boxes
from crawler.pages.reading import read
from crawler.pages.tree import load
from crawler.rules import Rules

STORY = [f"Đoạn {n}: xã đã bàn giao mặt bằng cho nhà thầu và hẹn xong trước mùa mưa tới." for n in range(5)]
OFFER = "Mua ngay tủ lạnh Sông Hàn giá 327.000 đồng, giao tận nhà trong hôm nay."


def body(box: str) -> list[str]:
    told = [f"<p>{text}</p>" for text in STORY]
    html = f"<html lang='vi'><body><h1>Bàn giao mặt bằng</h1><div>{''.join(told[:3])}{box}{''.join(told[3:])}</div>"
    article = read(html.encode(), "https://a.example/b.html", "text/html", Rules()).article
    return [block.text for block in article.body] if article else []


def why(html: str) -> list[str]:
    return list(find_labelled_boxes(load(f"<body>{html}</body>"), frozenset()).values())


@pytest.mark.parametrize(
    "box",
    [
        f"<div><span>Quảng cáo</span><p>{OFFER}</p></div>",
        f"<div><div>Advertisement</div><div><p>{OFFER}</p></div></div>",
        f"<div>Tài trợ<p>{OFFER}</p></div>",
        f"<section><h4>Anzeige</h4><p>{OFFER}</p></section>",
        f"<div><div><div><p>{OFFER}</p><span>Quảng cáo</span></div></div></div>",
        f"<div><a href='https://shop.example/7'>{OFFER}</a><small>Sponsored</small></div>",
        f"<div><div>📣</div><div>Tài trợ: {OFFER}</div></div>",
    ],
)
def test_a_box_under_the_label_of_an_advertisement_is_left_out(box: str) -> None:
    assert body(box) == STORY


@pytest.mark.parametrize(
    "html",
    [
        "<div><b>Quảng cáo</b> trên mạng xã hội sẽ phải ghi rõ tên người trả tiền từ tháng sau.</div>",
        "<div>Quảng cáo <a href='/x'>trên mạng xã hội</a> sẽ phải ghi rõ tên người trả tiền từ tháng sau.</div>",
        "<p>Chương trình diễn ra tối nay ở bến cá.</p><div>Tài trợ: Hội Người đi biển.</div>",
        "<div><p>Quảng cáo trên mạng xã hội sẽ phải ghi rõ tên người trả tiền.</p><p>Luật có hiệu lực.</p></div>",
    ],
)
def test_a_sentence_that_begins_with_the_word_is_no_label(html: str) -> None:
    assert why(html) == []


def test_a_label_before_a_part_of_the_text_takes_nothing_with_it() -> None:
    parts = [f"<div class='part'><p>{text}</p></div>" for text in STORY]
    parts[2] = f"<div class='part'><span>Quảng cáo</span><p>{STORY[2]}</p></div>"
    assert why("".join(parts)) == []


def test_a_label_above_the_whole_text_takes_nothing_with_it() -> None:
    assert why(f"<div><div>Quảng cáo</div>{''.join(f'<p>{text}</p>' for text in STORY * 2)}</div>") == []


def test_a_label_below_a_part_of_the_text_takes_nothing_with_it() -> None:
    parts = "".join(f"<div><p>{text}</p><span>Quảng cáo</span></div>" for text in STORY)
    assert why(parts) == []
    assert why(f"<p>{STORY[0]}</p><div><p>{STORY[1]}</p><p>{STORY[2]}</p><p>{STORY[3]}</p><b>Quảng cáo</b></div>") == []


SUMMARY = "Xã đã bàn giao mặt bằng, nhà thầu hẹn xong công trình trước mùa mưa tới."
SAPO = "Sau bốn năm chờ đợi, mặt bằng của tuyến đê bao được giao cho nhà thầu ngay trong tháng này."


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='ai-summary'><b>Nội dung chính</b><p>{SUMMARY}</p></div>",
        f"<div class='box-tomtat-ai'><p>{SUMMARY}</p></div>",
        f"<div class='summary'><b>Tóm tắt bằng AI</b><p>{SUMMARY}</p></div>",
        f"<div class='tom-tat'><div><span>AI tóm tắt</span><button>Ẩn</button></div><ul><li>{SUMMARY}</li></ul></div>",
        f"<section class='summary'><h4>AI-generated summary</h4><p>{SUMMARY}</p></section>",
        f"<div class='summary'><div>KI-Zusammenfassung</div><p>{SUMMARY}</p></div>",
    ],
)
def test_a_summary_by_a_machine_is_no_lead(box: str) -> None:
    story = "".join(f"<p>{text}</p>" for text in STORY)
    meta = f"<meta name='description' content='{SAPO}'>"
    html = (
        f"<html lang='vi'><head>{meta}</head><body><h1>Giao đất</h1>{box}<p class='sapo'>{SAPO}</p><div>{story}</div>"
    )
    article = read(html.encode(), "https://a.example/b.html", "text/html", Rules()).article
    assert article
    assert (article.lead, [block.text for block in article.body]) == (SAPO, STORY)


def test_a_summary_that_says_below_it_that_a_machine_made_it_is_left_out() -> None:
    points = f"<div>Tóm tắt</div><ul><li>{SUMMARY}</li></ul>"
    assert body(f"<div class='k7'>{points}<small>Nội dung được tóm tắt bởi AI</small></div>") == STORY
    assert SUMMARY in body(f"<div class='k7'>{points}<small>Nội dung do tòa soạn tóm tắt</small></div>")


def test_a_summary_by_the_newsroom_is_kept() -> None:
    assert why(f"<div class='summary'><b>Tóm tắt</b><p>{SUMMARY}</p></div>") == []
    assert why(f"<div><b>Tóm tắt luật về AI</b><p>{SUMMARY}</p></div>") == []
