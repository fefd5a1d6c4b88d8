"""Stores the visits that a plan names: reads each answer as a crawl does, and judges it in the order of dates."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawler.fetching.fetched import Fetched
from crawler.findings import Finder
from crawler.learning import Lesson as Learned
from crawler.learning import learn_site, take_in
from crawler.readers import Readers
from luutin.exchange import ledger
from luutin.exchange.answers import Received, response
from luutin.exchange.digesting import end_of_head, matches
from luutin.exchange.planning import Item, Work
from luutin.exchange.recordreading import record_at
from luutin.exchange.scanning import Place
from luutin.exchange.sources import Source
from storage.archive import Archive
from storage.digests import sha256
from storage.errors import ArchiveError
from storage.owners import new_owner
from storage.queries import Queries
from storage.records import Response
from storage.visits import Due, Finding, Visit

_AT_ONCE = 16  # visits that are read at the same time and stored in one transaction
_PATIENCE = 60  # tries, a second apart, to have a page that a crawl is at


@dataclass(slots=True, kw_only=True)
class Sum:
    """What an import came to."""

    known: int = 0  # visits that the archive has already
    faults: list[str] = field(default_factory=list)


class SiteImport:
    """Imports the visits to the pages of one site."""

    def __init__(
        self,
        *,
        work: Work,
        sources: Sequence[Source],
        archive: Archive,
        queries: Queries,
        readers: Readers,
        clock: Callable[[], datetime],
        room: Callable[[], str],
        on_visit: Callable[[Visit | None], None],
    ) -> None:
        self._work = work
        self._sources = sources
        self._archive = archive
        self._queries = queries
        self._readers = readers
        self._clock = clock
        self._room = room
        self._on_visit = on_visit
        self._owner = new_owner()
        self.sum = Sum()

    async def run(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Import all of it, then learn of the site as a crawl does at its end; or end between visits when stopped."""
        key = self._work.site.key
        replay = not self._queries.memories(key)  # else what is known here counts
        try:
            for step in _steps(self._work.items, self._work.lessons if replay else []):
                if stopped():
                    return
                if isinstance(step, ledger.Lesson):
                    await self._learn(step)
                else:
                    await self._several(step)
        finally:
            self._archive.release(self._owner)
        await learn_site(self._archive, self._queries, self._readers, self._work.site, self._clock())

    async def _learn(self, lesson: ledger.Lesson) -> None:
        key = self._work.site.key
        until, pages = self._queries.to_learn(key) or (0, {})
        known = self._queries.memory(key)
        new = Learned(known=known, memory=lesson.memory, until=until, pages=pages)
        await take_in(self._archive, self._queries, self._readers, self._work.site, new, lesson.at)

    async def _several(self, items: Sequence[Item]) -> None:
        """Raises ArchiveError where there is too little room to store more."""
        if short := self._room():
            raise ArchiveError(short)
        fresh = []
        for item in items:
            answer = await asyncio.to_thread(self._response, item)
            if isinstance(answer, str):
                self.sum.faults.append(f"{item.url} at {item.at.isoformat()}: {answer}")
            elif _sent(answer) in self._queries.seen(item.url, item.at):
                self.sum.known += 1
            else:
                fresh.append((item, answer))
                continue
            self._on_visit(None)
        if fresh:
            await self._store(fresh)

    async def _store(self, items: Sequence[tuple[Item, Response | None]]) -> None:
        """Read and store these; one after the other where some of them are of one page."""
        dues = await self._leased([item for item, _ in items])
        held = [due.page_id for due in dues.values() if due is not None]
        if len(set(held)) == len(held):
            finder = self._finder()
            looks = [_look(item, due, answer) for item, answer in items if (due := dues[item.url]) is not None]
            findings = await asyncio.gather(*(_found(finder, look) for look in looks))
            try:
                visits = await asyncio.to_thread(self._archive.record, findings, self._clock())
            except ValueError:  # one of them changed what was known of the page of another: two URLs of one page
                if len(items) == 1:
                    raise
            else:
                self._tell(visits)
                return
        for one in items:
            await self._store([one])

    def _finder(self) -> Finder:
        memory = self._queries.memory(self._work.site.key)
        return Finder(
            readers=self._readers,
            site=self._work.site,
            queries=self._queries,
            memory=memory,
            on_damage=self.sum.faults.append,
        )

    async def _leased(self, items: Sequence[Item]) -> dict[str, Due | None]:
        found = {item.url: item.first_seen for item in items}
        for _ in range(_PATIENCE):
            dues = self._archive.lease_found(self._work.site.key, self._owner, self._clock(), found)
            if None not in dues.values():
                return dues
            await asyncio.sleep(1)
        held = [url for url, due in dues.items() if due is None]
        self.sum.faults += [f"{url}: a crawl is at work on this page; import again later" for url in held]
        return dues

    def _tell(self, visits: Sequence[Visit]) -> None:
        for visit in visits:
            self._on_visit(visit)

    def _response(self, item: Item) -> Response | str | None:
        """The answer of a visit; None where there was none, or why it cannot be had."""
        answer = item.answer
        if answer is None:
            return None
        head, sent = self._parts(answer.place)
        if answer.profile:
            payload = b"" if item.payload is None and answer.status == 304 else self._payload(item)
            if payload is None:
                return "the record that has its body is in none of the files, nor is the answer in the archive"
            if not head and item.payload is not None:
                head = self._parts(item.payload.place)[0]
            sent = payload
        if not matches(item.stated, sent) and answer.profile:
            return f"the body of the record that it refers to has not its payload digest {item.stated}"
        received = Received(
            uri=item.told.requested_url if item.told and not answer.uri else answer.uri,
            at=answer.at,
            head=head,
            payload=sent,
            request_head=b"" if item.request is None else b"".join(self._parts(item.request)),
            address=answer.address,
            truncated=answer.truncated,
            status=answer.status,
        )
        return response(received, item.told, self._work.site.pace.max_size)

    def _payload(self, item: Item) -> bytes | None:
        """What a revisit refers to: a record here, or what an earlier import has brought to the archive."""
        assert item.answer is not None
        if item.payload is not None:
            return self._parts(item.payload.place)[1]
        _, uri, date = item.answer.refers
        at = _time(date)
        raw = self._queries.received(uri, at) if at is not None else None
        return None if raw is None else raw.sent

    def _parts(self, place: Place) -> tuple[bytes, bytes]:
        """Head and body of the HTTP message in a record."""
        block = record_at(self._sources[place.source].file, place.offset).block.read()
        at = end_of_head(block) or len(block)
        return block[:at], block[at:]


async def _found(finder: Finder, look: Fetched) -> Finding:
    last = look.due.last_visit
    return await (finder.late_finding(look) if last is not None and look.at < last else finder.finding(look))


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _sent(answer: Response | None) -> str:
    if answer is None:
        return ""
    return sha256(answer.body if answer.wire is None else answer.wire)


def _look(item: Item, due: Due, answer: Response | None) -> Fetched:
    if answer is not None:
        return Fetched(due=due, url=item.url, at=item.at, response=answer)
    assert item.told is not None
    return Fetched(due=due, url=item.url, at=item.at, failure=item.told.outcome, note=item.told.note)


def _steps(items: Sequence[Item], lessons: Sequence[ledger.Lesson]) -> Iterator[list[Item] | ledger.Lesson]:
    """Visits in groups of several pages, no page twice in one, and between them the lessons, by their dates."""
    waiting, group = list(lessons), list[Item]()
    for item in items:
        due = bool(waiting) and waiting[0].at < item.at
        if group and (due or len(group) == _AT_ONCE or item.url in {one.url for one in group}):
            yield group
            group = []
        while waiting and waiting[0].at < item.at:
            yield waiting.pop(0)
        group.append(item)
    if group:
        yield group
    yield from waiting
