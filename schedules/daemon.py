"""The daemon behind `luutin run`: a tick starts what is due, and every outcome becomes a line of the log."""

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event, Lock

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from schedules.children import GRACE, Children, Command, Ended, Heard, Logged, Printed
from schedules.dispatch import Ending, Rest, ending_of, rest_after, rest_of, to_start
from schedules.trouble import Trouble

log = logging.getLogger(__name__)

_LISTEN = 0.2  # seconds that the loop waits for a child's word before it looks whether to stop
_ENDINGS = {
    Ending.DONE: logging.INFO,
    Ending.STOPPED: logging.INFO,
    Ending.FAULTS: logging.WARNING,
    Ending.CONFIGURATION: logging.ERROR,
    Ending.OVERRAN: logging.ERROR,
    Ending.DIED: logging.ERROR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How often the daemon looks, and beside the crawls; how many run at once, how long one may take, and a stop."""

    tick: timedelta = timedelta(seconds=5)
    beside: timedelta = timedelta(minutes=1)
    at_once: int = 2
    longest_crawl: timedelta = timedelta(hours=6)
    grace: timedelta = GRACE


def run_daemon(
    due: Callable[[datetime], Sequence[Command]],
    *,
    stop: Event,
    hold: AbstractContextManager[object],
    changed: Callable[[datetime], Collection[str]] = lambda _now: (),
    beside: Sequence[Callable[[datetime], None]] = (),
    limits: Limits,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Crawl what is due until `stop` is set; then tell the crawls to stop and wait for them.

    `due` gives one crawl a site, the longest overdue first; `changed`, asked before it, the sites whose configuration
    is another now. Both are called from another thread, and the ones `beside`, which may take their time, from a third.
    `hold` keeps a second daemon away. No crawl outlives this call, and none outlives this process by more than it takes
    to notice the end of its standard input.
    """
    with hold, Children(grace=limits.grace) as children:
        daemon = Daemon(children, due=due, changed=changed, limits=limits, clock=clock)
        scheduler = _scheduler()
        _repeat(scheduler, "crawls", daemon.tick, limits.tick)
        if beside:
            _repeat(scheduler, "beside", partial(_beside, beside, clock), limits.beside)
        scheduler.start()
        log.info("watching: a look every %s, %d crawls at once", limits.tick, limits.at_once)
        try:
            while not stop.is_set():
                daemon.listen(_LISTEN)
        finally:
            scheduler.shutdown(wait=True)
        running = len(children.running)
        log.info("stopping: %d %s running", running, "crawl is" if running == 1 else "crawls are")
        children.tell()
        while children.running:
            children.press()
            daemon.listen(_LISTEN)
        log.info("stopped")


def _scheduler() -> BackgroundScheduler:
    """Jobs in memory, with a thread for each. What is due lives in the archive, so a missed tick is made up for."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it would log every tick
    return BackgroundScheduler(timezone=UTC, executors={name: ThreadPoolExecutor(1) for name in ("crawls", "beside")})


def _repeat(scheduler: BackgroundScheduler, executor: str, tick: Callable[[], None], every: timedelta) -> None:
    """Call `tick` now and again.

    misfire_grace_time: its default of 1 s drops a run that comes later, as after a suspend. coalesce and max_instances:
    ticks that could not run become one, and never two at a time.
    """
    scheduler.add_job(
        tick,
        "interval",
        seconds=every.total_seconds(),
        next_run_time=datetime.now(UTC),
        executor=executor,
        coalesce=True,
        misfire_grace_time=None,
        max_instances=1,
    )


def _beside(looks: Sequence[Callable[[datetime], None]], clock: Callable[[], datetime]) -> None:
    for look in looks:
        look(clock())


class Daemon:
    """What the daemon does at a tick and with what it hears. The two come from two threads."""

    def __init__(
        self,
        children: Children,
        *,
        due: Callable[[datetime], Sequence[Command]],
        changed: Callable[[datetime], Collection[str]],
        limits: Limits,
        clock: Callable[[], datetime],
    ) -> None:
        self._children = children
        self._due = due
        self._changed = changed
        self._limits = limits
        self._clock = clock
        self._rests: dict[str, Rest] = {}
        self._trouble = Trouble(log, "cannot tell what is due")
        self._lock = Lock()  # around `_rests`

    def tick(self) -> None:
        """Start what is due and fits. Trouble with the archive is told once and tried again at the next tick."""
        for site in self._children.press(self._limits.longest_crawl):
            log.error("%s: the crawl runs for more than %s; ending it", site, self._limits.longest_crawl)
        now = self._clock()
        commands: dict[str, Command] = {}
        with self._trouble.told_once():
            self._forget(self._changed(now))
            commands = {command.name: command for command in self._due(now)}
        for site in self._chosen(list(commands), now):
            self._start(commands[site], now)

    def listen(self, timeout: float) -> None:
        """Log the next thing that a child says, if it says something in `timeout` seconds."""
        heard = self._children.hear(timeout)
        if isinstance(heard, Ended):
            self._conclude(heard, self._clock())
        elif heard is not None:
            _note(heard)

    def _forget(self, sites: Collection[str]) -> None:
        with self._lock:
            for site in sites:
                self._rests.pop(site, None)

    def _chosen(self, due: Sequence[str], now: datetime) -> list[str]:
        with self._lock:
            return to_start(due, self._children.running, self._rests, self._limits.at_once, now)

    def _start(self, command: Command, now: datetime) -> None:
        try:
            self._children.start(command)
        except OSError as error:  # no memory or no process numbers left, say
            log.error("%s: cannot start a crawl: %s", command.name, error)  # noqa: TRY400 - no trace is needed
            with self._lock:
                before = self._rests.get(command.name)
                self._rests[command.name] = rest_of((before.failures if before else 0) + 1, now)

    def _conclude(self, ended: Ended, now: datetime) -> None:
        with self._lock:
            rest = rest_after(ended, self._rests.pop(ended.name, None), now)
            if rest is not None:
                self._rests[ended.name] = rest
        ending = ending_of(ended)
        cause = f" ({ended.signal or f'status {ended.status}'})" if ending is Ending.DIED else ""
        wait = f"; next try in {rest.until - now}" if rest and rest.failures else ""
        seconds = ended.took.total_seconds()
        log.log(
            _ENDINGS[ending],
            "%s: crawl %s%s: %d visits in %.1f s%s",
            ended.name,
            ending,
            cause,
            ended.printed,
            seconds,
            wait,
        )


def _note(heard: Heard) -> None:
    if isinstance(heard, Logged):
        log.warning("%s: %s", heard.name, heard.text)
    elif isinstance(heard, Printed) and heard.fault:
        log.error("%s: said something that is no outcome: %s", heard.name, heard.fault)
    elif isinstance(heard, Printed):
        log.info("%s: %s", heard.name, outcome_line(heard))


def outcome_line(printed: Printed) -> str:
    """A visit on one line: outcome, status, version, URL and note."""
    record = printed.record
    status, version, note = (record.get(key) for key in ("status", "version", "note"))
    words = [
        str(record.get("outcome", "?")),
        str(status) if status is not None else "-",
        f"v{version}" if version is not None else "-",
        str(record.get("url", "?")),
        f"({note})" if note else "",
    ]
    return " ".join(word for word in words if word)
