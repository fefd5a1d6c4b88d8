"""Where a text states a date, and where it quotes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.comparison.spans import date_spans, quote_spans


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("vi", "ngày 21/2/2025 và sáng 5-3, tỷ số 2-1, 1/2 dân số, 62-65%", ["ngày 21/2/2025", "sáng 5-3"]),
        (
            "vi",
            "ngày 11 tháng 3 năm 2025, tháng 4/2025, thứ Ba",
            ["ngày 11 tháng 3 năm 2025", "tháng 4/2025", "thứ Ba"],
        ),
        ("vi", "sáng thứ ba", ["sáng thứ ba"]),
        ("vi", "lần thứ ba trong 5 ngày của năm 2025", ["năm 2025"]),
        ("vi", "lần thứ ba tuần này, 24/7, từ 1/3 dân số, tăng 5 năm", ["tuần này"]),
        (
            "vi",
            "quý II/2025, quý 3, quý tư; từ 15/4, phiên 24/4, dịp 30/4, thứ Ba, 22/4, vào thứ sáu",
            ["quý II/2025", "quý 3", "quý tư", "từ 15/4", "phiên 24/4", "dịp 30/4", "thứ Ba, 22/4", "vào thứ sáu"],
        ),
        ("vi", "hôm qua (12-3)", ["hôm qua", "12-3"]),
        (
            "en",
            "On March 3, 2025 and the 3rd of April 2024, a Monday",
            ["March 3, 2025", "3rd of April 2024", "Monday"],
        ),
        ("en", "Wednesday’s debate, not Monday's", ["Wednesday’s", "Monday's"]),
        ("en", "they may go with 3.14 of 10/12 people in 1999", []),
        ("en", "the version 3 may not fit, on 3 May it did", ["3 May"]),
        ("en", "2025-03-11", ["2025-03-11"]),
        ("de", "am 5. November 2024", ["5. November 2024"]),
        ("es", "el 3 de marzo de 2025", ["3 de marzo de 2025"]),
        ("de", "vom 3.5. bis 7. und 8. Mai 2024", ["vom 3.5.", "7. und 8. Mai 2024"]),
        ("vi", "từ ngày 5 đến 7/3, tỷ lệ 5 đến 7/10", ["ngày 5 đến 7/3"]),
        ("ko", "3월 5일 월요일에", ["3월 5일", "월요일"]),
        ("ja", "2025年3月11日に", ["2025年3月11日"]),
        ("hi", "काम 6 मार्च 2023 को और 5 जनवरी, सोमवार को", ["6 मार्च 2023", "5 जनवरी", "सोमवार"]),
        ("bn", "২৪ অক্টোবর শুরু, ৬ মে মেলা", ["২৪ অক্টোবর", "৬ মে"]),
        ("ta", "செப்டம்பர் 18 அன்று", ["செப்டம்பர் 18"]),
        ("fa", "روز ۲۴ آبان ۱۴۰۵ و ۳ خرداد", ["۲۴ آبان", "۳ خرداد"]),
        ("th", "เมื่อวันที่ 12 มิถุนายนที่ผ่านมา และ 5 ธ.ค. 2569", ["12 มิถุนายน", "5 ธ.ค."]),
        ("hu", "március 15-én", ["március 15"]),
    ],
)
def test_dates_are_found_and_scores_and_fractions_are_not(language: str, text: str, dates: list[str]) -> None:
    assert [text[span.start : span.end] for span in date_spans(text, language)] == dates


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said "yes" and “no”.', ["yes", "no"]),
        ("It’s ‘rather odd’, she’d say", ["rather odd"]),
        ("«a» „b“ „c” 「d」", ["a", "b", "c", "d"]),
        ("Ja: »a b«, sagte er, »c«.", ["a b", "c"]),
        ("il a dit la fin », puis « oui »", [" oui "]),
        ("“It goes on", ["It goes on"]),
        ("5\" tall, don't", []),
    ],
)
def test_quotations_are_found_and_apostrophes_are_not(text: str, quotes: list[str]) -> None:
    assert [text[span.start : span.end] for span in quote_spans(text)] == quotes


@given(st.text("“”\"'‘’«»a ", max_size=40))
def test_quotations_do_not_overlap(text: str) -> None:
    spans = quote_spans(text)
    assert all(span.start <= span.end <= len(text) for span in spans)
    assert all(first.end < second.start for first, second in pairwise(spans))
