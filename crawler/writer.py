"""The one writer of a crawl: a thread that stores findings in small groups, each group one transaction."""

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Self, TypeAlias

from storage.archive import Archive
from storage.visits import Finding, Visit

_GROUP = 32  # findings; a commit with synchronous=FULL costs some milliseconds however many rows it holds

_Job: TypeAlias = tuple[Finding, Future[Visit]]


class Writer:
    """Stores findings through an archive; a finding's future is done when its visit is durable."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Store what was handed in, then end."""
        self._queue.put(None)
        self._thread.join()

    def store(self, finding: Finding) -> Future[Visit]:
        """Hand a finding in."""
        future: Future[Visit] = Future()
        self._queue.put((finding, future))
        return future

    def _work(self) -> None:
        last = False
        while not last:
            group, last = self._next_group()
            if group:
                self._store(group)

    def _next_group(self) -> tuple[list[_Job], bool]:
        """What is waiting, at least one job; and whether the writer was asked to end."""
        group: list[_Job] = []
        job = self._queue.get()
        while job is not None:
            job[1].set_running_or_notify_cancel()  # from here on nobody can cancel it
            group.append(job)
            if len(group) == _GROUP or self._queue.empty():
                return group, False
            job = self._queue.get()
        return group, True

    def _store(self, group: Sequence[_Job]) -> None:
        """Store a group; what nobody waits for any more is stored too, since it was fetched."""
        try:
            visits = self._archive.record([finding for finding, _ in group])
        except Exception as error:  # noqa: BLE001 - handed on to whoever waits for the visit
            self._apart(group, error)
            return
        for (_, future), visit in zip(group, visits, strict=True):
            if not future.cancelled():
                future.set_result(visit)

    def _apart(self, group: Sequence[_Job], error: Exception) -> None:
        """A group failed as a whole: store its findings one by one, so that one cannot take others along."""
        if len(group) == 1:
            if not group[0][1].cancelled():
                group[0][1].set_exception(error)
            return
        for job in group:
            self._store([job])
