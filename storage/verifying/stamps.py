"""Checks that every time stamp is over entries that the chains have, is sound, and states a time that can be."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, select

from storage import schema
from storage.stamps import tokens
from storage.stamps.keeping import row_crc32
from storage.stamps.statements import heads_of, time_fault
from storage.stamps.terms import StampError
from storage.verifying.faults import Fault, OnStep
from storage.verifying.stored import Stored, Values

_link, _visit = schema.link.c, schema.visit.c
_COLUMNS = list(schema.stamp.c)
_Heads = Mapping[str, tuple[int, str]]


def check(stored: Stored, chains: Mapping[int, str], certificates: bytes, on_step: OnStep) -> Iterator[Fault]:
    """The faults of all time stamps; of what is in the tokens only where that can be read here."""
    numbers = {key: number for number, key in chains.items()}
    reached: dict[str, int] = {}  # by the stamps before: of each chain, the entry
    for row, damaged in stored.all(_COLUMNS):
        on_step(1)
        if damaged or not _is_as_written(row):
            yield Fault(what="stamp", number=row["id"], text="is not kept as it was written")
            continue
        heads = heads_of(row["said"].encode("utf-8", "surrogateescape"))
        if heads is None:
            yield Fault(what="stamp", number=row["id"], text="is of something else than heads of chains")
            continue
        yield from _strangers(stored, row, heads, numbers)
        if tokens.is_installed() and (text := _token_fault(stored, row, heads, numbers, reached, certificates)):
            yield Fault(what="stamp", number=row["id"], text=text)
        reached |= {key: seq for key, (seq, _) in heads.items()}


def _is_as_written(row: Values) -> bool:
    return isinstance(row["token"], bytes) and row_crc32(row) == row["crc32"]


def _strangers(stored: Stored, row: Values, heads: _Heads, numbers: Mapping[str, int]) -> Iterator[Fault]:
    for key, (seq, digest) in heads.items():
        query = select(_link.digest).where(_link.site_id == numbers.get(key, -1), _link.seq == seq)
        found = stored.connection.execute(query).scalar_one_or_none()
        if found is None or found.hex() != digest:
            text = f"entry {seq} is not the one that was stamped"
            yield Fault(what="stamp", number=row["id"], text=text, site=key, seq=seq)


def _token_fault(
    stored: Stored,
    row: Values,
    heads: _Heads,
    numbers: Mapping[str, int],
    reached: Mapping[str, int],
    certificates: bytes,
) -> str:
    try:
        stated = tokens.check(row["token"], row["said"].encode(), certificates)
    except StampError as error:
        return str(error)
    return time_fault(stated.time, row["at"], _newest_visit(stored, heads, numbers, reached))


def _newest_visit(
    stored: Stored, heads: _Heads, numbers: Mapping[str, int], reached: Mapping[str, int]
) -> datetime | None:
    """The time of the newest visit among the entries that no stamp before this one covers."""
    found = []
    for key, (seq, _) in heads.items():
        joined = schema.visit.join(schema.link, _link.visit_id == _visit.id)
        query = select(func.max(_visit.at)).select_from(joined).where(_link.site_id == numbers.get(key, -1))
        try:
            newest = stored.connection.scalar(query.where(_link.seq > reached.get(key, 0), _link.seq <= seq))
        except ValueError:  # a damaged time, which the links are told for
            continue
        found.append(newest)
    return max((one for one in found if one is not None), default=None)
