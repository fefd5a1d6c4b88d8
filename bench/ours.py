"""How Luutin keeps captures: bodies alone and whole archives, as written and compacted, each read back and checked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bench.churn import BETWEEN, FIRST, Capture
from bench.inside import Inside, look_inside
from bench.keeping import Kept, Round, timed
from bench.spending import Spent
from storage import bodies, compacting, schema
from storage.archive import Archive, init
from storage.database import archive_url, open_engine, shrink, use_wal
from storage.queries import Queries
from storage.visits import Finding, FoundPage, PageHistory

GROUP = 32  # findings in one transaction, as a crawl's writer hands them in


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A file of ours as it was written, and compacted: what that came to, and what is in it."""

    written: Kept
    inside: Inside
    compacted: Kept
    inside_compacted: Inside


def bodies_alone(rounds: Sequence[Round], folder: Path) -> Own:
    """A database with an archive's bodies and nothing else: what git is asked to keep, with rows and indexes."""
    path, templates, chains, writing = folder / "bodies.db", dict[str, int](), dict[str, str](), Spent()
    stored: list[tuple[int, bytes]] = []
    engine = open_engine(archive_url(f"sqlite:///{path}"))
    use_wal(engine)
    with engine.begin() as connection:
        for table in (schema.body, schema.piece, schema.meta):  # the last has a row on what was compacted
            table.create(connection)
    for round_ in rounds:
        for at in range(0, len(round_), GROUP):
            with writing.more(), engine.begin() as connection:
                for one in round_[at : at + GROUP]:
                    chain = chains.setdefault(one.page, f"page:{len(chains) + 1}")
                    number = bodies.put(connection, one.response.body, chain, sibling=templates.get(one.site))
                    templates.setdefault(one.site, number)
                    stored.append((number, one.response.body))

    def reading() -> list[float]:
        with engine.connect() as connection:
            return timed((partial(bodies.get, connection, number), body) for number, body in stored)

    def compact() -> None:
        compacting.compact(engine.begin, engine.begin, few=True, on_step=lambda _number, _total: None)
        shrink(engine)

    own = _own("bodies", path, writing, reading, compact)
    engine.dispose()
    return own


def _own(
    name: str, path: Path, writing: Spent, reading: Callable[[], Sequence[float]], compact: Callable[[], None]
) -> Own:
    """What a file is as it was written, and as it is once it is compacted; the time for that counts as writing."""
    written = _kept(f"luutin, {name} as written", path, writing, reading())
    both = replace(writing)
    with both.more():
        compact()
    compacted = _kept(f"luutin, {name} compacted", path, both, reading())
    return Own(written=written[0], inside=written[1], compacted=compacted[0], inside_compacted=compacted[1])


def _kept(name: str, path: Path, writing: Spent, reading: Sequence[float]) -> tuple[Kept, Inside]:
    inside = look_inside(path)
    size, captures = path.stat().st_size, len(reading)
    kept = Kept(name=name, size=size, writing=writing, reading=reading, captures=captures, hops=inside.hops)
    return kept, inside


def frames_alone(name: str, inside: Inside, captures: int) -> Kept:
    """What the bodies take, without the rows that hold them, indexes, and what is left empty in the file's pages."""
    return Kept(name=f"luutin, {name}", size=sum(inside.frames.values()), captures=captures)


def luutin(rounds: Sequence[Round], folder: Path) -> Own:
    """An archive, in groups of visits as a crawl's writer stores them; the whole file counts."""
    path = folder / "luutin.db"
    url = f"sqlite:///{path}"
    init(url, FIRST)
    numbers, writing = list[bytes](), Spent()
    with Archive(url, next_due=_later) as archive, Queries(url) as queries:
        pages = _pages(archive, queries, rounds[0])
        for round_ in rounds:
            for at in range(0, len(round_), GROUP):
                findings = [_finding(pages[capture.url], capture) for capture in round_[at : at + GROUP]]
                with writing.more():
                    archive.record(findings)
                numbers += [finding.response.body for finding in findings if finding.response]

        def reading() -> list[float]:
            return timed((partial(_body_of, queries, number), body) for number, body in enumerate(numbers, 1))

        def compact() -> None:
            archive.compact(few=True)
            archive.shrink()

        return _own("archive", path, writing, reading, compact)


def _body_of(queries: Queries, number: int) -> bytes:
    return queries.capture(number).body


def _later(_site: str, _history: PageHistory, now: datetime) -> datetime:
    return now + BETWEEN


def _pages(archive: Archive, queries: Queries, first: Round) -> dict[str, int]:
    pages = {}
    for capture in first:
        archive.watch_site(capture.site, FIRST)
        archive.add_pages(capture.site, [FoundPage(url=capture.url)], FIRST - timedelta(minutes=1))
        page = queries.page(capture.url)
        assert page is not None
        pages[capture.url] = page.id
    return pages


def _finding(page_id: int, capture: Capture) -> Finding:
    return Finding(
        page_id=page_id,
        url=capture.url,
        at=capture.response.at,
        response=capture.response,
        reading=capture.reading,
        identity=capture.url,
    )
