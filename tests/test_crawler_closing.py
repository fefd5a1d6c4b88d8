"""What stands at the end of an article and is not its text."""

import unicodedata

import pytest

from crawler.pages.articletext import Known
from crawler.pages.closing import find_closing
from crawler.pages.segmenting import segment
from crawler.pages.tree import load

STORY = "".join(
    f"<p>Đoạn {n}: xã đã bàn giao mặt bằng cho nhà thầu và hẹn xong trước mùa mưa tới.</p>" for n in range(4)
)


def left_out(after: str, *, authors: tuple[str, ...] = ("Vũ Ba",), before: str = "") -> list[str]:
    pieces = segment(load(f"<body>{before}{STORY}{after}</body>"), {})
    known = Known(url="https://a.example/b", title="Bàn giao mặt bằng", description="", authors=authors, elements=())
    found = find_closing(pieces, range(len(pieces)), (), known)
    return [pieces[index].text for index in sorted(found)]


@pytest.mark.parametrize(
    "day", ["Saturday, November 11, 2026", "Samstag, 25. November 2026", "Thứ Bảy, 28/11/2026", "28 tháng 11 năm 2026"]
)
def test_a_day_alone_below_the_text_is_the_pages(day: str) -> None:
    assert left_out(f"<div><small>{day}</small></div>") == [day]


@pytest.mark.parametrize("line", ["2019 – 2024", "Hà Nội, 11/3/2025", "March 3"])
def test_years_or_a_place_with_its_day_may_be_the_articles_last_line(line: str) -> None:
    assert left_out(f"<p>{line}</p>") == []


@pytest.mark.parametrize(
    "line",
    [
        "Vũ Ba",
        "VŨ BA",
        "Bài và ảnh: Vũ Ba",
        "Vũ Ba - Lê An",
        "(Vũ Ba/TTXVN)",
        "Theo Báo Ví Dụ",
        "Nguồn: TTXVN",
        "Ảnh: Vũ Ba",
        "© 2025 Báo Ví Dụ",
        "Đăng ký nhận bản tin của chúng tôi",
        "anh-bia.jpg",
        "Mọi thông tin phản ánh xin gửi về hộp thư bandoc@baovidu.example.",
        "Theo dõi Báo Ví Dụ trên Facebook và Zalo",
        "تمامی حقوق این سایت محفوظ است.",
        "[Gambas:Video]",
        "Got a story? Write to us at news@paper.example.",
        "Hat Ihnen dieser Artikel gefallen? Dann unterstützen Sie uns.",
        "Follow Example News on Facebook, Instagram and YouTube.",
        "Theo dõi trang của chúng tôi trên các mạng xã hội để không bỏ lỡ tin nóng.",
        "Folgen Sie uns in den sozialen Medien!",
        "Nhận tin nhanh qua ứng dụng: bấm vào đây để cài đặt.",
        "Vũ Ba is a reporter for Example News.",
        "(Reporting by Vũ Ba; editing by Lê An)",
        "Email Vũ Ba at vuba@paper.example.",
        "vuba@paper.example",
        "Thời gian đọc: 3 phút",
        "4 min read",
        "https://paper.example/anh/cho-ca.jpg",
        "This slideshow requires JavaScript.",
        "0:00 / 4:15",
        "Nghe bài viết 0:00",
        "Facebook 20 Twitter Zalo",
        "Nữ miền Bắc",
        "Giọng nam miền Nam 1.25x",
        "Xem thêm diễn biến (36)",
        "Nội dung: Vũ Ba",
        "Luật sư Vũ Ba",
        "3.937 phiếu",
        "Thiết kế: Lê An",
        "18/10/2026 - 07:30",
    ],
)
def test_a_closing_line_is_left_out(line: str) -> None:
    assert left_out(f"<p>{line}</p>") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Vũ Ba nói ông sẽ trở lại vào tháng sau.",
        "Theo kế hoạch, cầu sẽ thông xe vào cuối năm.",
        "Giá vé không đổi.",
        "Nam miền Nam gặp nữ miền Bắc.",
        "Hà Nội, 18/10/2026",
        "Chúng tôi theo dõi tin này trên Facebook của xã từ sáng.",
        "Like many others, he had read it on Facebook that morning.",
        "“Chúng tôi chờ lâu rồi”, bà nói.",
    ],
)
def test_a_last_sentence_stays(line: str) -> None:
    assert left_out(f"<p>{line}</p>") == []


