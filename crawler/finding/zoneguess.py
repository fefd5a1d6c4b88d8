"""Guesses a site's time zone from its language and the country code that its host ends in."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

# Country codes that sites take for how they look (.tv, .io); they say nothing about where a site is.
_GENERIC = frozenset({"ad", "ag", "ai", "as", "bz", "cc", "cd", "co", "dj", "fm", "gg", "io", "la", "ly", "me", "ms"})
_ALSO_GENERIC = frozenset({"nu", "sc", "sh", "sr", "st", "su", "tk", "to", "tv", "vc", "ws"})
_RENAMED = {"uk": "gb"}
_CLOCKS = (datetime(2025, 1, 15, tzinfo=UTC), datetime(2025, 7, 15, tzinfo=UTC))  # winter and summer


def guessed_zone(host: str, language: str) -> str:
    """An IANA zone, or an empty string where the guess would be a gamble: a country with several clocks."""
    country = host.rpartition(".")[2].lower()
    if language == "vi" or country == "vn":
        return "Asia/Ho_Chi_Minh"
    if country in _GENERIC | _ALSO_GENERIC:
        return ""
    zones = _zones_by_country().get(_RENAMED.get(country, country), ())
    clocks = {tuple(moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in _CLOCKS) for zone in zones}
    return zones[0] if len(clocks) == 1 else ""


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    """`zone.tab` of the IANA database: the country's largest zone comes first."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    zones: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones[country.lower()] = (*zones.get(country.lower(), ()), zone)
    return zones
