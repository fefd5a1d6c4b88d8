"""Has the newest entries of all chains stamped by an authority: when asked to, or by the daemon once a day."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from schedules.trouble import Trouble
from storage.archive import Archive
from storage.errors import ArchiveError
from storage.queries import Queries
from storage.stamps import tokens
from storage.stamps.keeping import Asked
from storage.stamps.statements import Stamp, heads_of, statement, time_fault
from storage.stamps.terms import Authority, Failure, StampError, Stated

log = logging.getLogger(__name__)

Ask = Callable[[str, bytes], bytes]  # what the authority at a URL answers to a query; raises StampError


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What came of having the chains stamped: of how many, and what the stamp states; None: they are already."""

    chains: int
    stated: Stated | None


def stamp(
    archive: Archive, queries: Queries, authority: Authority, *, ask: Ask, clock: Callable[[], datetime]
) -> Stamped:
    """Have the heads of all chains stamped, and keep the stamp; nothing is done where they are stamped already.

    Raises:
        StampError: there is no sound stamp, and nothing was stored.
        ArchiveError: there is nothing to stamp yet.
    """
    heads = queries.heads()
    if not heads:
        raise ArchiveError("there is nothing to stamp yet: no visit has been stored")
    said, newest = statement(heads), queries.newest_stamp(authority.url)
    if newest is not None and newest.said == said:
        return Stamped(chains=len(heads), stated=None)
    asked = tokens.request(said)
    answer, at = ask(authority.url, asked.data), clock()
    token, stated = tokens.granted(answer, asked, authority.certificates)
    if fault := time_fault(stated.time, at, None):
        raise StampError(Failure.UNSOUND, fault)
    archive.stamped(at, authority.url, said, token)
    return Stamped(chains=len(heads), stated=stated)


def is_due(day: int, newest: Stamp | None, asked: Asked | None, now: datetime) -> bool:
    """Whether the daily entry with this number (0: there is none) is to be stamped, and may be asked for now."""
    stamped = (heads_of(newest.said) or {}) if newest is not None else {}
    if day <= stamped.get("", (0, ""))[0]:
        return False
    return asked is None or not asked.failures or asked.again <= now


class Stamper:
    """What the daemon does about time stamps: an authority that fails is an outcome, and stops nothing."""

    def __init__(self, archive: Archive, queries: Queries, authority: Authority, ask: Ask) -> None:
        self._archive = archive
        self._queries = queries
        self._authority = authority
        self._ask = ask
        self._trouble = Trouble(log, "cannot have the chains stamped")

    def look(self, now: datetime) -> None:
        """Have the newest daily entry stamped if it is not; trouble with the archive is told once."""
        url = self._authority.url
        with self._trouble.told_once():
            day = self._queries.heads().get("", (0, b""))[0]
            asked = self._queries.asked_to_stamp(url)
            if is_due(day, self._queries.newest_stamp(url), asked, now):
                self._stamp(asked, now)

    def _stamp(self, before: Asked | None, now: datetime) -> None:
        url = self._authority.url
        try:
            done = stamp(self._archive, self._queries, self._authority, ask=self._ask, clock=lambda: now)
        except StampError as error:
            failures = (before.failures if before else 0) + 1
            outcome = Asked(at=now, outcome=error.failure.value, note=str(error), failures=failures)
            self._archive.not_stamped(url, outcome)
            log.warning(
                "no time stamp from %s: %s: %s; next try in %s", url, outcome.outcome, error, outcome.again - now
            )
        else:
            if done.stated is not None:
                log.info("%s stamped the heads of %d chains at %s", url, done.chains, done.stated.time.isoformat())
