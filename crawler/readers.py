"""The reading processes: pages are parsed in children, under limits of CPU, memory and time.

Only they import what parses pages; the process that fetches never does.
"""

import asyncio
import logging
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from crawler.finding.found import Found, SourceKind
from crawler.proposals import Proposal, Sample
from crawler.rules import Rules
from crawler.sites import Site
from storage.errors import LuutinError
from storage.records import Reading
from storage.sitememory import NOTHING, Memory

log = logging.getLogger(__name__)


class ProposingError(LuutinError):
    """The pages take more than the limits to look through; the text says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What one page may take to read: seconds of CPU, seconds by the clock, bytes of address space.

    `start` are the seconds by the clock that a reading process may take to come up; forking one takes milliseconds.
    """

    cpu: int = 20
    wall: float = 60.0
    start: float = 60.0
    memory: int = 2 * 1024**3


def _start_server() -> None:
    """Have the process that reading processes are forked from never see Ctrl-C, also while it imports what they need.

    It inherits what is blocked; a Ctrl-C meanwhile reaches this process right after.
    """
    resource_tracker.ensure_running()  # first, as its start lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(memory: int) -> None:
    """Set up a reading process: its memory limit, no Ctrl-C of its own, and an end when its parent ends."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Waits on a pipe that only the parent holds: it closes however the parent dies, waited for or not."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _within_cpu(seconds: int, task: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 - the task's result
    """Run `task` with so many seconds of CPU; the kernel ends the process after that, whatever code it is in."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    try:
        return task(*args)
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def _read(body: bytes, url: str, content_type: str, rules: Rules, memory: Memory) -> Reading:
    from crawler.pages.reading import read  # noqa: PLC0415 - see the top of this module

    return read(body, url, content_type, rules, memory)


def _propose(samples: tuple[Sample, ...], rules: Rules) -> Proposal:
    from crawler.pages.proposing import propose  # noqa: PLC0415 - see the top of this module

    return propose(samples, rules)


def _find(kind: SourceKind, body: bytes, content_type: str, url: str, site: Site) -> Found:
    from crawler.finding.discovery import found_in  # noqa: PLC0415 - see the top of this module

    return found_in(kind, body, content_type, url, site)


class Readers:
    """A pool of reading processes; a page that kills one costs only itself."""

    def __init__(self, *, processes: int, limits: ReadingLimits) -> None:
        self._processes = processes
        self._limits = limits
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__, "crawler.pages.reading", "crawler.finding.discovery"])
        self._pool = self._new_pool()
        self._places = asyncio.Semaphore(processes)  # so that a page handed to the pool is read at once

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._processes, initializer=_start, initargs=(self._limits.memory,), context=self._context
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the reading processes, whatever they are at."""
        _end(self._pool)

    async def read(self, body: bytes, url: str, content_type: str, rules: Rules, memory: Memory = NOTHING) -> Reading:
        """What a page reads as; a page that takes more than the limits is unreadable, and no reader's name is in it."""
        reading, fault = await self._run(_read, body, url, content_type, rules, memory)
        if reading is None:
            return Reading(reader="", unreadable=fault)
        assert isinstance(reading, Reading)
        return reading

    async def found_in(self, kind: SourceKind, body: bytes, content_type: str, url: str, site: Site) -> Found:
        """The articles and sources that a feed, sitemap or section page names."""
        found, fault = await self._run(_find, kind, body, content_type, url, site)
        if found is None:
            return Found(articles=(), sources=(), fault=fault)
        assert isinstance(found, Found)
        return found

    async def propose(self, samples: tuple[Sample, ...], rules: Rules) -> Proposal:
        """Rules for pages of one site, which are read many times over. Raises ProposingError beyond the limits."""
        proposal, fault = await self._run(_propose, samples, rules)
        if proposal is None:
            raise ProposingError(fault)
        assert isinstance(proposal, Proposal)
        return proposal

    async def _run(self, task: Callable[..., Any], *args: object) -> tuple[Any, str]:
        """The task's result and an empty string, or None and why there is none."""
        limits = self._limits
        try:
            return await self._result(task, *args), ""
        except TimeoutError:
            return None, f"reading it takes more than {limits.wall:g} s"
        except MemoryError:
            return None, f"reading it takes more than {limits.memory // 1024**2} MiB"
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGXCPU:
                return None, f"reading it takes more than {limits.cpu} s of CPU"
            return None, f"reading it ended its process (exit code {error.exitcode})"
        except BrokenProcessPool:
            return None, "reading it ended its process"
        except Exception as error:  # a fault of ours must not lose the capture; it is logged with its trace
            log.exception("the reader failed on a page; the capture is kept")
            return None, f"the reader failed: {type(error).__name__}: {error}"

    async def _result(self, task: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 - the task's result
        """The task's result, from a second pool where the first one broke: an idle process that is killed breaks it."""
        async with self._places:
            pool = self._pool
            try:
                return await self._awaited(pool, task, *args)
            except BrokenProcessPool:
                self._replace(pool)
            return await self._awaited(self._pool, task, *args)

    async def _awaited(self, pool: ProcessPool, task: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 - as above
        """The task's result from one pool; a pool that loses the task, as its processes die one by one, is replaced.

        Seen with pebble 5.2 on a loaded machine, once in some hundred pools whose processes cannot start: the future
        was never done, whatever its timeout.
        """
        future = asyncio.wrap_future(self._scheduled(pool, task, *args))
        try:
            done, _ = await asyncio.wait({future}, timeout=self._limits.wall + self._limits.start)
            if not done:
                self._replace(pool)
                raise TimeoutError
            return future.result()
        finally:
            future.cancel()

    def _scheduled(self, pool: ProcessPool, task: Callable[..., Any], *args: object) -> "ProcessFuture[Any]":
        _start_server()
        try:
            return pool.schedule(_within_cpu, args=(self._limits.cpu, task, *args), timeout=self._limits.wall)
        except RuntimeError as error:  # what pebble raises for a pool that has broken before
            raise BrokenProcessPool(str(error)) from error

    def _replace(self, broken: ProcessPool) -> None:
        if self._pool is broken:
            log.warning("the reading processes died; new ones take over")
            self._pool = self._new_pool()
            threading.Thread(target=_end, args=(broken,), daemon=True).start()  # it waits for what may never come


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it without annotations
    pool.join()
