"""The daemon's two questions, answered from a real archive and real site files."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from crawler.sites import Site
from schedules.children import Ended, run_children
from schedules.crawls import DueCrawl, crawl_command
from schedules.daemon import Limits
from schedules.holding import AlreadyRunningError
from schedules.service import Service, hold_of, run_service, watched_sites
from schedules.site_timetable import SiteTimetable
from schedules.sitewatch import SiteWatch
from storage.archive import Archive
from storage.errors import ArchiveError, ConfigError
from storage.queries import Queries
from storage.records import Outcome
from storage.visits import FoundPage, PageHistory

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)  # 19:00 in Hanoi
HOUR = timedelta(hours=1)
HEAD = 'name = "{key}"\nhome = "https://{key}.example/"\ntimezone = "Asia/Ho_Chi_Minh"\n[schedule]\n'


class Desk:
    """An archive, a seeds folder and the service between them."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.seeds = folder / "seeds"
        self.url = f"sqlite:///{folder / 'luutin.db'}"
        self.archive = stack.enter_context(Archive(self.url, next_due=lambda *_: None, create=True))
        self.archive.migrate(NOON)
        self._queries = stack.enter_context(Queries(self.url))
        self._scratch = folder / "scratch"

    def write(self, key: str, schedule: str = "") -> None:
        (self.seeds / key).mkdir(parents=True, exist_ok=True)
        (self.seeds / key / "site.toml").write_text(HEAD.format(key=key) + schedule, "utf-8")

    def service(self) -> Service:
        watch = SiteWatch(self.seeds, self._scratch, watched_sites)
        return Service(self.url, watch, self._queries, self.archive, ("--readers", "1"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(tmp_path, stack)


def due(service: Service, now: datetime) -> list[tuple[str, bool]]:
    """The sites that may start now, each with whether its sources are asked."""
    service.changed(now)
    return [(command.name, "--no-discover" not in command.argv) for command in service.due(now)]


def test_a_site_that_the_archive_has_never_seen_is_due_at_once(desk: Desk) -> None:
    desk.write("baomot")
    assert due(desk.service(), NOON) == [("baomot", True)]


def test_after_a_discovery_the_site_is_due_again_when_its_schedule_says(desk: Desk) -> None:
    desk.write("baomot", 'discover = "1h"')
    service = desk.service()
    due(service, NOON)
    desk.archive.discovered("baomot", NOON + HOUR)
    assert due(service, NOON + HOUR - timedelta(seconds=1)) == []
    assert due(service, NOON + HOUR) == [("baomot", True)]


def test_a_site_that_only_has_pages_due_does_not_ask_its_sources(desk: Desk) -> None:
    desk.write("baomot")
    service = desk.service()
    due(service, NOON)
    desk.archive.discovered("baomot", NOON + HOUR)
    desk.archive.add_pages("baomot", [FoundPage(url="https://baomot.example/a-1.html")], NOON)
    assert due(service, NOON) == [("baomot", False)]


def test_days_of_downtime_are_made_up_for_by_one_crawl_a_site_the_longest_overdue_first(desk: Desk) -> None:
    for key in ("baomot", "baohai"):
        desk.write(key)
    service = desk.service()
    due(service, NOON)
    desk.archive.discovered("baomot", NOON + 2 * HOUR)
    desk.archive.discovered("baohai", NOON + HOUR)
    assert due(service, NOON + 72 * HOUR) == [("baohai", True), ("baomot", True)]


def test_a_closed_window_holds_pages_and_discovery_back(desk: Desk) -> None:
    desk.write("baomot", 'windows = ["06:00-18:00"]')
    service = desk.service()
    assert due(service, NOON) == []
    assert due(service, NOON + 11 * HOUR) == [("baomot", True)]


def test_a_site_in_the_archive_without_a_site_file_is_left_alone(desk: Desk) -> None:
    desk.write("baomot")
    desk.archive.watch_site("khac.example", NOON)
    assert due(desk.service(), NOON) == [("baomot", True)]


def test_a_schedule_made_tighter_holds_at_once_and_one_made_wider_loses_nothing(desk: Desk) -> None:
    desk.write("baomot", 'discover = "7d"')
    service = desk.service()
    due(service, NOON)
    desk.archive.discovered("baomot", NOON + 168 * HOUR)
    desk.write("baomot", 'discover = "1h"')
    assert due(service, NOON) == []
    assert due(service, NOON + HOUR) == [("baomot", True)]
    desk.write("baomot", 'discover = "7d"')
    assert due(service, NOON + HOUR) == [("baomot", True)]


def test_a_broken_site_file_is_reported_and_the_site_goes_on(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.write("baomot")
    service = desk.service()
    due(service, NOON)
    desk.write("baomot", 'discover = "often"')
    assert due(service, NOON) == [("baomot", True)]
    assert due(service, NOON) == [("baomot", True)]
    (fault,) = [record.getMessage() for record in caplog.records]
    assert "stays in force" in fault
    assert str(desk.seeds / "baomot" / "site.toml") in fault


def test_every_fault_of_every_site_file_is_named_at_once(desk: Desk) -> None:
    for key in ("baomot", "baohai"):
        desk.write(key, 'discover = "0 0 31 2 *"')
    with pytest.raises(ConfigError) as caught:
        desk.service()
    assert len(caught.value.faults) == 2


def test_the_command_of_a_crawl_is_one_that_the_crawler_takes(tmp_path: Path) -> None:
    """It knows every option, and refuses only the site that does not exist."""
    crawl = DueCrawl(site="khongco", since=NOON, discover=False)
    command = crawl_command(crawl, archive=f"sqlite:///{tmp_path / 'a.db'}", seeds=tmp_path, options=("--readers", "1"))
    heard: list[object] = []
    run_children([command], limit=1, on_line=heard.append, on_exit=heard.append, stop=Event())
    *said, end = heard
    assert isinstance(end, Ended)
    assert end.status == 2
    assert "khongco" in str(said)
    assert "usage" not in str(said)


def test_a_second_service_on_an_sqlite_archive_is_refused(desk: Desk) -> None:
    with hold_of(desk.url), pytest.raises(AlreadyRunningError, match="already"), hold_of(desk.url):
        pass
    with hold_of(desk.url):
        pass


def test_two_services_on_one_server_may_run(tmp_path: Path) -> None:
    url = "postgresql+psycopg://localhost/luutin"
    with hold_of(url), hold_of(url):
        assert list(tmp_path.iterdir()) == []


def test_a_service_without_an_archive_says_so(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="luutin init"):
        run_service(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, stop=Event(), limits=Limits())


def test_the_timetable_of_a_site_follows_its_file() -> None:
    site = Site.model_validate(
        {
            "key": "baomot",
            "name": "Báo Một",
            "home": "https://baomot.example/",
            "schedule": {"discover": "1h", "revisit": ["15m", "1d"]},
        }
    )
    history = PageHistory(
        first_seen=NOON,
        published=None,
        last_visit=NOON,
        last_outcome=Outcome.NEW,
        last_change=None,
        changes=0,
        unchanged_visits=0,
        failures=0,
        pending=False,
        retry_after=None,
    )
    assert SiteTimetable(site).page_due(history, NOON) == NOON + timedelta(minutes=15)
    assert SiteTimetable(site).discovery_due(NOON) == NOON + HOUR


def test_the_crawler_names_a_timetable_that_exists() -> None:
    from crawler import settings  # noqa: PLC0415 - Scrapy's settings are a module

    assert f"{SiteTimetable.__module__}.{SiteTimetable.__qualname__}" == settings.LUUTIN_TIMETABLE
