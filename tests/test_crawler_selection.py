"""Which pieces are the article, given what trafilatura kept."""

import pytest

from crawler.pages.blocks import text_key
from crawler.pages.segmenting import segment
from crawler.pages.selection import Votes, select, up_to_end
from crawler.pages.tree import load

NONE = Votes(whole="", elements=frozenset())


def sentence(n: int) -> str:
    return f"Câu số {n} kể rằng người dân hai bên sông đã chờ cây cầu này từ hơn hai mươi năm nay."


def votes(*numbers: int) -> Votes:
    keys = [text_key(sentence(n)) for n in numbers]
    return Votes(whole="".join(keys), elements=frozenset(keys))


def chosen(html: str, kept: Votes) -> list[str]:
    pieces = segment(load(f"<body>{html}</body>"), {})
    return [pieces[index].text for index in select(pieces, set(range(len(pieces))), 0, lambda: kept)]


def test_a_paragraph_missing_between_two_that_were_kept_is_put_back() -> None:
    html = "<article>" + "".join(f"<p>{sentence(n)}</p>" for n in range(5)) + "</article>"
    assert chosen(html, votes(0, 1, 3, 4)) == [sentence(n) for n in range(5)]


def test_body_parts_in_sister_containers_are_read_together() -> None:
    parts = "".join(f"<div class='body'><p>{sentence(n)}</p><p>{sentence(n + 1)}</p></div>" for n in (0, 2, 4))
    assert chosen(f"<main>{parts}</main>", votes(0, 1)) == [sentence(n) for n in range(6)]


def test_where_nothing_was_kept_the_densest_element_is_the_article() -> None:
    html = f"<div><p>Ngắn.</p></div><div>{''.join(f'<p>{sentence(n)}</p>' for n in range(4))}</div>"
    assert chosen(html, NONE) == [sentence(n) for n in range(4)]


def test_paragraphs_in_an_inline_element_are_the_text_of_the_block_around_it() -> None:
    html = f"<div><span>{''.join(f'<p>{sentence(n)}</p>' for n in range(4))}</span></div><p>{sentence(9)}</p>"
    assert chosen(html, votes()) == [sentence(n) for n in range(4)]


def test_a_stray_vote_outside_the_article_is_not_followed() -> None:
    story = "".join(f"<p>{sentence(n)}</p>" for n in range(12))
    html = f"<body><div class='a'>{story}</div><div class='b'><div><p>{sentence(99)}</p></div></div></body>"
    assert chosen(html, votes(*range(12), 99)) == [sentence(n) for n in range(12)]


def test_a_page_without_text_has_no_body() -> None:
    assert chosen("<div><a href='/x'>x</a></div>", NONE) == []


def asked(html: str) -> bool:
    """Whether votes are asked for."""
    pieces = segment(load(f"<body>{html}</body>"), {})
    calls: list[int] = []

    def vote() -> Votes:
        calls.append(1)
        return NONE

    select(pieces, set(range(len(pieces))), 0, vote)
    return bool(calls)


STORY = "<article>" + "".join(f"<p>{sentence(n)}</p>" for n in range(12)) + "</article>"


def test_no_vote_is_asked_for_where_one_element_holds_all_running_text() -> None:
    assert not asked(f"{STORY}<div><a href='/x'>{sentence(50)}</a></div>")


def test_a_vote_is_asked_for_where_running_text_stands_elsewhere_too() -> None:
    assert asked(f"{STORY}<div><p>{sentence(50)}</p></div>")


def test_a_vote_is_asked_for_where_there_is_little_text() -> None:
    assert asked(f"<p>{sentence(1)}</p>")


def test_a_list_right_behind_the_last_paragraph_that_was_kept_is_the_articles() -> None:
    items = "".join(f"<li>Bài học thứ {n}: đo trước khi làm, và làm cho đến khi xong việc.</li>" for n in range(3))
    html = (
        f"<main><div>{''.join(f'<p>{sentence(n)}</p>' for n in range(4))}<ul>{items}</ul><h3>Xem tiếp</h3></div></main>"
    )
    beside = f"<section><p>{sentence(50)}</p><p>{sentence(51)}</p></section>"
    found = chosen(html.replace("</main>", f"{beside}</main>"), votes(0, 1, 2, 3))
    assert found == [sentence(n) for n in range(4)] + [
        f"Bài học thứ {n}: đo trước khi làm, và làm cho đến khi xong việc." for n in range(3)
    ]


