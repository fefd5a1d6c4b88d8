"""Which time zone somebody may have meant: the IANA database names one city a zone, and not always the capital."""

import re
import unicodedata
from difflib import get_close_matches
from zoneinfo import available_timezones

_LIKE = 0.8  # below that a name is another city's: Hanoi is half like Yangon
_OF = {  # names of cities and countries that the database does not list
    "Asia/Ho_Chi_Minh": "hanoi saigon hochiminhcity danang haiphong cantho hue vietnam vn",
    "Asia/Shanghai": "beijing peking guangzhou shenzhen china",
    "Asia/Kolkata": "delhi newdelhi mumbai bombay chennai bangalore india",
    "Asia/Karachi": "islamabad lahore pakistan",
    "Asia/Tokyo": "osaka kyoto japan",
    "Asia/Jerusalem": "telaviv israel",
    "Asia/Riyadh": "jeddah mecca",
    "Asia/Dubai": "abudhabi",
    "Asia/Yangon": "naypyidaw",
    "Europe/Istanbul": "ankara",
    "Europe/Berlin": "munich hamburg frankfurt cologne bonn germany",
    "Europe/Zurich": "bern geneva",
    "Europe/Rome": "milan naples",
    "Europe/Madrid": "barcelona",
    "Africa/Lagos": "abuja",
    "America/New_York": "washington washingtondc boston miami",
    "America/Los_Angeles": "sanfrancisco seattle",
    "America/Toronto": "ottawa montreal",
    "America/Sao_Paulo": "brasilia riodejaneiro",
    "Australia/Sydney": "canberra",
    "Pacific/Auckland": "wellington",
}
_ZONE_OF = {name: zone for zone, names in _OF.items() for name in names.split()}


def zone_meant(text: str) -> str:
    """The zone whose city is spelt nearly so, or is another one of the same zone; empty where none is near."""
    city = _plain(text.rpartition("/")[2])
    if city in _ZONE_OF:
        return _ZONE_OF[city]
    named = (zone for zone in sorted(available_timezones()) if "/" in zone and not zone.startswith("Etc/"))
    cities = {_plain(zone.rpartition("/")[2]): zone for zone in named}
    near = get_close_matches(city, cities, n=1, cutoff=_LIKE)
    return cities[near[0]] if near else ""


def _plain(name: str) -> str:
    """Letters alone, without case and accents: `Hà Nội`, `Ha_Noi` and `Hanoi` are one."""
    bare = unicodedata.normalize("NFD", name.lower()).replace("đ", "d")
    return re.sub(r"[^a-z]", "", bare)
