"""The daemon: what it starts at a tick, what it makes of an end, and how it stops."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from schedules.children import Children, Command, Printed
from schedules.daemon import Daemon, Limits, outcome_line, run_daemon
from storage.errors import ArchiveError

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
PATIENCE = 30.0
ROOT = Path(__file__).parent.parent

VISITS = """
import json, sys
print(json.dumps({"url": "https://baovidu.example/1", "outcome": "changed", "status": 200, "version": 2, "note": ""}))
sys.exit(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
"""
DIES = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
STAYS = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print('{"url": "u", "outcome": "same"}')
time.sleep(60)
"""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def child(name: str, code: str, *words: str) -> Command:
    return Command(name=name, argv=(sys.executable, "-c", code, *words))


class Bench:
    """A daemon whose ticks the test makes; `due` is what the archive would give."""

    def __init__(self, children: Children, limits: Limits) -> None:
        self.clock = Clock()
        self.due: list[Command] = []
        self.changed: set[str] = set()
        self.trouble = ""
        self.children = children
        self.daemon = Daemon(
            children, due=self._due, changed=lambda _now: self.changed, limits=limits, clock=self.clock
        )

    def _due(self, now: datetime) -> Sequence[Command]:
        assert now == self.clock.now
        if self.trouble:
            raise ArchiveError(self.trouble)
        return self.due

    def tick(self) -> frozenset[str]:
        """The names that the tick started."""
        before = self.children.running
        self.daemon.tick()
        return self.children.running - before

    def finish(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.children.running:
            assert time.monotonic() < deadline, "a child does not end"
            self.children.press()
            self.daemon.listen(0.05)


@pytest.fixture
def bench() -> Iterator[Bench]:
    with Children(grace=timedelta(seconds=0.2)) as children:
        yield Bench(children, Limits(at_once=2, longest_crawl=timedelta(hours=6)))


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    caplog.set_level(logging.INFO, logger="schedules")
    return lambda: [record.getMessage() for record in caplog.records]


def test_the_longest_overdue_sites_start_first_and_the_others_wait(bench: Bench) -> None:
    bench.due = [child(name, STAYS) for name in ("c", "a", "b")]
    assert bench.tick() == {"c", "a"}
    assert bench.tick() == frozenset()


def test_a_site_that_is_crawled_is_not_crawled_a_second_time(bench: Bench) -> None:
    bench.due = [child("a", STAYS)]
    assert bench.tick() == {"a"}
    assert bench.tick() == frozenset()


def test_every_outcome_and_every_crawl_is_one_line(bench: Bench, lines: Callable[[], list[str]]) -> None:
    bench.due = [child("baovidu", VISITS)]
    bench.tick()
    bench.finish()
    outcome, crawl = lines()
    assert outcome == "baovidu: changed 200 v2 https://baovidu.example/1"
    assert crawl.startswith("baovidu: crawl done: 1 visits in ")


def test_an_outcome_line_says_why() -> None:
    record = {"url": "u", "outcome": "error", "status": None, "version": None, "note": "timed out"}
    assert outcome_line(Printed(name="a", record=record)) == "error - - u (timed out)"
    assert outcome_line(Printed(name="a", record={})) == "? - - ?"


def test_a_child_that_says_something_else_is_reported(bench: Bench, lines: Callable[[], list[str]]) -> None:
    bench.due = [child("a", "import sys; print('hello'); sys.stderr.write('a warning\\n')")]
    bench.tick()
    bench.finish()
    assert any("no outcome" in line and "hello" in line for line in lines())
    assert "a: a warning" in lines()


def test_a_crawl_that_died_is_logged_and_tried_again_after_a_rest(bench: Bench, lines: Callable[[], list[str]]) -> None:
    bench.due = [child("a", DIES)]
    bench.tick()
    bench.finish()
    assert any("died (SIGKILL)" in line and "next try in 0:01:00" in line for line in lines())
    assert bench.tick() == frozenset()
    bench.clock.now += timedelta(seconds=59)
    assert bench.tick() == frozenset()
    bench.clock.now += timedelta(seconds=1)
    assert bench.tick() == {"a"}


def test_the_other_sites_go_on_while_one_rests(bench: Bench) -> None:
    bench.due = [child("a", DIES)]
    bench.tick()
    bench.finish()
    bench.due = [child("a", DIES), child("b", VISITS)]
    assert bench.tick() == {"b"}


def test_a_site_whose_file_was_mended_rests_no_longer(bench: Bench) -> None:
    bench.due = [child("a", "import sys; sys.exit(2)")]
    bench.tick()
    bench.finish()
    assert bench.tick() == frozenset()
    bench.changed = {"a"}
    assert bench.tick() == {"a"}


def test_a_crawl_that_takes_too_long_is_ended_and_its_site_rests(lines: Callable[[], list[str]]) -> None:
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('{}'); time.sleep(60)"
    with Children(grace=timedelta(seconds=0.2)) as children:
        bench = Bench(children, Limits(longest_crawl=timedelta(microseconds=1)))
        bench.due = [child("a", stubborn)]
        assert bench.tick() == {"a"}
        bench.daemon.listen(PATIENCE)
        bench.tick()
        bench.finish()
        assert any("took too long" in line and "next try" in line for line in lines())
        assert bench.tick() == frozenset()


def test_a_command_that_cannot_be_started_rests_and_does_not_end_the_daemon(
    bench: Bench, lines: Callable[[], list[str]]
) -> None:
    bench.due = [Command(name="a", argv=("/nowhere/at/all",)), child("b", VISITS)]
    assert bench.tick() == {"b"}
    assert any(line.startswith("a: cannot start") for line in lines())
    bench.finish()
    assert bench.tick() == {"b"}
    assert len([line for line in lines() if line.startswith("a: cannot start")]) == 1


def test_trouble_with_the_archive_is_told_once_and_tried_again(bench: Bench, lines: Callable[[], list[str]]) -> None:
    bench.due, bench.trouble = [child("a", VISITS)], "the archive is locked"
    assert bench.tick() == bench.tick() == frozenset()
    assert lines() == ["cannot tell what is due: the archive is locked"]
    bench.trouble = ""
    assert bench.tick() == {"a"}


def test_the_daemon_ticks_and_stops_when_asked(lines: Callable[[], list[str]]) -> None:
    stop, ticks = Event(), []

    def due(now: datetime) -> list[Command]:
        ticks.append(now)
        return [child("a", STAYS)]

    def run() -> None:
        limits = Limits(tick=timedelta(seconds=0.05), at_once=1)
        run_daemon(due, stop=stop, hold=nullcontext(), limits=limits)

    (thread := Thread(target=run)).start()
    deadline = time.monotonic() + PATIENCE
    while "a: same - - u" not in lines() or len(ticks) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    stop.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert any(line.startswith("a: crawl stopped: 1 visits") for line in lines())
    assert "stopping: 1 crawl is running" in lines()
    assert lines()[-1] == "stopped"


def test_a_surprise_in_a_tick_is_logged_and_the_next_tick_comes(caplog: pytest.LogCaptureFixture) -> None:
    stop, ticks = Event(), []

    def due(now: datetime) -> list[Command]:
        ticks.append(now)
        if len(ticks) == 1:
            raise RuntimeError("nobody thought of this")
        stop.set()
        return []

    run_daemon(due, stop=stop, hold=nullcontext(), limits=Limits(tick=timedelta(seconds=0.05)))
    assert len(ticks) >= 2
    assert "nobody thought of this" in caplog.text


def test_ticks_that_take_longer_than_their_interval_never_overlap() -> None:
    stop, running, most = Event(), [], []

    def due(now: datetime) -> list[Command]:
        running.append(now)
        most.append(len(running))
        time.sleep(0.1)
        running.pop()
        if len(most) == 4:
            stop.set()
        return []

    run_daemon(due, stop=stop, hold=nullcontext(), limits=Limits(tick=timedelta(seconds=0.02)))
    assert len(most) >= 4
    assert max(most) == 1


DAEMON = """
import json, logging, sys
from datetime import timedelta
from pathlib import Path
from schedules.children import Command
from schedules.daemon import Limits, run_daemon
from schedules.holding import lock_file
from schedules.stopping import stop_on_signals

logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
command = Command(name="a", argv=(sys.executable, "-c", sys.argv[2]))
limits = Limits(tick=timedelta(seconds=0.1), grace=timedelta(seconds=0.5))
with stop_on_signals() as stop:
    run_daemon(lambda now: [command], stop=stop, hold=lock_file(Path(sys.argv[1])), limits=limits)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("stubborn", [False, True])
def test_a_signal_ends_the_daemon_and_its_crawls_with_status_zero(
    tmp_path: Path, number: signal.Signals, stubborn: bool
) -> None:
    code = STAYS.replace("lambda *_: sys.exit(0)", "signal.SIG_IGN") if stubborn else STAYS
    argv = [sys.executable, "-c", DAEMON, str(tmp_path / "lock"), code]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("a: same"):
                break
        os.kill(process.pid, number)
        rest = process.stdout.read()
        assert process.wait(PATIENCE) == 0
    assert "a: crawl stopped" in rest
    assert rest.splitlines()[-1] == "stopped"


def test_a_second_daemon_on_the_same_archive_refuses(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", DAEMON, str(tmp_path / "lock"), "import sys; sys.stdin.read()"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=ROOT) as first:
        assert first.stdout is not None
        first.stdout.readline()
        second = subprocess.run(argv, capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE, check=False)
        assert second.returncode != 0
        assert f"already: process {first.pid}" in second.stderr
        os.kill(first.pid, signal.SIGKILL)
        first.stdout.read()
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=ROOT) as third:
        assert third.stdout is not None
        assert third.stdout.readline().startswith("watching")
        third.terminate()
        third.stdout.read()
        assert third.wait(PATIENCE) == 0
