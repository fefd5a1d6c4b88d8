"""What a person or a script sees of crawls while they run: a line for each visit, a running count, and the sum."""

from collections.abc import Mapping
from contextlib import nullcontext
from threading import Event
from typing import Any

import typer
from rich.status import Status

from luutin.output import ReaderGoneError, print_json
from luutin.printing import console, escape, is_terminal, notices, visit_line
from schedules.children import Ended, Logged, Printed
from storage.records import Outcome


def _visit_line(outcome: Outcome, record: Mapping[str, Any]) -> str:
    return visit_line(outcome, record["status"], record["version"], record["url"], record["note"])


class Watcher:
    """Prints what the crawls say, and keeps count."""

    def __init__(self, *, as_json: bool, total: int) -> None:
        self._json = as_json
        self._total = total
        self._done = 0
        self._worst = 0
        self._counts: dict[str, int] = {}
        self._unread = False
        self.stop = Event()
        live = is_terminal() and not as_json
        self.status: Any = Status("starting", console=console) if live else nullcontext()

    def heard(self, line: Printed | Logged) -> None:
        """One line of a crawl: a visit, or something to say to a person."""
        if isinstance(line, Logged):
            notices.print(escape(line.text))
            return
        if line.fault:
            notices.print(escape(f"{line.name}: {line.fault}"))
            return
        record = dict(line.record)
        outcome = Outcome(str(record["outcome"]))
        self._counts[outcome.value] = self._counts.get(outcome.value, 0) + 1
        self._print(outcome, record)
        self._show()

    def _print(self, outcome: Outcome, record: Mapping[str, Any]) -> None:
        """Print a visit; once nobody reads any more, have the crawls end in good order and be silent."""
        if self._unread:
            return
        try:
            if self._json:
                print_json(record)
            else:
                console.print(_visit_line(outcome, record))
        except ReaderGoneError:
            self._unread = True
            self.stop.set()

    def ended(self, end: Ended) -> None:
        """The end of a crawl."""
        self._done += 1
        status = end.status if end.status is not None else 1
        self._worst = max(self._worst, status)
        if end.status is None and not end.told:
            notices.print(escape(f"{end.name}: the crawl was ended by {end.signal}"))
        self._show()

    def _show(self) -> None:
        if isinstance(self.status, Status):
            self.status.update(f"{self._said()} [dim]· {self._done} of {self._total} crawls done[/]")

    def _said(self) -> str:
        return ", ".join(f"{count} {outcome}" for outcome, count in sorted(self._counts.items())) or "no visits"

    def conclude(self) -> None:
        """Sum up, and exit with the worst status of the crawls."""
        if self._unread:
            raise ReaderGoneError
        if not self._json:
            notices.print(f"{'stopped: ' if self.stop.is_set() else ''}{self._said()}")
            if not self._counts and not self._worst and not self.stop.is_set():
                notices.print("nothing new was found, and no page is due yet; --force fetches all known pages")
            if Outcome.BLOCKED_ADDRESS.value in self._counts:
                notices.print("loopback and private addresses are refused; --allow-private allows them")
        if self._worst or self.stop.is_set():
            raise typer.Exit(self._worst or 1)
