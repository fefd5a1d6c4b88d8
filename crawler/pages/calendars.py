"""Dates of the Thai and the Iranian calendar, as pages of these countries write them, in the one of all others."""

from datetime import date

_BUDDHA = 543  # years from the Buddha's on to ours
_THAI = range(2400, 2700)
_IRANIAN = range(1300, 1500)
_EPOCH = 355_668 + 365  # days from the first of the Iranian years counted below to our year 1
_CYCLE = 33  # years, of which eight are leap years


def our_date(year: int, month: int, day: int, language: str) -> tuple[int, int, int]:
    """A day in our calendar, told by its year where the language has another; all others stay."""
    if year in _THAI and language == "th":
        return year - _BUDDHA, month, day
    if year in _IRANIAN and language == "fa" and 1 <= month <= 12 and 1 <= day <= 31:
        found = date.fromordinal(_ordinal(year, month, day))
        return found.year, found.month, found.day
    return year, month, day


def _ordinal(year: int, month: int, day: int) -> int:
    """Six months of 31 days, then of 30."""
    years = year + 1595
    leaps = years // _CYCLE * 8 + (years % _CYCLE + 3) // 4
    before = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    return 365 * years + leaps + before + day - _EPOCH
