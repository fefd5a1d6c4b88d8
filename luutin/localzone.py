"""Refuses a TZ that names no time zone: C libraries take it for UTC, and every time would be printed wrong unseen."""

import re
from pathlib import Path

from storage.errors import ConfigError

_RULE = re.compile(r"(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)[+-]?\d.*")  # such as UTC0 or <+07>-7: POSIX, 8.3


def check_zone(name: str) -> None:
    """Raises ConfigError where this value of TZ is neither a zone that is known here, a file of one, nor a rule."""
    bare = name.removeprefix(":")
    if not bare or _RULE.fullmatch(bare):
        return
    if not (Path(bare).is_file() if bare.startswith("/") else _is_known(bare)):
        raise ConfigError(
            [f"TZ: {name!r} is no time zone that is known here; write it like Asia/Ho_Chi_Minh, or unset TZ"]
        )


def _is_known(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - many run without TZ

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
