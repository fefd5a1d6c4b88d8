"""Finds the stretches of a text that state a date, and those that stand in quotation marks."""

import re
from dataclasses import dataclass
from functools import cache

from storage.comparison import lexicon

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_NUMERIC = (
    rf"(?<![\d.,/-])(?:{_DAY}(?P<a>[/.\-–]){_MONTH}(?P=a)(?:{_YEAR}|\d\d)|{_YEAR}(?P<b>[/.\-]){_MONTH}(?P=b){_DAY}"
    rf"|{_MONTH}[/.\-]{_DAY}/{_YEAR}|{_MONTH}[/\-–]{_YEAR})(?![\d/]|[.,]\d)"
)
# Words that a bare `21/2` or `5-3` follows when it is a day; 1/2 or 3-1 alone is a fraction or a score.
_VI_CUE = r"(?:ngày|sáng|trưa|chiều|tối|đêm|khuya|hôm|mùng|mồng|rạng sáng|nay|qua|mai)"
_VIETNAMESE = (
    rf"\b{_VI_CUE}\s+{_DAY}(?:[/.\-]{_MONTH})?\s+(?:đến|tới|và)\s+(?:hết\s+|ngày\s+)*{_DAY}[/.\-]{_MONTH}\b"
    rf"(?:[/.\-–]{_YEAR})?(?!\d)"
    rf"|\b(?:{_VI_CUE}\s+)?{_DAY}\s*(?:tháng|/)\s*{_MONTH}\s+năm\s+{_YEAR}"
    rf"|\b{_VI_CUE}\s+\(?{_DAY}(?:\s*[-–]\s*{_DAY})?\s*(?:tháng\s+|[/.\-–]){_MONTH}\b(?:[/.\-–]{_YEAR})?(?!\d)"
    rf"|\b{_DAY}\s+tháng\s+{_MONTH}\b"
    rf"|\b{_VI_CUE}\s+{_DAY}(?![\w%]|[.,/\-–:]\d)"
    rf"|\btháng\s+(?:{_MONTH}|giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|chạp)\b(?:\s*(?:[/.\-–]|năm)\s*{_YEAR})?"
    r"|\bthứ\s+(?:[2-7](?!\d)|(?-i:Hai|Ba|Tư|Năm|Sáu|Bảy))|\b(?:sáng|trưa|chiều|tối|đêm)\s+thứ\s+(?:hai|ba|tư|năm|sáu|bảy)"
    r"|\b(?:sáng|trưa|chiều|tối|đêm|khuya)\s+(?-i:nay|qua|mai)\b(?!,?\s+\(?\d\d?[/.-]\d)"
    r"|\bchủ nhật\b|\bhôm (?:qua|nay|kia)\b|\bngày mai\b|\b(?:tuần|tháng|năm) (?:trước|nay|sau|ngoái)\b"
)
# What tells a time in Vietnamese alone. A bare `1/7` may be a fraction; `30/6` is none, nor is what a year follows.
_VI_YEAR = r"(?:năm\s+(?:nay|ngoái|trước|sau|tới)|h[aằ]ng\s+năm|âm\s+lịch|dương\s+lịch)"
_AT_WORD = r"(?<!\w)"  # said once for all that follows: 188 µs a paragraph, 224 before
_WEEKDAY = r"(?:[2-7](?!\d)|hai|ba|tư|năm|sáu|bảy)"
_VI_PERIOD = (
    rf"\bqu[ýí]\s+(?:[1-4](?!\d)|(?-i:IV|I{{1,3}})\b|(?:một|hai|ba|bốn|tư)\b)(?:\s*(?:[/.\-–]|năm)\s*{_YEAR})?"
    rf"|\b(?:(?:vào|hôm)\s+)?thứ\s+{_WEEKDAY},?\s+(?:ngày\s+)?\(?{_DAY}[/.\-]{_MONTH}\b(?:[/.\-]{_YEAR})?(?!\d)"
    rf"|\b(?:vào|hôm)\s+thứ\s+{_WEEKDAY}\b|\bthứ\s+{_WEEKDAY}\s+(?:đến|tới)\s+thứ\s+{_WEEKDAY}\b"
    rf"|(?<!lần )\bthứ\s+{_WEEKDAY}\s+(?:h[aằ]ng\s+)?tuần\b|\btháng\s+mười\s+(?:một|hai)\b"
    rf"|\b{_DAY}\s+tháng\s+(?:giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|chạp)\b"
    rf"|\b(?:tuần|tháng|năm)\s+(?:này|kia|tới)\b"
    rf"|\b(?:dịp|lễ|phiên|(?:dời|lùi|hoãn|chuyển)(?:\s+lại)?\s+(?:sang|đến|tới))\s+{_DAY}[/.\-]{_MONTH}\b(?!\d)"
    rf"|(?<![\d.,/\-]){_DAY}[/.\-]{_MONTH}\s+{_VI_YEAR}"
    rf"|\b(?:từ|đến|tới|trước|sau|hết|vào)\s+(?!24/7)(?:1[3-9]|2\d|3[01])/{_MONTH}\b(?![\d/])"
    rf"|\bnăm\s+{_YEAR}(?:\s*[-–]\s*{_YEAR})?(?![\d%]|[.,]\d)"
)
_BRACKETED = rf"(?<=\(){_DAY}[/\-–.]{_MONTH}(?=\))"
_CJK = (
    r"(?<!\d)(?:\d++\s*+[年년]\s*+)?\d++\s*+[月日월일](?:\s*+\d++\s*+[日일])?"
    "|[月火水木金土日]曜日?|(?:星期|礼拜|禮拜|週|周)[一二三四五六日天]|[월화수목금토일]요일"
)
_GERMAN = rf"\b(?:am|vom|bis|zum|ab|seit)\s+{_DAY}\.\s?{_MONTH}\.(?!\d)"  # elsewhere 3.5. is a number at the end
# Vietnamese months, weekdays and quarters in words, as the numbers they stand for.
_IN_WORDS = (
    *(("một", "giêng", "i"), ("hai", "ii"), ("ba", "iii"), ("tư", "bốn", "iv"), ("năm",), ("sáu",), ("bảy",), ("tám",)),
    *(("chín",), ("mười",), ("mười một",), ("mười hai", "chạp")),
)
ORDINALS = {word: str(number) for number, words in enumerate(_IN_WORDS, 1) for word in words}
_SPELLED_OUT = re.compile(rf"\b((?:tháng|thứ|quý)\s+)({'|'.join(sorted(ORDINALS, key=len)[::-1])})\b")
_KEPT = frozenset({"thứ", "quý"})  # the second quarter is not the second of March
_AND = r"(?:\s*(?:[-–,]|\b(?:und|bis|and|to|et|au|y|al|ed?|en|och|og|i|a|и|до|по|ja|dan)\b)\s*)"
_QUOTES = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", "‘": "’", '"': '"', "”": "”“"}
_REVERSED = "»"  # »so« in German and Danish books, where others write «so» or » so »
_OPENING = re.compile('[“«„「『‘"”]')
_REVERSED_OPENING = re.compile('[“»„「『‘"”]')
_ANGLE = re.compile("[«»]")
_OTHER_DIGIT = re.compile("[٠-٩۰-۹०-९০-৯੦-੯૦-૯୦-୯௦-௯౦-౯೦-೯൦-൯๐-๙໐-໙၀-၉០-៩]")
_PART = re.compile(r"\d+|[^\W\d_](?:[^\W\d_]|[\u0900-\u0e7f])*")  # with the vowel signs of India and Thailand
# Where a name ends: it may do so in a vowel sign, which is no letter, and Thai goes on without a space.
_END = "(?![^\\W\u0e00-\u0e7f])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From `start` to before `end`; `value` is equal for two spans that state the same."""

    start: int
    end: int
    value: str = ""