def test_a_name_in_the_middle_of_the_article_stays() -> None:
    assert left_out(f"<p>Vũ Ba</p>{STORY.replace('Đoạn', 'Phần')}") == []


def test_the_headline_said_again_is_left_out() -> None:
    assert left_out("", before="<p>Bàn giao mặt bằng</p>") == ["Bàn giao mặt bằng"]


def test_the_headline_said_again_with_a_kicker_is_left_out() -> None:
    again = "<h2>Đường liên xã: Bàn giao mặt bằng cho nhà thầu</h2>"
    pieces = segment(load(f"<body>{again}{STORY}</body>"), {})
    known = Known(url="", title="Bàn giao mặt bằng cho nhà thầu", description="", authors=(), elements=())
    assert find_closing(pieces, range(len(pieces)), (), known) == {0: "repeated text"}


@pytest.mark.parametrize(
    "label",
    [
        "Quảng cáo",
        "- Advertisement -",
        "Advertisement. Scroll to continue reading.",
        "Publicité",
        "Copy link",
        "Cỡ chữ A- A+",
        "Sao chép thành công",
    ],
)
def test_labels_of_advertisements_and_buttons_are_left_out_wherever_they_stand(label: str) -> None:
    assert left_out(f"<p>{label}</p>{STORY.replace('Đoạn', 'Phần')}") == [label]


def test_a_photo_credit_between_paragraphs_is_left_out() -> None:
    assert left_out(f"<p>Photo: AFP</p>{STORY.replace('Đoạn', 'Phần')}") == ["Photo: AFP"]


def test_a_sentence_about_social_networks_stays() -> None:
    assert left_out(f"<p>Theo dõi diễn biến trên mạng xã hội, công an đã tìm ra nghi phạm.</p>{STORY}") == []


def test_words_to_the_readers_stay_where_the_article_goes_on() -> None:
    line = "<p>Bạn đọc có thể đến chợ bằng đò từ bến nam.</p>"
    assert left_out(line + STORY.replace("Đoạn", "Phần") * 2) == []


def test_the_article_run_together_for_machines_is_left_out() -> None:
    told = [
        f"Đoạn {n}: xã bàn giao mặt bằng cho nhà thầu và hẹn xong trước mùa mưa tới, theo biên bản." for n in range(8)
    ]
    shown = "".join(f"<p>{text}</p>" for text in told)
    again = " ".join(told)
    pieces = segment(load(f"<body><div>{shown}</div><div>{again}</div></body>"), {})
    known = Known(url="", title="Bàn giao mặt bằng", description="", authors=(), elements=())
    assert find_closing(pieces, range(len(pieces)), (), known) == {8: "the article again, run together"}


def test_a_pull_quote_says_words_of_the_article_again_and_is_left_out() -> None:
    quote = "hẹn xong trước mùa mưa tới và không lùi thêm"
    text = f"<p>Ông Vũ Ba cho biết nhà thầu {quote} một ngày nào, theo biên bản đã ký tại xã.</p>"
    assert left_out(f"<blockquote>“{quote}”</blockquote>{text}{STORY}") == [f"“{quote}”"]
    assert left_out(f"<p>“{quote}”</p>{text}{STORY}") == []


def test_a_paragraph_set_twice_side_by_side_is_left_once() -> None:
    twice = "<p>Cùng một đoạn văn được dựng hai lần, một cho máy tính và một cho điện thoại.</p>" * 2
    assert len(left_out(twice)) == 1


def test_a_long_paragraph_that_begins_the_text_and_comes_again_at_its_end_is_left_once() -> None:
    refrain = "<p>Cùng một câu được nhắc lại ở cuối bài, như một điệp khúc của người viết.</p>"
    long = f"<p>{' '.join(f'Hộ số {n} ven sông đã nhận tiền đền bù.' for n in range(5))}</p>"
    assert left_out(STORY, before=refrain + long, authors=()) == []
    assert len(left_out(refrain, before=refrain)) == 0
    assert len(left_out(long, before=long)) == 1


def test_a_question_that_all_are_asked_stays_wherever_it_stands() -> None:
    question = "Nếu được chọn lại, ông bà có muốn dời nhà lên khu tái định cư mới không?"
    answers = [f"<p>Hộ số {n} trả lời rằng nhà mình muốn dọn đi trước Tết.</p>" for n in range(15)]
    asked = "".join(
        f"<div class='nguoi-{n % 2}'><p>{question}</p></div>{''.join(answers[3 * n : 3 * n + 3])}" for n in range(5)
    )
    assert left_out(STORY, before=asked) == []
    twice = f"<p>{question}</p>{STORY}<div class='di-dong'><p>{question}</p></div>"
    assert left_out(twice) == [question]


