"""The newest edits of a site, of a kind or of a status are no more work to find, however many there are besides."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from storage import schema
from storage.changes import ChangeKind, EditStatus
from storage.database import archive_url, open_engine
from storage.queries import Queries
from storage.visits import FoundPage
from tests.counting import counted
from tests.newsroom import EDITED, HOUR, OTHER_URL, RAIN, Newsroom

FEW, MANY = 600, 4800
ASKED: dict[str, dict[str, Any]] = {
    "of a site that has been quiet": {"site": "khac"},
    "of a site": {"site": "vidu"},
    "of a kind": {"kinds": [ChangeKind.NUMBER]},
    "of a kind and a site": {"kinds": [ChangeKind.MOVED, ChangeKind.NUMBER], "site": "vidu"},
    "that are pending": {"status": EditStatus.PENDING},
    "that are pending, of a site that has been quiet": {"status": EditStatus.PENDING, "site": "khac"},
}


def _with_edits(url: str, more: int) -> str:
    """An archive with one pending edit of a quiet site, and many confirmed ones of another since then."""
    room = Newsroom(url)
    room.archive.watch_site("khac", room.now)
    room.archive.add_pages("khac", [FoundPage(url=OTHER_URL)], room.now)
    for text in (RAIN, EDITED):
        room.sees(text, url=OTHER_URL)
    for text in (RAIN, EDITED, EDITED):
        room.sees(text)
    room.close()
    engine, edit = open_engine(archive_url(url)), schema.edit.c
    with engine.begin() as connection:
        last = dict(connection.execute(select(schema.edit).order_by(edit.id.desc()).limit(1)).mappings().one())
        assert (last["status"], last["kinds"]) == ("confirmed", ["number"])
        rows = [{**last, "id": last["id"] + n, "before": last["before"] + n * HOUR / 60} for n in range(1, more)]
        connection.execute(insert(schema.edit), rows)
        assert connection.scalar(select(func.count()).select_from(schema.edit)) == more + 1
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()
    return url


def _work(url: str) -> dict[str, int]:
    found = {}
    with counted(url, as_if_big=False) as work, Queries(url) as queries:
        for what, asked in ASKED.items():
            for _ in range(12):  # after that PostgreSQL may take a plan that is to suit any values
                before = work()
                assert len(list(queries.edits(newest=1, **asked))) == 1
                found[what] = work() - before
    return found


def test_the_newest_edits_are_no_more_work_among_eight_times_as_many(databases: Callable[[], str]) -> None:
    few, many = (_work(_with_edits(databases(), more)) for more in (FEW, MANY))
    assert {what: (few[what], work) for what, work in many.items() if work > 1.2 * few[what] + 5} == {}


@pytest.mark.parametrize("newest", [None, 3])
def test_edits_of_a_kind_are_those_that_have_it(any_archive: str, newest: int | None) -> None:
    room = Newsroom(any_archive)
    room.sees(RAIN)
    room.sees(EDITED)
    room.sees((*EDITED, "Đến tối, nước đã rút."))
    room.sees((*EDITED, "Đến tối, nước đã rút."), title="Mưa ngớt ở Hà Nội")
    every = list(room.queries.edits())
    assert len({kind for edit in every for kind in edit.kinds}) >= 3
    for kind in ChangeKind:
        wanted = [edit for edit in every if kind.value in edit.kinds]
        assert list(room.queries.edits(kinds=[kind], newest=newest)) == wanted
    both = [ChangeKind.NUMBER, ChangeKind.HEADLINE]
    assert list(room.queries.edits(kinds=both, newest=newest)) == [
        edit for edit in every if {kind.value for kind in both} & set(edit.kinds)
    ]
    assert list(room.queries.edits(kinds=both, newest=1)) == every[-1:]
    assert list(room.queries.edits(kinds=[ChangeKind.NUMBER], since=room.now + timedelta(days=1))) == []
    room.close()
