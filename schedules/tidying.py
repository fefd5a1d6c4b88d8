"""Has the daemon pack what is stored more tightly, each time that the archive has grown by a sixteenth."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from schedules.trouble import Trouble
from storage.archive import Archive

log = logging.getLogger(__name__)


class _StoppedError(Exception):
    """The daemon was asked to end: what was packed stays so, and the rest comes the next time."""


class Tidier:
    """What the daemon does to keep an archive small: it takes some milliseconds a capture, and can be stopped."""

    def __init__(self, archive: Archive, *, stop: Event, shortage: Callable[[], str] = lambda: "") -> None:
        self._archive = archive
        self._stop = stop
        self._shortage = shortage
        self._trouble = Trouble(log, "cannot pack what is stored")

    def look(self, now: datetime) -> None:  # noqa: ARG002 - how much was stored decides, and not the time
        """Pack what was stored since the last time, if it is much; trouble with the archive is told once.

        Where there is too little room for crawls there is too little for this: what is packed lies beside what it
        takes the place of until both are stored.
        """
        with self._trouble.told_once():
            if not self._shortage() and self._archive.has_grown():
                self._compact()

    def _compact(self) -> None:
        try:
            done = self._archive.compact(on_step=self._go_on)
        except _StoppedError:
            log.info("packing was stopped; the rest is packed the next time")
            return
        for damaged in done.damaged:
            log.warning("not packed: %s", damaged)
        log.info("packed %d bodies, which take %d bytes less", done.bodies, done.saved)

    def _go_on(self, _number: int, _total: int) -> None:
        if self._stop.is_set():
            raise _StoppedError