def test_a_table_in_a_chapter_of_its_own_is_the_articles() -> None:
    def chapter(inside: str) -> str:
        return f"<article><div class='chapter'>{inside}</div></article>"

    told = [chapter(f"<p>{sentence(n)}</p><p>{sentence(n + 1)}</p>") for n in (0, 2, 4)]
    rows = "<tr><td>Mái ngói</td><td>20 triệu đồng</td></tr><tr><td>Sàn gỗ</td><td>30 triệu đồng</td></tr>"
    table = chapter(f"<table>{rows}</table>")
    html = f"<main>{told[0]}{told[1]}{table}{told[2]}</main>"
    assert [text for text in chosen(html, votes(*range(6))) if "|" in text] == [
        "Mái ngói | 20 triệu đồng",
        "Sàn gỗ | 30 triệu đồng",
    ]


def test_lists_and_headings_each_in_a_box_of_its_own_are_the_articles_where_its_paragraphs_stand_in_such() -> None:
    def box(text: str) -> str:
        return f"<div class='o'><div class='khoi'>{text}</div></div>"

    told = [box(f"<p>{sentence(n)}</p>") for n in range(6)]
    items = "<ul><li>Mở cống trước mùa mưa</li><li>Nạo vét kênh nhỏ</li></ul>"
    advice = box("<h2>Ba việc cần làm</h2>") + told[3] + box(items)
    offer = box("<h2>Mua vé tàu hôm nay</h2>") + "<div class='nut'><a href='/mua'>Mua</a></div>"
    beside = f"<div><p>{sentence(9)}</p><p>{sentence(8)}</p></div>"
    html = f"<main><div>{''.join(told[:3])}{advice}{offer}{''.join(told[4:])}</div>{beside}</main>"
    found = chosen(html, votes(*range(6)))
    assert found[3:7] == ["Ba việc cần làm", sentence(3), "Mở cống trước mùa mưa", "Nạo vét kênh nhỏ"]
    assert "Mua vé tàu hôm nay" not in found


def test_items_written_like_those_of_other_boxes_that_were_voted_for_are_the_articles_too() -> None:
    def box(n: int) -> str:
        points = [f"Điểm hay thứ {n}", f"Điểm dở thứ {n}"]
        return f"<div class='so'><h4>Chấm điểm</h4><ul>{''.join(f'<li>{one}</li>' for one in points)}</ul></div>"

    told = "".join(f"<p>{sentence(n)}</p>{box(n)}" for n in range(4))
    beside = f"<div><p>{sentence(9)}</p><p>{sentence(8)}</p></div>"
    html = f"<main><div>{told}<p>{sentence(5)}</p></div>{beside}</main>"
    voted = [text_key(sentence(n)) for n in (0, 1, 2, 3, 5)]
    voted += [text_key(f"Điểm {side} thứ {n}") for n in (0, 1, 3) for side in ("hay", "dở")]
    found = chosen(html, Votes(whole="".join(voted), elements=frozenset(voted)))
    assert "Điểm hay thứ 2" in found
    assert "Điểm dở thứ 2" in found


def test_a_post_that_the_article_shows_is_the_articles_though_it_was_not_voted_for() -> None:
    post = "<div><blockquote class='twitter-tweet'><p>Cầu thông xe rồi, mời bà con ra xem hội.</p></blockquote></div>"
    box = "<div><blockquote><p>Mua qua đường dẫn trong bài, toà soạn được một phần.</p></blockquote></div>"
    told = [f"<p>{sentence(n)}</p>" for n in range(6)]
    beside = f"<div><p>{sentence(9)}</p><p>{sentence(8)}</p></div>"
    html = f"<div>{''.join(told[:3])}{post}{box}{''.join(told[3:])}</div>{beside}"
    found = chosen(f"<main>{html}</main>", votes(*range(6)))
    assert "Cầu thông xe rồi, mời bà con ra xem hội." in found
    assert not any("Mua qua" in text for text in found)


def test_long_paragraphs_in_a_box_of_the_text_are_the_articles_though_links_stand_above_them() -> None:
    links = "".join(f"<p class='l'><a href='/b{n}'>Bài khác số {n} của báo</a></p>" for n in range(3))

    def ended(words: int) -> list[str]:
        boxed = f"<div class='khung'><div><p class='n'>{'chữ ' * words}</p></div></div>"
        html = f"<body><div>{''.join(f'<p>{sentence(n)}</p>' for n in range(6))}{links}{boxed}</div></body>"
        pieces = segment(load(html), {})
        pointers = {index for index, piece in enumerate(pieces) if piece.is_link}
        left = up_to_end(pieces, [index for index in range(len(pieces)) if index not in pointers], pointers)
        return [pieces[index].text for index in left]

    assert len(ended(50)) == 7
    assert len(ended(20)) == 6


