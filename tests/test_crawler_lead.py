"""The lead (sapo) is found by its mark-up, by its place, and by what the description says."""

import pytest

from crawler.pages.lead import agrees, find_lead
from crawler.pages.segmenting import segment
from crawler.pages.tree import load

LEAD = "Từ tháng sau, tuyến phà nối hai bờ sẽ chạy thêm tám chuyến mỗi ngày để giảm cảnh xếp hàng giờ cao điểm."
BODY = "".join(f"<p>Đoạn {n}: đại diện bến phà nói lượng khách tăng đều trong ba năm qua.</p>" for n in range(4))


def lead(html: str, description: str = "") -> str:
    pieces = segment(load(f"<body>{html}<div class='content'>{BODY}</div></body>"), {})
    body = [index for index, piece in enumerate(pieces) if piece.text.startswith("Đoạn")]
    found, _ = find_lead(pieces, list(range(len(pieces))), body, description)
    return " ".join(pieces[index].text for index in found)


@pytest.mark.parametrize(
    "html",
    [
        f"<div class='sapo'>{LEAD}</div>",
        f"<h2 class='article__sapo'>{LEAD}</h2>",
        f"<p class='chapeau'><strong>{LEAD}</strong></p>",
        f"<div class='standfirst'><p>{LEAD}</p></div>",
        f"<h2 class='doc_header__subheader'>{LEAD}</h2><p class='text'>{LEAD[::-1].capitalize()}.</p>",
        f"<div class='detailSapo'><p>{LEAD}</p></div>",
        f"<div itemprop='description'>{LEAD}</div>",
        f"<p>{LEAD}</p>",
    ],
)
def test_the_summary_above_the_body_is_the_lead(html: str) -> None:
    assert lead(html) == LEAD


def test_the_first_paragraph_is_the_lead_when_the_description_says_the_same() -> None:
    first = "Đoạn 0: đại diện bến phà nói lượng khách tăng đều trong ba năm qua."
    assert lead("", description=first) == first


def test_a_description_cut_short_makes_no_lead_of_the_first_paragraph() -> None:
    assert lead("", description="Đoạn 0: đại diện bến phà nói…") == ""


def test_the_description_of_a_picture_gallery_is_no_lead() -> None:
    picture = (
        "<div class='gallery__description'>Người dân chờ phà ở bến bắc từ lúc năm giờ sáng, ngày 11 tháng 3.</div>"
    )
    assert lead(f"{picture}<div><p>{LEAD}</p></div>", description=LEAD) == LEAD


def test_what_the_description_says_goes_before_a_named_element_below_it() -> None:
    assert lead(f"<p>{LEAD}</p><p class='intro'>Phóng viên ghi lại một buổi sáng ở bến.</p>", description=LEAD) == LEAD


@pytest.mark.parametrize("first", [f"<p><b>{LEAD}</b></p>", f"<p><em>{LEAD}</em></p>", f"<h2>{LEAD}</h2>"])
def test_a_first_paragraph_set_off_from_the_others_is_the_lead(first: str) -> None:
    pieces = segment(load(f"<body><div>{first}{BODY}</div></body>"), {})
    assert find_lead(pieces, range(len(pieces)), range(len(pieces)), "")[0] == [0]


LINKS = "".join(f"<li><a href='/cong-cu-{n}'>Công cụ {n}</a></li>" for n in range(9))


def test_a_lead_is_known_above_and_below_a_row_of_links() -> None:
    assert lead(f"<p>{LEAD}</p><ul>{LINKS}</ul>") == LEAD
    assert lead(f"<ul>{LINKS}</ul><p>Nghe bài đọc</p><p>{LEAD}</p>", description=LEAD) == LEAD


def test_leads_one_below_the_other_are_one_lead() -> None:
    second = "Hành khách có vé tháng được đi miễn phí trong tuần đầu, chủ phà cho biết."
    twins = "".join(f"<h2 class='subtitle'>{text}</h2>" for text in (LEAD, second))
    assert lead(f"<div>{twins}</div><h2 class='subtitle'>Ảnh và bài của An Bình ở bến phà</h2>") == f"{LEAD} {second}"


def test_a_list_of_points_named_as_a_summary_is_the_lead_with_its_links() -> None:
    points = ("Phà chạy thêm tám chuyến mỗi ngày.", "Vé tháng vẫn giữ giá cũ.", "Xem cả giờ chạy mới của bến")
    first, second, linked = points
    items = f"<li>{first}</li><li>{second}</li><li><a href='/gio-chay'>{linked}</a></li>"
    assert lead(f"<ul class='summary-list'>{items}</ul>") == " ".join(points)
    assert lead(f"<ul class='tools'>{items}</ul>") == ""


def test_a_short_line_above_the_body_is_no_lead() -> None:
    assert lead("<p>Ảnh: An Bình</p>") == ""


@pytest.mark.parametrize(
    ("text", "description", "same"),
    [
        (LEAD, LEAD, True),
        (LEAD, LEAD.upper(), True),
        (LEAD, LEAD[:60], False),
        (LEAD, "", False),
        ("Một câu khác hẳn về chuyện khác.", LEAD, False),
    ],
)
def test_agreement_means_the_whole_text(text: str, description: str, same: bool) -> None:
    assert agrees(text, description) is same
