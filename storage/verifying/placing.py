"""What the entries of all chains say of pages that were joined and of rows that were written anew."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from storage import schema
from storage.chain import forms
from storage.verifying.faults import Fault
from storage.verifying.stored import Stored

_link = schema.link.c
_BATCH = 1000
_COLUMNS = (_link.site_id, _link.seq, _link.said)


@dataclass(frozen=True, slots=True)
class Stated:
    """The last entry that says what a row says."""

    site: str
    site_id: int
    seq: int
    digest: str


@dataclass(slots=True, kw_only=True)
class Placing:
    """Where rows belong now, and what they have to say."""

    merged: dict[int, int] = field(default_factory=dict)  # pages into pages
    same: dict[int, int] = field(default_factory=dict)  # versions that turned out to be others
    rows: dict[tuple[str, int], Stated] = field(default_factory=dict)

    def page(self, number: int) -> int:
        """The page that what was recorded of a page belongs to now."""
        return _follow(self.merged, number)

    def version(self, number: int | None) -> int | None:
        """The version that is shown now where one was recorded."""
        return None if number is None else _follow(self.same, number)


def _follow(steps: dict[int, int], number: int) -> int:
    for _ in range(len(steps)):  # a damaged entry might lead in a circle
        if number not in steps:
            break
        number = steps[number]
    return number


def gather(stored: Stored, sites: dict[int, str], placing: Placing) -> Iterator[Fault]:
    """Fill `placing` from the entries that are kept as text; gives rows that two chains lay claim to.

    An entry that is damaged is left out here: whoever checks the links tells of it.
    """
    for site_id, key in sites.items():
        own: dict[tuple[str, int], Stated | None] = {}
        query = select(*stored.columns(_COLUMNS)).where(_link.site_id == site_id, _link.said.is_not(None))
        for row in stored.connection.execute(query.order_by(_link.seq).execution_options(yield_per=_BATCH)):
            said = parsed(row[2])
            if said is not None:
                _take(own, placing, said, (key, site_id), row[1])
        for name, stated in own.items():
            if stated is None:
                continue
            if name in placing.rows:
                yield Fault(what=name[0], text="is in two chains", number=name[1], site=key, seq=stated.seq)
            placing.rows[name] = stated


def _take(
    own: dict[tuple[str, int], Stated | None],
    placing: Placing,
    said: dict[str, object],
    site: tuple[str, int],
    seq: int,
) -> None:
    merged, same, rows = said.get("merged"), said.get("same"), said.get("rows")
    if isinstance(merged, list):
        placing.merged[merged[0]] = merged[1]
    if isinstance(same, list):
        placing.same[same[0]] = same[1]
    for table, digests in rows.items() if isinstance(rows, dict) else ():
        for number, digest in digests.items():
            own[table, int(number)] = None if digest is None else Stated(*site, seq, digest)


def parsed(text: object) -> dict[str, object] | None:
    """What an entry says; None where that is not as it was written."""
    if not isinstance(text, str):
        return None
    try:
        said = json.loads(text)
    except ValueError:
        return None
    return said if isinstance(said, dict) and forms.canonical(said).decode() == text else None
