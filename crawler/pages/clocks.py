"""Times of day and zones as pages write them: by colons, letters or words, in the morning or the afternoon."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_OFFSETS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 60, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "IST": 330, "ICT": 420, "WIB": 420, "SGT": 480, "HKT": 480, "PHT": 480,
    "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300,
    "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "SAST": 120,
}  # fmt: skip
_REGIONS = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
_CLOCK = re.compile(
    r"(?<![\d:.,/-])(\d{1,2})(?:\s?(:|h|H|g|giờ|時|时|點|点|시|\.)\s?)(\d{2})(?:\s?(?:분|分|phút|p)(?![\w.]))?(?:\s?:(\d{2}))?"
    r"(?![\d/]|[:.]\d)\s*([AaPp]\.?\s?[Mm]\b\.?|SA\b|CH\b|sáng\b|chiều\b|tối\b|trưa\b|Uhr\b|uur\b)?"
)
_AFTER_DOTTED = re.compile(r"\s*(?:(?:GMT|UTC|BST|CES?T|WIB|WITA|WIT)\b|$)")  # else 20.25 is a number
_AFTERNOON = ("오후", "午後", "下午")  # stands before the time
_HOUR_ONLY = re.compile(r"(?<![\d:.,/-])(\d{1,2})\s*([AaPp]\.?[Mm]\b\.?|Uhr\b)")
_ZONE = re.compile(
    r"(?:\b(?:GMT|UTC)\s*([+-]\s*\d{1,2}(?::?\d{2})?)|(?<=\d)\s?([+-]\d{2}:?\d{2})(?!\d)|\b(Z|[A-Z]{2,4})\b)"
)


def find_clock(line: str, start: int, end: int) -> tuple[tuple[int, int, int] | None, tzinfo | None, int, int]:
    """The time of day nearest the date (at most 25 characters off), its zone, and the span of it all."""
    best: tuple[int, re.Match[str]] | None = None
    for match in _CLOCK.finditer(line[:start] + "\0" * (end - start) + line[end:]):
        if (
            match[2] == "."
            and not match[5]
            and not re.search(r"(?i)\b(kl|uhr|klo|ore|pukul)\W*$", line[: match.start()])
            and not _AFTER_DOTTED.match(line, match.end())
        ):
            continue
        gap = match.start() - end if match.start() >= end else start - match.end()
        if gap <= 25 and (best is None or gap < best[0]):
            best = (gap, match)
    if best is None:
        return _hour_only(line, start, end)
    match = best[1]
    afternoon = "pm" if line[: match.start()].rstrip().endswith(_AFTERNOON) else ""
    clock = clock_time(match[1], match[3], match[4], match[5] or afternoon)
    if clock is None:
        return None, None, start, end
    first, last = min(start, match.start()), max(end, match.end())
    zone, zone_end = _zone_after(line, match.end())
    if zone is None and match.end() < start:
        zone, zone_end = _zone_after(line, end)
    return clock, zone, first, max(last, zone_end)


def _hour_only(line: str, start: int, end: int) -> tuple[tuple[int, int, int] | None, tzinfo | None, int, int]:
    for match in _HOUR_ONLY.finditer(line):
        if 0 <= match.start() - end <= 12 or 0 <= start - match.end() <= 12:
            clock = clock_time(match[1], "0", None, match[2])
            zone, zone_end = _zone_after(line, match.end())
            return clock, zone, min(start, match.start()), max(end, match.end(), zone_end)
    return None, None, start, end


def _zone_after(line: str, at: int) -> tuple[tzinfo | None, int]:
    match = _ZONE.search(line, max(at - 1, 0), at + 14)
    if not match:
        return None, 0
    offset = match[1] or match[2]
    zone = offset_zone(offset) if offset else named_zone(match[3] or "")
    end = match.end() + 1 if line[match.end() : match.end() + 1] == ")" else match.end()
    return (zone, end) if zone else (None, 0)


def clock_time(hour: str, minute: str, second: str | None, half: str) -> tuple[int, int, int] | None:
    """Hour, minute and second by the clock of a day; None where that has no such time."""
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    mark = re.sub(r"[.\s]", "", half).lower()
    if mark in {"pm", "ch", "chiều", "tối"} and hours < 12:
        hours += 12
    elif mark in {"am", "sa"} and hours == 12:
        hours = 0
    return (hours, minutes, min(seconds, 59)) if hours < 24 and minutes < 60 else None


def offset_zone(offset: str) -> tzinfo | None:
    """The zone of `+07:00`, `-3` or `Z`."""
    if offset == "Z":
        return UTC
    match = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})?", offset.replace(" ", ""))
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)) if minutes <= 14 * 60 else None


def named_zone(name: str) -> tzinfo | None:
    """The zone of `CET` or `ET`."""
    if name in _REGIONS:
        return ZoneInfo(_REGIONS[name])
    return timezone(timedelta(minutes=_OFFSETS[name])) if name in _OFFSETS else None
