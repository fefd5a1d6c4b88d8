"""The columns of the exported tables, and the type of each; docs/export.md says what they mean."""

import re
from collections.abc import Mapping
from typing import Final

_SURROGATE = re.compile("[\ud800-\udfff]")

# A type is the name of a plain one, a list of what is in a list, the fields of a struct, or `NAMED`, texts by name.
Kind = str | list["Kind"] | dict[str, "Kind"]

TEXT: Final = "string"
NUMBER: Final = "int32"
TRUTH: Final = "bool"
TIME: Final = "timestamp"
NAMED: Final = "map<string, string>"

PAGES: Mapping[str, Kind] = {
    "url": TEXT,
    "site": TEXT,
    "title": TEXT,
    "versions": NUMBER,
    "first_seen": TIME,
    "last_seen": TIME,
    "next_due": TIME,
    "state": TEXT,
    "last_outcome": TEXT,
    "visits": NUMBER,
}
VERSIONS: Mapping[str, Kind] = {
    "url": TEXT,
    "site": TEXT,
    "version": NUMBER,
    "at": TIME,
    "article_url": TEXT,
    "canonical_url": TEXT,
    "title": TEXT,
    "section": TEXT,
    "lead": TEXT,
    "authors": [TEXT],
    "published": TIME,
    "published_text": TEXT,
    "published_offset": NUMBER,
    "published_date_only": TRUTH,
    "modified": TIME,
    "modified_text": TEXT,
    "modified_offset": NUMBER,
    "modified_date_only": TRUTH,
    "language": TEXT,
    "body": [{"kind": TEXT, "text": TEXT}],
    "captions": [TEXT],
    "images": [{"url": TEXT, "caption": TEXT, "alt": TEXT}],
    "tags": [TEXT],
    "reader": TEXT,
    "capture_sha256": TEXT,
    "sources": NAMED,
}
EDITS: Mapping[str, Kind] = {
    "id": "int64",
    "url": TEXT,
    "site": TEXT,
    "from_version": NUMBER,
    "to_version": NUMBER,
    "between": [TIME],
    "unread": NUMBER,
    "fields": [TEXT],
    "kinds": [TEXT],
    "significance": TEXT,
    "reasons": [TEXT],
    "acknowledged": TEXT,
    "status": TEXT,
    "removed": [TEXT],
    "added": [TEXT],
    "changes": [
        {"field": TEXT, "kinds": [TEXT], "removed": [TEXT], "added": [TEXT], "before": TEXT, "after": TEXT},
    ],
}


def whole(text: str) -> str:
    """Text with U+FFFD for half a surrogate pair, which pages do have: UTF-8 has no form of it, and DuckDB reads no
    JSON that has its escape.
    """
    return _SURROGATE.sub("\ufffd", text)


def told(kind: Kind) -> str:
    """A type as the documentation writes it."""
    match kind:
        case str():
            return kind
        case [inner]:
            return f"list<{told(inner)}>"
        case dict():
            return f"struct<{', '.join(f'{name}: {told(inner)}' for name, inner in kind.items())}>"
    raise AssertionError(kind)
