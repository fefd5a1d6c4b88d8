"""Until when a text was still there, by what the captures of its looks read as."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from crawler.stillthere import last_alike
from storage.errors import DamagedBodyError
from storage.records import Reading
from storage.rows import Look
from tests.newsroom import EDITED, RAIN, article

START = datetime(2026, 3, 11, 7, 0, tzinfo=UTC)


def at(look: int) -> datetime:
    return START + timedelta(hours=look)


def found(texts: str) -> tuple[int | None, int]:
    """The look that `last_alike` gives, by its place, and how many captures it read.

    A letter a look: `o` read as the old text, `n` as the new one, `.` sent none, `x` is damaged, `s` is suspect.
    """
    read: list[int] = []

    async def reading(capture: int) -> Reading:
        read.append(capture)
        if texts[capture] == "x":
            raise DamagedBodyError("gone")
        said = article(EDITED if texts[capture] == "n" else RAIN)
        return Reading(reader="r2", article=said, suspect="a wall" if texts[capture] == "s" else "")

    looks = [
        Look(at=at(place), capture_id=None if letter == "." else place, sha256=f"{letter}{place}" * (letter != "."))
        for place, letter in enumerate(texts)
    ]
    last = asyncio.run(last_alike(looks, article(RAIN), reading))
    return (None if last is None else int((last - START) / timedelta(hours=1))), len(read)


@pytest.mark.parametrize("texts", ["", "o", "o..", "oooooo", "ooonno", "ooox", "ooos"])
def test_where_the_last_look_still_reads_so_nothing_was_overlooked(texts: str) -> None:
    last, read = found(texts)
    assert last is None
    assert read <= 1


@pytest.mark.parametrize(
    ("texts", "place"), [("on", 0), ("o..n", 2), ("ooon.n..", 2), ("onnnnnnn", 0), ("o.o.o.n.n", 5), ("oxosn", 3)]
)
def test_the_last_look_before_the_first_that_reads_otherwise_is_found(texts: str, place: int) -> None:
    assert found(texts)[0] == place


def test_of_many_looks_few_are_read() -> None:
    assert found("o" * 700 + "n" * 300) == (699, 11)
