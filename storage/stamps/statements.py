"""What is stamped: the heads of all chains as canonical JSON, and what follows from it. Pure.

docs/evidence.md describes the form for others who want to check it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.chain import forms

CLOCKS = timedelta(hours=1)  # that an authority's clock and this machine's may differ by, before one of them is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time stamp as it is kept: `said` was stamped, `token` is the answer (DER), `at` is when it was had."""

    id: int
    at: datetime
    url: str
    said: bytes
    token: bytes


def statement(heads: Mapping[str, tuple[int, bytes]]) -> bytes:
    """What an authority is to stamp: number and digest of the newest entry of each chain, by the key of its site."""
    return forms.canonical({"heads": {key: [seq, digest.hex()] for key, (seq, digest) in heads.items()}})


def heads_of(said: bytes) -> dict[str, tuple[int, str]] | None:
    """The heads that a statement names; None where it is none, or not as it was written."""
    try:
        heads = json.loads(said)["heads"]
        found = {str(key): (int(seq), str(digest)) for key, (seq, digest) in heads.items()}
        made = {key: (seq, bytes.fromhex(digest)) for key, (seq, digest) in found.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return found if found and statement(made) == said else None


def time_fault(stated: datetime, at: datetime, newest: datetime | None) -> str:
    """What is wrong with the time that a stamp states, given when it was had and the newest visit that it covers."""
    if abs(stated - at) > CLOCKS:
        return f"its time is {stated.isoformat()}, but it was had at {at.isoformat()} by this machine's clock"
    if newest is not None and newest - stated > CLOCKS:
        return f"its time is {stated.isoformat()}, but it covers a visit that is said to be of {newest.isoformat()}"
    return ""
