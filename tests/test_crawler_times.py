import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.machinetimes import machine_moment
from crawler.pages.times import find_moment, habits_of

VIETNAMESE = habits_of("vi", "", "https://baovidu.example/")


@pytest.mark.parametrize(
    "line",
    [
        "Thứ Ba, 11/03/2025 - 20:25 (GMT+7)",
        "11/03/2025 20:25",
        "20:25, ngày 11 tháng 3 năm 2025",
        "Cập nhật lúc 20:25 11/03/2025",
        "Lò Thị Mây 11/03/2025 - 20:25",
        "20h25 ngày 11/3/2025",
        "11-3-2025 | 20:25",
        "20 giờ 25 phút, 11/3/2025",
        "11/03/2025 8:25:00 CH",
        "08:25 PM 11/03/2025",
        "Thứ ba, ngày 11 Tháng Ba, 2025 20:25",
        "2025-03-11 20:25",
        "11.03.25, 20:25",
    ],
)
def test_a_vietnamese_dateline_is_day_first_and_in_vietnams_zone(line: str) -> None:
    found = find_moment(line, VIETNAMESE)
    assert found is not None
    assert found.moment.iso == "2025-03-11T20:25:00+07:00"
    assert not found.moment.date_only


@pytest.mark.parametrize(
    ("language", "line", "iso"),
    [
        ("de", "11. März 2025, 20:25 Uhr", "2025-03-11T20:25:00+00:00"),
        ("de", "11.03.2025 um 20.25 Uhr", "2025-03-11T20:25:00+00:00"),
        ("fr", "Publié le 11/03/2025 - 20:25", "2025-03-11T20:25:00+00:00"),
        ("es", "Martes, 11 marzo 2025 - 20:25", "2025-03-11T20:25:00+00:00"),
        ("es", "11 de marzo de 2025", "2025-03-11"),
        ("ru", "11 марта 2025, 20:25", "2025-03-11T20:25:00+00:00"),
        ("ja", "2025年3月11日 20時25分", "2025-03-11T20:25:00+00:00"),
        ("da", "tirsdag 11. mar 2025 20:25", "2025-03-11T20:25:00+00:00"),
        ("en", "March 11, 2025 at 8:25 p.m. ET", "2025-03-11T20:25:00-04:00"),
        ("en", "11 March 2025 8 pm BST", "2025-03-11T20:00:00+01:00"),
        ("fr", "11/03/2025 - 20:25 UTC+1", "2025-03-11T20:25:00+01:00"),
        ("en", "Tue 11 Mar 2025 20.25 GMT", "2025-03-11T20:25:00+00:00"),
        ("en", "11 Mar 2025, version 20.25 of the plan", "2025-03-11"),
        ("id", "Selasa, 11 Maret 2025, 20.25 WIB", "2025-03-11T20:25:00+07:00"),
        ("it", "11 marzo 2025 | 20.25", "2025-03-11T20:25:00+00:00"),
        ("hu", "2025. március 11. 20:25", "2025-03-11T20:25:00+00:00"),
        ("ko", "2025.03.11. 오후 8:25", "2025-03-11T20:25:00+00:00"),
        ("hi", "11 मार्च 2025, 20:25", "2025-03-11T20:25:00+00:00"),
        ("bn", "১১ মার্চ ২০২৫", "2025-03-11"),
        ("ar", "الثلاثاء 11 آذار 2025", "2025-03-11"),
    ],
)
def test_datelines_of_other_languages_are_read(language: str, line: str, iso: str) -> None:
    found = find_moment(line, habits_of(language, "", "https://news.example/"))
    assert found is not None
    assert found.moment.iso == iso


def test_english_is_month_first_in_america_and_day_first_elsewhere() -> None:
    line = "03/11/2025"
    american = find_moment(line, habits_of("en", "", "https://news.com/"))
    british = find_moment(line, habits_of("en", "", "https://news.co.uk/"))
    assert american is not None
    assert british is not None
    assert (american.moment.iso, british.moment.iso) == ("2025-03-11", "2025-11-03")


def test_the_sites_zone_goes_before_the_languages() -> None:
    found = find_moment("11/03/2025 20:25", habits_of("vi", "Europe/Prague", "https://bao.example/"))
    assert found is not None
    assert found.moment.iso == "2025-03-11T20:25:00+01:00"


