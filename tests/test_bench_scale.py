"""The archive that bench/scale.py builds is sound, and what is asked of it is no more work the more it holds."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from bench import scale
from bench.big import asking, building, peer, questions
from bench.big.asking import Asker
from bench.big.questions import COMMON, LINEAR, SHOWN, STATUS
from bench.big.stories import BETWEEN, FIRST, Layout, page_at
from storage import schema
from storage.archive import Archive, init
from storage.database import archive_url, open_engine
from storage.queries import Queries
from storage.records import Outcome
from storage.search import finding
from storage.verifying.whole import Verifier
from tests.counting import counted
from tests.postgres import Postgres

OFTEN = 12
FEW, MANY = Layout(pages=300, visits=3), Layout(pages=2400, visits=3)


def _built(url: str, layout: Layout) -> str:
    with ThreadPoolExecutor(1) as pool:
        building.build(url, layout, pool, lambda _visits: None)
    return url


def _work(url: str, layout: Layout) -> dict[str, int]:
    """How much work each thing is once it was asked so often that PostgreSQL may plan it for whatever values."""
    found = {}
    with (
        counted(url) as work,
        Archive(url, next_due=lambda _site, _history, now: now) as archive,
        Queries(url) as queries,
    ):
        for what, asked in Asker(url, layout).asked(archive, queries).items():
            for turn in range(OFTEN):
                before = work()
                assert asked.ask(turn)
                found[what] = work() - before
                asked.after()
    return found


def test_what_is_asked_is_no_more_work_in_an_archive_eight_times_as_big(
    databases: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "SHOWN", 5)  # of which the small one has so many too
    monkeypatch.setattr(asking, "CLAIMED", 5)
    monkeypatch.setattr(finding, "RANKED", 50)
    few_url = _built(databases(), FEW)
    few = _work(few_url, FEW)
    many = _work(_built(databases(), MANY), MANY)
    grown = {what: (few[what], work) for what, work in many.items() if work > 1.5 * few[what] + 5}
    assert grown.keys() == LINEAR | (set() if "sqlite" in few_url else {COMMON}), grown


def test_the_archive_is_sound_and_holds_what_its_layout_says(database: str) -> None:
    layout = Layout(pages=60, visits=5)
    _built(database, layout)
    with Verifier(database) as verifier:
        assert list(verifier.faults()) == []
    with Queries(database) as queries:
        counts = queries.counts()
        assert (counts["page"], counts["visit"]) == (60, 300)
        assert 0 < counts["edit"] == len(list(queries.edits()))
        assert counts["edit"] <= SHOWN
        for page in queries.pages():
            seen = page_at(page.id)
            outcomes = [row.outcome for row in queries.history(page.id)]
            assert outcomes == seen.outcomes(4)
            assert queries.raw(page.id, page.versions).body == seen.html(page.versions, _turn(outcomes))
            assert queries.article(page.id, page.versions) == seen.article(page.versions)
            (hit, *_) = queries.search(f'"{page.title}"')
            assert hit.url == page.url


def _turn(outcomes: list[Outcome]) -> int:
    return max(turn for turn, outcome in enumerate(outcomes) if outcome in {Outcome.NEW, Outcome.CHANGED})


def test_an_archive_that_was_built_takes_further_visits(database: str) -> None:
    layout = Layout(pages=100, visits=2)
    _built(database, layout)
    asker = Asker(database, layout)
    with Archive(database, next_due=lambda _site, _history, now: now) as archive, Queries(database) as queries:
        asked = asker.asked(archive, queries)
        for what in ("record a visit, the same bytes", "record a visit, an edit"):
            assert asked[what].ask(3) == 1
        (newest,) = queries.edits(newest=1)
        assert newest.between[1] > FIRST + layout.visits * BETWEEN
        assert newest.kinds == ("number",)
    with Verifier(database) as verifier:
        assert list(verifier.faults()) == []


def test_little_waits_to_be_put_into_the_index_of_words(postgres: Postgres) -> None:
    """Each search goes through it: https://www.postgresql.org/docs/current/gin.html#GIN-FAST-UPDATE."""
    layout = Layout(pages=100, visits=2)
    url = _built(postgres.make(), layout)
    with Archive(url, next_due=lambda _site, _history, now: now) as archive, Queries(url) as queries:
        recording = Asker(url, layout).asked(archive, queries)["record a visit, an edit"]
        for turn in range(25):
            recording.ask(turn)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        row = connection.execute("SELECT gin_clean_pending_list('ix_search_entry_words')").fetchone()
    assert row is not None
    assert row[0] <= 10  # pages of 8 kB
    postgres.drop(url)


@pytest.mark.parametrize("way", [peer.ONE_BY_ONE, peer.FOUND, peer.ALL_AT_ONCE])
def test_every_way_of_writing_leaves_the_same_rows(database: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "LAYOUT", Layout(pages=60, visits=1))
    made = peer.write(way, database)
    assert made.rows == 120
    with Queries(database) as queries:
        assert len(list(queries.pages())) == 60


def _rows(url: str) -> dict[str, list[Any]]:
    engine = open_engine(archive_url(url))
    with engine.begin() as connection:
        rows = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
        }
    engine.dispose()
    return rows


def test_an_archive_that_is_there_is_asked_what_only_reads(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in (asking, questions):
        monkeypatch.setattr(module, "TIMES", 3)
    _built(database, Layout(pages=60, visits=4))
    before = _rows(database)
    assert scale.main(["--archive", database, "--json", str(tmp_path / "told.json")]) == 0
    assert _rows(database) == before
    (told,) = json.loads((tmp_path / "told.json").read_text("utf-8"))["sizes"]
    assert (told["pages"], told["visits"]) == (60, 240)
    found = {what: answer["found"] for what, answer in told["answers"].items()}
    assert found.pop(STATUS) == found.pop(scale.VERIFY) == 240
    assert not [what for what in found if what.startswith(("record", "claim"))]
    assert all(found.values()), found
    said = capsys.readouterr().out
    assert "60 pages" in said
    assert "rows a second" not in said


def test_an_archive_without_a_page_is_told(archive: str) -> None:
    with pytest.raises(SystemExit, match="no page has been read yet"):
        scale.main(["--archive", archive])


@pytest.mark.parametrize("kind", [scale.on_files, scale.on_server])
def test_an_archive_that_was_kept_is_not_built_again_but_one_that_was_not_finished_is(
    kind: Callable[[Path], AbstractContextManager[scale.New]], tmp_path: Path
) -> None:
    layout = Layout(pages=20, visits=2)
    with kind(tmp_path) as new, ThreadPoolExecutor(1) as pool:
        init(new("a").part, FIRST)  # and then the run was stopped
        place = new("a")
        assert not place.is_there
        assert scale.built(place, layout, pool) > 0
    with kind(tmp_path) as new, ThreadPoolExecutor(1) as pool:
        again = new("a")
        assert again.is_there
        assert scale.built(again, layout, pool) == 0
        assert not new("b").is_there
        with Queries(again.url) as queries:
            assert queries.counts()["visit"] == 40
