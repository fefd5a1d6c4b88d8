"""Checks that every body decodes to the bytes that its SHA-256 names."""

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, select, union_all

from storage import schema
from storage.database import batched
from storage.digests import sha256
from storage.errors import DamagedBodyError
from storage.verifying.faults import Fault, OnStep
from storage.verifying.frames import Frames
from storage.verifying.stored import Stored, Values

_REMEMBERED = 64 << 20  # bytes of bodies that others are packed against
_MOST_HOPS = 64  # more than any arrangement of bodies needs
_AT_ONCE = 50  # bodies
_TOLD_AT_ONCE = 200  # faults
_COLUMNS = list(schema.body.c)
_KEPT = (schema.capture.c.body_id, schema.capture.c.wire_body_id)


def check(stored: Stored, on_step: OnStep) -> Iterator[Fault]:
    """The faults of the bodies, each once for every visit or version that needs the body."""
    decoder = _Decoder(stored)
    found: dict[int, str] = {}
    for row, damaged in _by_chain(stored):
        on_step(1)
        text = _fault(decoder, row, damaged)
        if text:
            found[row["id"]] = f"body {row['id']} {text}"
        if len(found) == _TOLD_AT_ONCE:
            yield from _told(stored.connection, found)
            found = {}
    yield from _told(stored.connection, found) if found else ()


def check_some(stored: Stored, numbers: Sequence[int]) -> Iterator[Fault]:
    """The faults of the bodies with these numbers; one that is missing is told with the row that needs it."""
    decoder = _Decoder(stored)
    found = {}
    for row, damaged in stored.by_number(_COLUMNS, numbers).values():
        text = _fault(decoder, row, damaged)
        if text:
            found[row["id"]] = f"body {row['id']} {text}"
    yield from _told(stored.connection, found) if found else ()


def _by_chain(stored: Stored) -> Iterator[tuple[Values, list[str]]]:
    """Every body, those of a chain one after the other: what the next one is packed against has just been decoded."""
    body = schema.body.c
    numbers = array("q", stored.connection.scalars(select(body.id).order_by(body.chain, body.seq)))
    for batch in batched(numbers, _AT_ONCE):
        rows = stored.by_number(_COLUMNS, batch)
        yield from (rows[number] for number in batch if number in rows)


def _fault(decoder: "_Decoder", row: Values, damaged: list[str]) -> str:
    if damaged or not _is_as_written(row):
        return "is not kept as it was written"
    try:
        data = decoder.decode(row)
    except DamagedBodyError as error:
        return f"cannot be had: {error}"
    if sha256(data) != row["sha256"]:
        return "has another SHA-256 than was recorded"
    return "" if len(data) == row["size"] else "has another size than was recorded"


def _is_as_written(row: Values) -> bool:
    return isinstance(row["data"], bytes) and schema.body_crc32(row) == row["crc32"]


class _Decoder:
    """Decodes bodies, and remembers some of those that others are packed against."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._frames = Frames(stored)
        self._known: OrderedDict[int, list[bytes]] = OrderedDict()
        self._size = 0

    def decode(self, row: Values) -> bytes:
        """The bytes of a body.

        Raises:
            DamagedBodyError: it cannot be had.
        """
        line = self._line(row, 0)
        self._remember(row["id"], line)
        return line[0]

    def _line(self, row: Values, hops: int) -> list[bytes]:
        """The bytes of a body and of those that it is built on, the nearest first; `hops` lead to it."""
        if hops > _MOST_HOPS:
            raise DamagedBodyError("the bodies that it is packed against lead in a circle")
        line = [] if row["base_id"] is None else self._base(row["base_id"], hops + 1)
        return [self._frames.unpacked(row, line), *line]

    def _base(self, number: int, hops: int) -> list[bytes]:
        if number in self._known:
            self._known.move_to_end(number)
            return self._known[number]
        found = self._stored.by_number(_COLUMNS, [number])
        if number not in found:
            raise DamagedBodyError(f"body {number}, which it is packed against, is missing")
        row, damaged = found[number]
        if damaged or not _is_as_written(row):
            raise DamagedBodyError(f"body {number}, which it is packed against, is damaged")
        line = self._line(row, hops)
        self._remember(number, line)
        return line

    def _remember(self, number: int, line: list[bytes]) -> None:
        if number in self._known:
            return
        self._known[number] = line
        self._size += sum(map(len, line))
        while self._size > _REMEMBERED and len(self._known) > 1:
            self._size -= sum(map(len, self._known.popitem(last=False)[1]))


def _told(connection: Connection, faults: Mapping[int, str]) -> Iterator[Fault]:
    """The faults of some bodies: of many at once, as all captures are looked through for who needs them."""
    users = defaultdict(list)
    for row in connection.execute(_users(list(faults))):
        users[row.body_id].append((row.url, row.visit))
    for body_id, text in faults.items():
        for url, visit in users[body_id] or [("", None)]:
            yield Fault(what="body", text=text, number=body_id, url=url, visit=visit)


def _users(numbers: Sequence[int]) -> Any:  # noqa: ANN401 - a union of selects
    capture, visit, reading, page = (table.c for table in (schema.capture, schema.visit, schema.reading, schema.page))
    of_capture = and_(visit.page_id == capture.page_id, visit.capture_id == capture.id)  # found by its page, at once
    made = schema.capture.join(schema.visit, of_capture).join(schema.page, page.id == visit.page_id)
    kept = (select(one, page.url, visit.id).select_from(made).where(one.in_(numbers)) for one in _KEPT)
    read = (
        select(reading.body_id, page.url, visit.id)
        .select_from(schema.reading.join(schema.version))
        .join(schema.page, page.id == schema.version.c.page_id)
        .outerjoin(schema.capture, capture.id == schema.version.c.capture_id)
        .outerjoin(schema.visit, of_capture)
        .where(reading.body_id.in_(numbers))
    )
    found = union_all(*kept, read).subquery()
    body_id, url, number = found.c
    return select(body_id.label("body_id"), url.label("url"), number.label("visit")).order_by(body_id, number)
