"""Checks that every body decodes to the bytes that its SHA-256 names."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select, union_all

from storage import bodycodec, schema
from storage.digests import sha256
from storage.errors import DamagedBodyError
from storage.verifying.faults import Fault, OnStep
from storage.verifying.stored import Stored, Values

_REMEMBERED = 64 << 20  # bytes of bodies that others are packed against
_MOST_HOPS = 64  # more than any arrangement of bodies needs
_COLUMNS = list(schema.body.c)


def check(stored: Stored, on_step: OnStep) -> Iterator[Fault]:
    """The faults of the bodies, each once for every visit or version that needs the body."""
    decoder = _Decoder(stored)
    for row, damaged in stored.all(_COLUMNS, size=50):
        on_step(1)
        text = _fault(decoder, row, damaged)
        if text:
            yield from _told(stored.connection, row["id"], f"body {row['id']} {text}")


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
        self._known: OrderedDict[int, list[bytes]] = OrderedDict()
        self._size = 0

    def decode(self, row: Values) -> bytes:
        """The bytes of a body.

        Raises:
            DamagedBodyError: it cannot be had.
        """
        return self._line(row, 0)[0]

    def _line(self, row: Values, hops: int) -> list[bytes]:
        """The bytes of a body and of those that it is built on, the nearest first; `hops` lead to it."""
        if hops > _MOST_HOPS:
            raise DamagedBodyError("the bodies that it is packed against lead in a circle")
        line = [] if row["base_id"] is None else self._base(row["base_id"], hops + 1)
        return [bodycodec.decompress(row["data"], bodycodec.prefix_of(line)), *line]

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
        self._known[number] = line
        self._size += sum(map(len, line))
        while self._size > _REMEMBERED and len(self._known) > 1:
            self._size -= sum(map(len, self._known.popitem(last=False)[1]))


def _told(connection: Connection, body_id: int, text: str) -> Iterator[Fault]:
    users = list(connection.execute(_users(body_id)))
    for user in users:
        yield Fault(what="body", text=text, number=body_id, url=user.url, visit=user.visit)
    if not users:
        yield Fault(what="body", text=text, number=body_id)


def _users(body_id: int) -> Any:  # noqa: ANN401 - a union of selects
    capture, visit, reading, page = (table.c for table in (schema.capture, schema.visit, schema.reading, schema.page))
    captured = (
        select(page.url, visit.id.label("visit"))
        .select_from(schema.capture.join(schema.visit, visit.capture_id == capture.id))
        .join(schema.page, page.id == visit.page_id)
        .where((capture.body_id == body_id) | (capture.wire_body_id == body_id))
    )
    read = (
        select(page.url, visit.id.label("visit"))
        .select_from(schema.reading.join(schema.version))
        .join(schema.page, page.id == schema.version.c.page_id)
        .outerjoin(schema.visit, visit.capture_id == schema.version.c.capture_id)
        .where(reading.body_id == body_id)
    )
    return union_all(captured, read)
