"""What the entries of a chain say, as canonical JSON, and the digests that tie each to the one before. Pure.

docs/evidence.md describes the forms for others who want to check them.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

ARCHIVE = 0  # the number of the chain whose entries commit to the heads of all others

# A visit and its capture never change but for the page and version that they are counted to: where these were joined to
# others, entries say so. Bodies are known by their digests, whatever the row that keeps them.
_VISIT = ("id", "at", "url", "outcome", "status", "capture_id", "note")
_CAPTURE = (
    "id",
    "requested_url",
    "url",
    "hops",
    "at",
    "elapsed_us",
    "address",
    "request_head",
    "status",
    "head",
    "sha256",
    "wire_sha256",
    "fault",
)

# Rows that may be written anew, and then enter anew. `body` is the digest of the body that a row names.
STATED: Mapping[str, tuple[str, ...]] = {
    "page": ("id", "site_id", "url"),
    "version": ("id", "page_id", "number", "capture_id", "at"),
    "reading": ("id", "version_id", "reader", "body", "sources", "learned", "current"),
    "edit": (
        "id",
        "page_id",
        "from_version_id",
        "to_version_id",
        "after",
        "before",
        "reader",
        "significance",
        "significance_rank",
        "acknowledged",
        "status",
        "fields",
        "kinds",
        "reasons",
        "changes",
    ),
    "memory": ("id", "site_id", "digest", "at", "body"),
}


def canonical(value: object) -> bytes:
    """JSON that is the same wherever it is made: sorted keys, no spaces, ASCII with lower-case escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def plain(value: object) -> object:
    """A column's value as JSON: a time in UTC, bytes by their SHA-256, all else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value


def _picked(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, object]:
    return {name: plain(row[name]) for name in names}


def row_fields(table: str, row: Mapping[str, Any]) -> dict[str, object]:
    """What an entry commits to of a row of one of the `STATED` tables."""
    return _picked(row, STATED[table])


def row_digest(table: str, row: Mapping[str, Any]) -> str:
    """The SHA-256 by which entries name what a row says, in hexadecimal."""
    return hashlib.sha256(canonical({table: row_fields(table, row)})).hexdigest()


def visit_said(
    visit: Mapping[str, Any], capture: Mapping[str, Any] | None, page_id: int, version_id: int | None
) -> dict[str, object]:
    """What the entry of a visit says; page and version are those at the time."""
    return {
        "visit": _picked(visit, _VISIT) | {"page_id": page_id, "version_id": version_id},
        "capture": None if capture is None else _picked(capture, _CAPTURE),
    }


def beginning(site: str) -> bytes:
    """What the first entry of a site's chain follows; of the archive's own chain where `site` is empty."""
    return hashlib.sha256(canonical({"site": site})).digest()


def link_digest(seq: int, before: bytes, said: Mapping[str, object]) -> bytes:
    """The digest of an entry, which the next one commits to."""
    return hashlib.sha256(canonical({"seq": seq, "before": before.hex(), "said": said})).digest()
