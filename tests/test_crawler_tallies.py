"""What only counts is no text of an article, whatever the language, and what counts within the story is."""

import pytest

from crawler.pages.reading import read
from crawler.pages.tallies import tally_reason
from crawler.rules import Rules


@pytest.mark.parametrize(
    "line",
    [
        "3 minutes ago",
        "16h ago",
        "An hour ago",
        "Updated 3 hours ago",
        "1 hour and 5 minutes ago",
        "cách đây 5 phút",
        "3 giờ, 5 phút trước",
        "Cập nhật 5 phút trước",
        "17分前に更新",
        "تم التحديث قبل 6 دقيقة",
        "vor 3 Stunden",
        "il y a 2 heures",
        "hace 9 horas",
        "há 2 horas",
        "2 ore fa",
        "for 2 timer siden",
        "2 tuntia sitten",
        "2 godziny temu",
        "5 мин назад",
        "3小时前",
        "2시간 전",
        "2 jam yang lalu",
    ],
)
def test_how_long_ago_something_was_is_no_text(line: str) -> None:
    assert tally_reason(line) == "how long ago it was"


@pytest.mark.parametrize(
    "line",
    [
        "1,234 views 56 shares",
        "386 shares • 55,028 comments",
        "639 people are reading this",
        "1.2K views",
        "Comments (12)",
        "12 bình luận",
        "1,2 nghìn lượt xem",
        "10.234 lượt xem video",
        "3 thành viên đã tặng",
        "Bình luận (3)",
        "63,306 Aufrufe 53,886 Mal geteilt",
        "1 234 vues",
        "38.518 veces compartido",
        "7 комментариев",
        "1.024次阅读",
        "Read 1,234 times",
        "👁 65,655",
        "👁️ 1,2 nghìn",
        "👍 12 ❤️ 7 💬 3",
        "Leído 1.234 veces",
    ],
)
def test_a_counter_is_no_text(line: str) -> None:
    assert tally_reason(line) == "counter of readers or comments"


@pytest.mark.parametrize(
    "line",
    [
        "3 days",
        "10 ngày",
        "30 years later",
        "3 minutes ago the siren stopped.",
        "Vor 3 Tagen kam der Regen.",
        "12 people are missing",
        "1,200 votes",
        "40 readers wrote to us.",
        "Chương 3",
        "2024",
        "Ngày 3 tháng 5",
        "3 views of the same valley",
        "He read 12 times as much.",
    ],
)
def test_a_count_that_tells_something_stays(line: str) -> None:
    assert tally_reason(line) == ""


def test_counters_and_relative_times_around_the_text_are_not_read() -> None:
    told = [f"Đoạn {n}: bến mới đón hơn hai trăm tàu mỗi ngày, gấp đôi bến cũ bên kia sông." for n in range(4)]
    text = "".join(f"<p>{one}</p>" for one in told)
    around = "<p class='k7'>23 phút trước</p>{}<p><span>1.204 lượt xem</span> <span>12 bình luận</span></p>"
    html = f"<html lang='vi'><body><h1>Bến cá mới đón tàu</h1><div>{around.format(text)}</div></body></html>"
    reading = read(html.encode(), "https://baovidu.example/ben-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert [block.text for block in reading.article.body] == told


def test_a_relative_time_above_the_headline_is_no_section() -> None:
    text = "".join(f"<p>Đoạn {n}: bến mới đón hơn hai trăm tàu mỗi ngày, gấp đôi bến cũ.</p>" for n in range(4))
    html = f"<html lang='vi'><body><div><p>20 phút trước</p><h1>Bến cá mới đón tàu</h1>{text}</div></body></html>"
    reading = read(html.encode(), "https://baovidu.example/ben-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert reading.article.section == ""


@pytest.mark.parametrize(
    "line", ["Thích 51Thương 65Buồn 59Giận 40", "Like 3 Love 0 Sad 12", "12 Wow 3 Haha 1.204 Giận"]
)
def test_how_many_felt_what_about_a_text_is_a_count(line: str) -> None:
    assert tally_reason(line) == "counter of readers or comments"


@pytest.mark.parametrize(
    "line", ["5/5 - (18 bình chọn)", "4.6/5 - (97 thích)", "3,8/5 (12)", "4.5/5 (1.204 votes)", "3,8 / 5 – 7 đánh giá"]
)
def test_how_a_text_was_rated_is_a_count(line: str) -> None:
    assert tally_reason(line) == "counter of readers or comments"


@pytest.mark.parametrize("line", ["5/5 thành viên có mặt", "4/5 số phiếu", "Đạt 9/10 điểm, 12 lượt thi"])
def test_a_share_or_a_mark_is_no_rating_of_a_text(line: str) -> None:
    assert not tally_reason(line)


@pytest.mark.parametrize("line", ["Thích 51", "Buồn 2 người, vui 3 người, giận 1 người", "Yêu 3 lần, buồn 2 lần"])
def test_a_sentence_that_counts_feelings_is_none(line: str) -> None:
    assert not tally_reason(line) or line == "Thích 51"


@pytest.mark.parametrize(
    "line",
    [
        "Đánh giá bài viết: 2.6/5 (72 lượt)",
        "Đánh giá: 4,5/5 - (72 bình chọn)",
        "Đánh giá của độc giả: 4,5/5 sao (72 lượt đánh giá)",
        "4.5/5 - (12 votes)",
        "Rate this article: 4.5/5 (12 votes)",
        "Average rating 4.5 / 5. Vote count: 12",
        "Rated 4.5 out of 5 based on 12 ratings",
        "Bewertung: 4,2 von 5 Sternen (31 Stimmen)",
    ],
)
def test_what_readers_gave_an_article_is_a_count(line: str) -> None:
    assert tally_reason(line) == "counter of readers or comments"


@pytest.mark.parametrize("line", ["Đánh giá: 4/5", "Đánh giá của chúng tôi: 8/10 điểm", "Rating: 4/5 stars"])
def test_the_grade_that_a_review_gives_is_its_text(line: str) -> None:
    assert tally_reason(line) == ""