_MAY_BE = re.compile(r"\d+ (?:may|march)")  # `the version 3 may not fit`: English has its months in capitals


def date_spans(text: str, language: str) -> list[Span]:
    """Days, months with a year, weekdays; in Vietnamese also a quarter and the year that `năm` stands before.

    A year alone in another language, and a time of day, are numbers like any other.
    """
    return [
        Span(start=found.start(), end=found.end(), value=_value(found[0], language))
        for found in _dates(language).finditer(_in_ascii_digits(text))
        if language != "en" or not _MAY_BE.fullmatch(found[0])
    ]


def _in_ascii_digits(text: str) -> str:
    """The text with its Arabic, Indian and Thai digits as 0 to 9, each in its place."""
    return _OTHER_DIGIT.sub(lambda found: str(int(found[0])), text) if _OTHER_DIGIT.search(text) else text


@cache
def _dates(language: str) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, lexicon.months(language)), key=lambda name: (-len(name), name)))
    ordinal = r"(?:st|nd|rd|th|er|º|\.)?"
    of = r"(?:of\s+|de\s+|del\s+|di\s+)?"
    named = (
        rf"\b{_DAY}{ordinal}(?:{_AND}{_DAY}{ordinal}){{0,3}}\s+{of}(?:{names}){_END}\.?(?:,?\s+{of}{_YEAR})?"
        rf"|\b(?:{names}){_END}\.?\s+{_DAY}(?:[-–]{_DAY})?(?!\d|[.,]\d|%){ordinal}(?:,?\s+{_YEAR}\b)?"
        rf"|\b(?:{names}){_END}\.?,?\s+{of}{_YEAR}\b"
    )
    days = "|".join(sorted(map(re.escape, lexicon.days(language)), key=lambda name: (-len(name), name)))
    begins = "" if language == "th" else r"\b"  # Thai has no space before a word
    weekday = rf"|{begins}(?:{days}){_END}(?:['’]s\b)?" if days else ""
    vietnamese = f"|{_AT_WORD}(?:{_VIETNAMESE})" if language in {"vi", lexicon.ANY} else ""
    period = f"{_AT_WORD}(?:{_VI_PERIOD})|" if language == "vi" else ""
    german = f"|{_GERMAN}" if language == "de" else ""
    return re.compile(f"{period}{_NUMERIC}{vietnamese}{german}|{_BRACKETED}|{named}|{_CJK}{weekday}", re.IGNORECASE)