def up_to_links(boxed: str) -> int:
    """How many pieces are left of an article of six sentences, three links to others, and a box."""
    links = "".join(f"<p class='l'><a href='/b{n}'>Bài khác số {n} của báo</a></p>" for n in range(3))
    html = f"<body><div>{''.join(f'<p>{sentence(n)}</p>' for n in range(6))}{links}{boxed}</div></body>"
    pieces = segment(load(html), {})
    pointers = {index for index, piece in enumerate(pieces) if piece.is_link}
    return len(up_to_end(pieces, [index for index in range(len(pieces)) if index not in pointers], pointers))


def test_a_box_of_many_paragraphs_alike_is_the_articles_though_links_stand_above_it() -> None:
    def box(count: int, tail: str = "") -> str:
        told = "".join(f"<p class='n'>{sentence(n)[:70]}{tail}</p>" for n in range(20, 20 + count))
        return f"<div class='khung'><h3>Hỏi và đáp</h3><div>{told}</div></div>"

    assert up_to_links(box(5)) == 6 + 6
    assert up_to_links(box(2)) == 6
    assert up_to_links(box(5, " <a href='/mua'>Mua</a>")) == 6


def test_a_post_at_the_end_of_the_article_is_the_articles_though_links_stand_above_it() -> None:
    said = "Cầu thông xe rồi, mời bà con hai bờ ra xem hội đua ghe <a href='https://v.example/1'>v.example/1</a>"
    post = f"<blockquote class='twitter-tweet'><p>{said}</p>— Báo Ví Dụ (@baovidu)</blockquote>"
    assert up_to_links(post) == 6 + 2
    assert up_to_links(post.replace("twitter-tweet", "z")) == 6


def test_a_list_right_in_the_text_is_the_articles_though_links_stand_above_it() -> None:
    items = "".join(f"<li><p>Bến số {n}: nhận ghe lớn từ ba giờ sáng.</p></li>" for n in range(3))
    assert up_to_links(f"<ul>{items}</ul>") == 9
    assert up_to_links(f"<div class='mua'><ul>{items}</ul></div>") == 6
    assert up_to_links(f"<ul>{items.replace('Bến', '<a href=/x>Bến</a>')}</ul>") == 6


def test_a_table_right_in_the_text_is_the_articles_though_links_stand_above_it() -> None:
    rows = "".join(f"<tr><td>Bến số {n}</td><td>{n}00 ghe</td></tr>" for n in range(3))
    assert up_to_links(f"<table>{rows}</table>") == 9
    assert up_to_links(f"<div class='mua'><table>{rows}</table></div>") == 6


def test_headings_and_lists_in_boxes_of_their_own_stand_among_paragraphs_that_do() -> None:
    paragraphs = [f"<div class='paragraph'><p>{sentence(n)}</p></div>" for n in range(6)]
    heading = "<div class='subtitle'><h2>Bến cũ, cầu mới</h2></div>"
    items = "<div class='list'><ul><li>Nhịp chính dài 120 m</li><li>Hai làn xe đạp</li></ul></div>"
    links = (
        "<div class='more'><ul><li><a href='/a'>Chợ nổi họp lại</a></li><li><a href='/b'>Được mùa</a></li></ul></div>"
    )
    parts = [*paragraphs[:2], heading, paragraphs[2], links, paragraphs[3], items, *paragraphs[4:]]
    html = f"<main>{''.join(parts)}</main><div class='more'><p>{sentence(20)}</p></div>"
    told = [sentence(n) for n in range(6)]
    assert chosen(html, votes(*range(6))) == [
        *told[:2],
        "Bến cũ, cầu mới",
        *told[2:4],
        "Nhịp chính dài 120 m",
        "Hai làn xe đạp",
        *told[4:],
    ]


def test_a_number_or_a_score_in_a_box_amid_the_text_is_the_articles_and_a_button_is_not() -> None:
    score = "<div class='score'><div>Việt Nam</div><div>2 - 1</div><div>Thái Lan</div></div>"
    number = "<div class='big'><div>1.842 ha</div><div>rừng được giữ</div></div>"
    button = "<div class='vote'><div>Đã có 36 phiếu</div><button>Gửi</button></div>"
    paragraphs = [f"<p>{sentence(n)}</p>" for n in range(6)]
    html = f"<article>{score}{''.join(paragraphs[:3])}{number}{button}{''.join(paragraphs[3:])}</article>"
    html += f"<section><div>{sentence(8)}</div></section>"  # else no vote is asked for
    found = chosen(html, votes(*range(6)))
    assert found[:3] == ["Việt Nam", "2 - 1", "Thái Lan"]
    assert found[6:8] == ["1.842 ha", "rừng được giữ"]
    assert "Đã có 36 phiếu" not in found


