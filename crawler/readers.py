"""The reading processes: pages are parsed in children, under limits of CPU, memory and time."""

import asyncio
import logging
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessPool

from crawler.discovery import found_in
from crawler.found import Found, SourceKind
from crawler.reading import read, reader_version
from crawler.rules import Rules
from crawler.sites import Site
from storage.records import Reading

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What one page may take to read: seconds of CPU, seconds by the clock, bytes of address space."""

    cpu: int = 20
    wall: float = 60.0
    memory: int = 2 * 1024**3


class _CpuLimitError(Exception):
    """The page took more CPU than it may."""


def _out_of_cpu(_signal: int, _frame: object) -> None:
    raise _CpuLimitError


def _start(parent: int, memory: int) -> None:
    """Set up a reading process: its memory limit, no Ctrl-C of its own, and an end when its parent ends."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGXCPU, _out_of_cpu)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while _alive(parent):
        time.sleep(1)
    os._exit(1)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _within_cpu(seconds: int, task: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 - the task's result
    """Run `task` with so many seconds of CPU.

    The signal is heard between steps of Python; code in C that does not come back is ended by the limit by the clock.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    try:
        return task(*args)
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, hard))


class Readers:
    """A pool of reading processes; a page that kills one costs only itself."""

    def __init__(self, *, processes: int, limits: ReadingLimits) -> None:
        self._limits = limits
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        self._pool = ProcessPool(
            max_workers=processes, initializer=_start, initargs=(os.getpid(), limits.memory), context=context
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the reading processes, whatever they are at."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it without annotations
        self._pool.join()

    async def read(self, body: bytes, url: str, content_type: str, rules: Rules) -> Reading:
        """What a page reads as; a page that takes more than the limits is unreadable."""
        reading, fault = await self._run(read, body, url, content_type, rules)
        if reading is None:
            return Reading(reader=reader_version(rules), unreadable=fault)
        assert isinstance(reading, Reading)
        return reading

    async def found_in(self, kind: SourceKind, body: bytes, content_type: str, url: str, site: Site) -> Found:
        """The articles and sources that a feed, sitemap or section page names."""
        found, fault = await self._run(found_in, kind, body, content_type, url, site)
        if found is None:
            return Found(articles=(), sources=(), fault=fault)
        assert isinstance(found, Found)
        return found

    async def _run(self, task: Callable[..., Any], *args: object) -> tuple[Any, str]:
        """The task's result and an empty string, or None and why there is none."""
        limits = self._limits
        future = self._pool.schedule(_within_cpu, args=(limits.cpu, task, *args), timeout=limits.wall)
        try:
            return await asyncio.wrap_future(future), ""
        except (TimeoutError, FutureTimeoutError):
            return None, f"reading it takes more than {timedelta(seconds=limits.wall).total_seconds():g} s"
        except _CpuLimitError:
            return None, f"reading it takes more than {limits.cpu} s of CPU"
        except MemoryError:
            return None, f"reading it takes more than {limits.memory // 1024**2} MiB"
        except ProcessExpired as error:
            return None, f"reading it ended its process (exit code {error.exitcode})"
        except Exception as error:  # a fault of ours must not lose the capture; it is logged with its trace
            log.exception("the reader failed on a page; the capture is kept")
            return None, f"the reader failed: {type(error).__name__}: {error}"
