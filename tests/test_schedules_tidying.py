"""What the daemon does to keep an archive small: when it packs what is stored, and that it stops when asked to."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from schedules.daemon import Limits
from schedules.service import run_service
from schedules.tidying import Tidier
from tests.newsroom import NOON, OTHER_URL, RAIN, URL, Newsroom

_LOOKS = 500  # at each of two pages; with each come the bytes, and what they read as


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which much was stored and nothing was packed."""
    path = tmp_path_factory.mktemp("grown") / "luutin.db"
    room = Newsroom(f"sqlite:///{path}")
    pages = [room.page_id(url) for url in (URL, OTHER_URL)]
    for look in range(0, _LOOKS, 25):
        room.archive.record(
            [
                room.finding((f"Mưa lớn làm ngập {number} tuyến phố.", *RAIN[1:]), url=url, page=page)
                for number in range(look, look + 25)
                for url, page in zip((URL, OTHER_URL), pages, strict=True)
            ]
        )
    room.archive.close()
    room.queries.close()
    return path


@pytest.fixture
def room(grown: Path, tmp_path: Path) -> Iterator[Newsroom]:
    (tmp_path / "luutin.db").write_bytes(grown.read_bytes())
    opened = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    yield opened
    opened.close()


def _packed(room: Newsroom) -> int:
    """How many bodies share frames."""
    ((count,),) = room.sql("SELECT count(*) FROM body WHERE substr(data, 1, 1) = x'02'")
    return int(count)


def test_what_was_stored_is_packed_once_it_is_much(room: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    tidier = Tidier(room.archive, stop=Event())
    tidier.look(NOON)
    assert _packed(room) > _LOOKS
    assert [record.message.split(",")[0] for record in caplog.records] == [f"packed {_packed(room)} bodies"]
    tidier.look(NOON + timedelta(days=30))
    assert len(caplog.records) == 1


def test_a_little_is_not_worth_packing(tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    for number in range(20):
        room.sees((f"Mưa lớn làm ngập {number} tuyến phố.", *RAIN[1:]))
    Tidier(room.archive, stop=Event()).look(NOON)
    assert _packed(room) == 0
    room.close()


def test_a_daemon_that_is_to_end_does_not_wait_for_all_to_be_packed(
    room: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    stop = Event()
    stop.set()
    Tidier(room.archive, stop=stop).look(NOON)
    assert [record.message for record in caplog.records] == ["packing was stopped; the rest is packed the next time"]
    some = _packed(room)
    Tidier(room.archive, stop=Event()).look(NOON)
    assert _packed(room) > some


def test_nothing_is_packed_where_crawls_wait_for_room(room: Newsroom) -> None:
    Tidier(room.archive, stop=Event(), shortage=lambda: "3 MB are free").look(NOON)
    assert _packed(room) == 0


def test_trouble_with_the_archive_is_told_once(room: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    tidier = Tidier(room.archive, stop=Event())
    room.write("ALTER TABLE body RENAME TO elsewhere")
    tidier.look(NOON)
    tidier.look(NOON)
    assert [record.message.split(":")[0] for record in caplog.records] == ["cannot pack what is stored"]
    room.write("ALTER TABLE elsewhere RENAME TO body")
    tidier.look(NOON)
    assert _packed(room) > 0


def test_a_body_that_is_damaged_is_named_and_the_others_are_packed(
    room: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    room.write("UPDATE body SET data = x'00' WHERE chain = 'page:1' AND seq = 7")
    room.damaged = True
    Tidier(room.archive, stop=Event()).look(NOON)
    (told,) = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert told.startswith("not packed: page:1: ")
    assert _packed(room) > 0


def test_the_daemon_packs_beside_its_crawls(room: Newsroom, tmp_path: Path) -> None:
    site = tmp_path / "seeds" / "vidu" / "site.toml"
    site.parent.mkdir(parents=True)
    opens = datetime.now(UTC) + timedelta(hours=12)  # nothing is crawled meanwhile
    window = f"{opens:%H:%M}-{opens + timedelta(minutes=1):%H:%M}"
    site.write_text(f'name = "Ví Dụ"\nhome = "{URL}"\ntimezone = "UTC"\n[schedule]\nwindows = ["{window}"]\n', "utf-8")
    stop = Event()
    daemon = Thread(
        target=run_service,
        args=(room.url, site.parents[1]),
        kwargs={"stop": stop, "limits": Limits(), "compact": True},
    )
    daemon.start()
    try:
        waited = Event()
        assert any(_packed(room) > _LOOKS or waited.wait(0.2) for _ in range(300))
    finally:
        stop.set()
        daemon.join()