@pytest.mark.parametrize(
    "line",
    [
        "2 giờ trước",
        "Chiều 10/3, đoàn đã làm việc tại xã.",
        "Nghị quyết số 57-NQ/TW",
        "Tỷ số 3-2 phút 90",
        "31/02/2025 10:00",
        "Hotline 0912.345.678",
        "192.168.10.2025",
        "hôm nay, 20:25",
        "",
    ],
)
def test_what_states_no_full_date_is_none(line: str) -> None:
    assert find_moment(line, VIETNAMESE) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1741724700", "2025-03-11T20:25:00+00:00"),
        ("1741724700123", "2025-03-11T20:25:00+00:00"),
        ("2025-03-11T20:25:00+07:00", "2025-03-11T20:25:00+07:00"),
        ("2025-03-11T13:25:00Z", "2025-03-11T13:25:00+00:00"),
        ("2025-03-11T20:25:30.123 +07:00", "2025-03-11T20:25:30+07:00"),
        ("2025-03-11T20:25:00+0700", "2025-03-11T20:25:00+07:00"),
        ("2025-03-11 20:25:00", "2025-03-11T20:25:00+07:00"),
        ("2025-03-11", "2025-03-11"),
        ("20250311T202500Z", "2025-03-11T20:25:00+00:00"),
        ("Tue, 11 Mar 2025 20:25:00 +0700", "2025-03-11T20:25:00+07:00"),
        ("Tue Mar 11 2025 13:25:00 GMT+0000 (Coordinated Universal Time)", "2025-03-11T13:25:00+00:00"),
        ("3/11/2025 8:25:00 PM", "2025-03-11T20:25:00+07:00"),
    ],
)
def test_machine_formats_are_read(text: str, iso: str) -> None:
    moment = machine_moment(text, VIETNAMESE)
    assert moment is not None
    assert moment.iso == iso
    assert moment.at.utcoffset() is not None


@pytest.mark.parametrize("text", ["", "PT5M", "0000-00-00T00:00:00", "yesterday", "2025", "9999-99-99", "P 3 M"])
def test_machine_values_that_are_no_time_are_none(text: str) -> None:
    assert machine_moment(text, VIETNAMESE) is None


@given(st.text(alphabet="0123456789/-:. TZ+ngàythánămhCHGMT", max_size=60))
def test_reading_a_time_never_raises(text: str) -> None:
    for habits in (VIETNAMESE, habits_of("en", "No/Such_Zone", "")):
        found = find_moment(text, habits)
        assert found is None or found.moment.at.tzinfo is not None
        machine_moment(text, habits)


@pytest.mark.parametrize(
    ("language", "line", "iso"),
    [
        ("th", "เผยแพร่ 18 พ.ย. 2569 10:30 น.", "2026-11-18T10:30:00"),
        ("th", "18 พฤศจิกายน 2569 เวลา 10:30", "2026-11-18T10:30:00"),
        ("fa", "۲۶ آبان ۱۴۰۵ - ۱۲:۱۵", "2026-11-17T12:15:00"),
        ("fa", "۱۴۰۵/۰۸/۲۶ ۱۲:۱۵", "2026-11-17T12:15:00"),
        ("fa", "۱ فروردین ۱۴۰۳، ۰۸:۰۰", "2024-03-20T08:00:00"),
        ("fa", "17 نوامبر 2026 12:15", "2026-11-17T12:15:00"),
        ("ta", "17 நவம்பர் 2026, 10:00", "2026-11-17T10:00:00"),
        ("bn", "৬ মে ২০২৬, ০৯:১০", "2026-05-06T09:10:00"),
    ],
)
def test_other_calendars_and_scripts_state_a_day_of_ours(language: str, line: str, iso: str) -> None:
    found = find_moment(line, habits_of(language, "", "https://a.example/"))
    assert found is not None
    assert found.moment.local.replace(tzinfo=None).isoformat() == iso


def test_the_year_of_another_calendar_is_none_of_ours_elsewhere() -> None:
    assert find_moment("7/9/1428 10:30", VIETNAMESE) is None