def checklist(entries: int, link: str = "") -> str:
    things = "".join(
        f"<div class='thing'><div class='name'>Việc {n}</div><div class='price'>Giá: {n}00.000 đồng</div>"
        f"<div class='told'>{sentence(20 + n)}</div></div>"
        for n in range(entries)
    )
    text = "".join(f"<p>{sentence(n)}</p>" for n in range(3))
    return f"<article><div>{text}</div><div class='tool'>{things}{link}</div><div>{text}</div></article>"


def test_a_box_amid_the_text_that_tells_of_many_things_alike_is_the_articles() -> None:
    told = chosen(checklist(5), votes(0, 1, 2))
    assert told[3:6] == ["Việc 0", "Giá: 000.000 đồng", sentence(20)]
    assert len(told) == 6 + 15


def test_a_box_that_tells_of_few_things_or_leads_elsewhere_is_left_out() -> None:
    for html in (checklist(4), checklist(5, "<a href='/khac'>Xem thêm</a>")):
        assert chosen(html, votes(0, 1, 2)) == [sentence(n) for n in (0, 1, 2, 0, 1, 2)]


def test_links_to_other_articles_may_stand_in_a_few_of_the_boxes_that_tell_of_many_things() -> None:
    related = "".join(f"<li><a href='/khac-{n}'>Bài khác số {n}</a></li>" for n in range(3))
    for put_into, told in ((2, 6 + 18), (3, 6)):  # of six
        html = checklist(6)
        for n in range(put_into):
            html = html.replace(f"{sentence(20 + n)}</div>", f"{sentence(20 + n)}</div><ul>{related}</ul>")
        pieces = segment(load(f"<body>{html}</body>"), {})
        usable = {index for index, piece in enumerate(pieces) if not piece.hrefs}
        assert len(select(pieces, usable, 0, lambda: votes(0, 1, 2))) == told


@pytest.mark.parametrize(("link", "is_text"), [("", True), ("<tr><td><a href='/b'>Bảng</a></td></tr>", False)])
def test_a_table_in_a_box_of_its_own_is_put_back_unless_it_leads_elsewhere(link: str, is_text: bool) -> None:
    rows = "".join(f"<tr><td>Xã vùng cao số {n}</td><td>{n}12 hộ</td></tr>" for n in range(12))
    text = "".join(f"<p>{sentence(n)}</p>" for n in range(9))
    table = f"<figure class='t'><table>{rows}{link}</table></figure>"
    html = f"<main><article>{text}{table}<p>{sentence(9)}</p></article></main>"
    html += f"<section><div>{sentence(18)}</div></section>"  # else no vote is asked for
    assert ("Xã vùng cao số 4 | 412 hộ" in chosen(html, votes(*range(10)))) is is_text


def test_a_long_list_is_a_part_of_the_text_around_it() -> None:
    steps = "".join(f"<li>{sentence(n)}</li>" for n in range(5))
    short = "<h2>Nguyên liệu</h2><ul><li>Cá: 800 g</li><li>Bún: 1 kg</li></ul>"
    html = f"<div class='ct'>{short}<h2>Cách làm</h2><ol>{steps}</ol><p>{sentence(7)}</p></div>"
    found = chosen(html, NONE)
    assert found[:3] == ["Nguyên liệu", "Cá: 800 g", "Bún: 1 kg"]
    assert found[-1] == sentence(7)


def test_a_quotation_in_a_figure_of_its_own_stands_among_the_paragraphs() -> None:
    quotation = "Chúng tôi đã chờ cây cầu này hơn hai mươi năm."
    paragraphs = [f"<p>{sentence(n)}</p>" for n in range(4)]
    figure = f"<figure><blockquote>{quotation}</blockquote></figure>"
    beside = f"<div class='more'><p>{sentence(20)}</p></div>"
    html = f"<main>{''.join(paragraphs[:2])}{figure}{''.join(paragraphs[2:])}</main>{beside}"
    told = [sentence(n) for n in range(4)]
    assert chosen(html, votes(*range(4))) == [*told[:2], quotation, *told[2:]]


def test_time_and_heading_above_each_entry_of_a_live_report_are_the_articles_however_long_it_is() -> None:
    told = "".join(f"<p>{sentence(n)}</p>" for n in range(4))
    said = f"<div class='said'>{told}<img src='/a.jpg'></div>"
    entry = "<div class='entry'><div class='at'>{}h15</div><h3>Ghe về bến</h3>{}</div>"
    html = f"<main>{''.join(entry.format(n, said) for n in (9, 8, 7))}</main><section><p>{sentence(9)}</p></section>"
    found = chosen(html, votes(0, 1, 2, 3))
    assert [text for text in found if "Câu" not in text] == [
        *("9h15", "Ghe về bến"),
        *("8h15", "Ghe về bến"),
        *("7h15", "Ghe về bến"),
    ]