def test_two_rows_of_a_table_may_say_the_same() -> None:
    day = "<td>Thứ hai nghỉ</td><td>Thứ ba chạy nhẹ bốn cây số</td><td>Thứ tư nghỉ hoặc đi bộ hai cây số</td>"
    table = f"<table>{f'<tr>{day}</tr>' * 3}</table>"
    other = table.replace("</table>", "<tr><td>Tuần bốn</td><td>nghỉ</td></tr></table>")
    assert left_out(STORY, before=f"<p>Lịch tập ba tuần đầu của đội:</p>{table}") == []
    assert left_out(STORY, before=f"<p>Lịch tập của hai đội:</p>{table}{other}") == []
    assert len(left_out("", before=table + table)) == 3


def test_a_heading_with_nothing_under_it_is_left_out() -> None:
    assert left_out("<h3>Các phương án đang được xét</h3>") == ["Các phương án đang được xét"]


@pytest.mark.parametrize(
    "line",
    [
        "Không bỏ lỡ tin nào: Đăng ký nhận bản tin của chúng tôi",
        "Keine Nachricht verpassen: Laden Sie unsere App.",
        "Đăng\u200b ký nhận bản\u2060 tin của chúng tôi",
        unicodedata.normalize("NFD", "Đăng ký nhận bản tin"),
        "©\u00ad 2025 Báo Ví Dụ",
    ],
)
def test_a_notice_is_known_whatever_stands_before_it_and_whatever_nobody_sees_in_it(line: str) -> None:
    assert len(left_out(f"<p>{line}</p>")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Von Vũ Ba 28.04.2023, 18:11 Uhr",
        "Vũ Ba, 2026-03-11",
        "By Vũ Ba | March 11, 2026 at 9:05 a.m. ET",
        "Por Vũ Ba - 11 de marzo de 2026",
        "Vũ Ba • Thứ 4, 11/3/2026 09:05",
    ],
)
def test_a_name_with_a_time_above_the_text_is_a_byline(line: str) -> None:
    assert left_out("", before=f"<p>{line}</p>") == [line]


@pytest.mark.parametrize("line", ["Vũ Ba sinh ngày 11/3/2026.", "Vũ Ba won in March 2026", "Lê An, 2026-03-11"])
def test_a_sentence_that_begins_with_the_authors_name_is_none(line: str) -> None:
    assert left_out("", before=f"<p>{line}</p>") == []


@pytest.mark.parametrize("behind", ["22 giờ trước", "5 hours ago", "1.204 lượt xem"])
def test_the_headline_again_with_a_count_behind_it_is_no_paragraph(behind: str) -> None:
    again = f"<div>Bàn giao mặt bằng <span>{behind}</span></div>"
    assert left_out("", before=again) == [f"Bàn giao mặt bằng {behind}"]
    told = "<p>Bàn giao mặt bằng trước mùa mưa là điều ai cũng mong.</p>"
    assert left_out("", before=told) == []


def test_a_number_alone_above_the_text_or_below_it_counts_something_and_a_year_amid_it_does_not() -> None:
    assert left_out("<div>1.204</div>", before="<div>311</div>") == ["311", "1.204"]
    assert left_out(f"<p>2019</p>{STORY.replace('Đoạn', 'Phần')}") == []


def test_a_byline_says_when_it_was_brought_up_to_date() -> None:
    line = "نویسنده مریم رستمی ۲۶ آبان ۱۴۰۵ - ۱۲:۱۵ - به‌روزرسانی ۲۶ آبان ۱۴۰۵ - ۱۵:۰۵"
    assert left_out("", before=f"<p>{line}</p>", authors=("مریم رستمی",)) == [line]


@pytest.mark.parametrize(
    "line", ["เผยแพร่ 18 พ.ย. 2569 10:30 น., อัปเดต 18 พ.ย. 2569 13:15 น.", "Vydáno 16. listopadu 2026 11:05"]
)
def test_when_it_was_published_is_no_text(line: str) -> None:
    assert left_out("", before=f"<p>{line}</p>") == [line]
    assert left_out("", before="<p>Ngày 16/11/2026, 11:05, tàu rời bến cùng ba trăm khách.</p>") == []