def _value(text: str, language: str) -> str:
    """The numbers and names that make up a date, without what only introduces it."""
    named = lexicon.months(language) | lexicon.days(language)
    if language == "vi":
        text = _SPELLED_OUT.sub(lambda found: found[1] + ORDINALS[found[2]], text.casefold().replace("quí", "quý"))
        named |= _KEPT
    parts = [part.casefold() for part in _PART.findall(text)]
    return " ".join(part.lstrip("0") for part in parts if part[0].isdigit() or part in named) or text.casefold()


def quote_spans(text: str) -> list[Span]:
    """What stands within quotation marks; a quotation that is not closed goes on to the end of the text."""
    spans: list[Span] = []
    no_single = False
    resume = 0
    reversed_ = _is_reversed(text)
    for mark in (_REVERSED_OPENING if reversed_ else _OPENING).finditer(text):
        at = mark.start()
        if at < resume or (no_single and mark[0] == "‘") or not _opens(text, at):
            continue
        closing = _QUOTES.get(mark[0], "«»")
        end = _closing(text, at + 1, closing)
        if end < 0 and closing == "’":  # an apostrophe, and so are all that follow
            no_single = True
            continue
        end = len(text) if end < 0 else end
        spans.append(Span(start=at + 1, end=end))
        resume = end + 1
    return spans


def _is_reversed(text: str) -> bool:
    """Whether the first angle mark of a text is one that points to the right, and opens: before a letter only."""
    first = _ANGLE.search(text)
    if first is None or first[0] != _REVERSED:
        return False
    before, after = text[: first.start()][-1:], text[first.end() :][:1]
    return after.isalnum() and not before.isalnum()


def _opens(text: str, at: int) -> bool:
    """Whether the mark at `at` can begin a quotation: a letter follows it, and none goes before it."""
    after = text[at + 1 : at + 3].lstrip()
    return bool(after) and not (at and text[at - 1].isalnum() and text[at] in "\"'‘”")


def _closing(text: str, start: int, closing: str) -> int:
    found = [at for mark in closing if (at := text.find(mark, start)) >= 0]
    if closing != "’" or not found:
        return min(found, default=-1)
    at = found[0]
    while at >= 0 and text[at + 1 : at + 2].isalpha():
        at = text.find(closing, at + 1)
    return at
