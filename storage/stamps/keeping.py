"""Keeps time stamps, and what came of asking for them. They are in no chain: each vouches for itself."""

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from storage import schema
from storage.chain import entering, forms
from storage.stamps.statements import Stamp, heads_of

_stamp, _authority, _link = schema.stamp.c, schema.authority.c, schema.link.c
_SHORTEST, _LONGEST = timedelta(minutes=5), timedelta(hours=6)  # between two tries that fail


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking an authority last: `outcome` is `stamped`, or why there is no stamp."""

    at: datetime
    outcome: str
    note: str
    failures: int  # in a row

    @property
    def again(self) -> datetime:
        """When to ask again after a failure."""
        return self.at + min(_SHORTEST * (1 << min(max(self.failures - 1, 0), 10)), _LONGEST)


def heads(connection: Connection) -> dict[str, tuple[int, bytes]]:
    """Number and digest of the newest entry of each chain, by the site's key; the archive's own under no name."""
    query = select(_link.seq, _link.digest).where(_link.site_id == forms.ARCHIVE).order_by(_link.seq.desc()).limit(1)
    own = connection.execute(query).one_or_none()
    return ({} if own is None else {"": (own.seq, own.digest)}) | entering.heads(connection)


def row_crc32(row: Mapping[str, Any]) -> int:
    """The checksum of a stamp's row: some bits of a token are not signed, and one that flipped would not be found."""
    about = [row["at"].astimezone(UTC).isoformat(), row["url"], row["said"]]
    return zlib.crc32(row["token"], zlib.crc32(repr(about).encode("utf-8", "surrogatepass")))


def keep(connection: Connection, at: datetime, url: str, said: bytes, token: bytes) -> None:
    """Keep a stamp that was had and checked."""
    row = {"at": at, "url": url, "said": said.decode("ascii"), "token": token}
    connection.execute(insert(schema.stamp).values(row | {"crc32": row_crc32(row)}))
    note(connection, url, Asked(at=at, outcome="stamped", note="", failures=0))


def note(connection: Connection, url: str, asked: Asked) -> None:
    """Keep what came of asking an authority."""
    connection.execute(delete(schema.authority).where(_authority.url == url))
    values = {"url": url, "last_try": asked.at, "outcome": asked.outcome}
    connection.execute(insert(schema.authority).values(values | {"note": asked.note, "failures": asked.failures}))


def asked(connection: Connection, url: str) -> Asked | None:
    """What came of asking an authority last."""
    row = connection.execute(select(schema.authority).where(_authority.url == url)).one_or_none()
    if row is None:
        return None
    return Asked(at=row.last_try, outcome=row.outcome, note=row.note, failures=row.failures)


def newest(connection: Connection, url: str) -> Stamp | None:
    """The last stamp of an authority."""
    query = select(schema.stamp).where(_stamp.url == url).order_by(_stamp.id.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _made(row)


def covering(connection: Connection, places: Collection[tuple[str, int]]) -> list[Stamp]:
    """For each of these entries (site, number) the first stamp that commits to it, or to one after it."""
    found: dict[int, Stamp] = {}
    waiting = set(places)
    for row in connection.execute(select(schema.stamp).order_by(_stamp.id)).mappings():
        stamp = _made(row)
        stamped = heads_of(stamp.said) or {}
        covered = {(site, seq) for site, seq in waiting if site in stamped and stamped[site][0] >= seq}
        if covered:
            found[stamp.id] = stamp
            waiting -= covered
        if not waiting:
            break
    return list(found.values())


def _made(row: Mapping[Any, Any]) -> Stamp:
    said = row["said"].encode("utf-8", "surrogatepass")
    return Stamp(id=row["id"], at=row["at"], url=row["url"], said=said, token=row["token"])
