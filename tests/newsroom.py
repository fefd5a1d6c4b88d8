"""A newsroom for tests of the archive: one page or more, looked at once an hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import create_engine, text

from storage.archive import Archive, init
from storage.queries import Queries
from storage.records import Article, Block, BlockKind, Outcome, Reading, Response
from storage.sitememory import Memory
from storage.verifying.whole import Verifier
from storage.visits import Finding, FoundPage, PageHistory, Visit

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://vidu.example/mua-lon-post1.html"
NEW_URL = "https://vidu.example/mua-rat-lon-post1.html"
OTHER_URL = "https://vidu.example/bong-da-post2.html"
AMP_URL = "https://vidu.example/amp/mua-lon-post1.html"
RAIN = ("Mưa lớn làm ngập 35 tuyến phố ở Hà Nội.", "Công ty thoát nước ứng trực.", "Người dân nên ở nhà.")
EDITED = ("Mưa lớn làm ngập 53 tuyến phố ở Hà Nội.", *RAIN[1:])
FOOTBALL = ("Đội tuyển thắng ba bàn không gỡ.", "Huấn luyện viên hài lòng.")


def an_hour_later(_site: str, _history: PageHistory, now: datetime) -> datetime:
    return now + HOUR


def article(texts: tuple[str, ...], title: str = "Mưa lớn ở Hà Nội") -> Article:
    body = tuple(Block(kind=BlockKind.PARAGRAPH, text=paragraph) for paragraph in texts)
    return Article(url=URL, canonical_url="", title=title, body=body)


class Newsroom:
    """One archive, one crawl, and a clock that moves on by an hour with each visit."""

    def __init__(self, url: str) -> None:
        self.url = url
        init(self.url, NOON)
        self.archive = Archive(self.url, next_due=an_hour_later)
        self.archive.watch_site("vidu", NOON)
        self.queries = Queries(self.url)
        self.now = NOON
        self.looks = 0
        self.damaged = False  # a test that damages the archive says so

    def close(self) -> None:
        self.archive.close()
        self.queries.close()
        with Verifier(self.url) as verifier:  # whatever was stored, and however often it was judged anew
            assert self.damaged or list(verifier.faults()) == []

    def page_id(self, url: str = URL) -> int:
        self.archive.add_pages("vidu", [FoundPage(url=url)], self.now)
        page = self.queries.page(url)
        assert page is not None
        return page.id

    def response(self, status: int = 200, body: bytes | None = None, url: str = URL, **more: Any) -> Response:
        self.looks += 1
        made = Response(
            requested_url=url,
            url=url,
            at=self.now,
            request_head=b"GET / HTTP/1.1\r\n\r\n",
            status=status,
            head=b"HTTP/1.1 200 OK\r\nETag: x\r\n\r\n",
            headers=(("ETag", f'"{self.looks}"'), ("Last-Modified", "Wed, 11 Mar 2026 12:00:00 GMT")),
            body=f"<html>look {self.looks}</html>".encode() if body is None else body,
        )
        return replace(made, **more)

    def finding(
        self,
        texts: tuple[str, ...] | None = None,
        *,
        url: str = URL,
        answer: Response | None = None,
        title: str = "Mưa lớn ở Hà Nội",
        reader: str = "r1",
        identity: str = "",
        page: int | None = None,
        **more: Any,
    ) -> Finding:
        self.now += HOUR
        answer = replace(answer, at=self.now) if answer else self.response(url=url)
        reading = Reading(reader=reader, article=article(texts, title)) if texts else None
        made = Finding(
            page_id=self.page_id(url) if page is None else page,
            url=url,
            at=self.now,
            response=answer,
            reading=reading,
            identity=identity or url,
        )
        return replace(made, **more)

    def sees(self, texts: tuple[str, ...], **more: Any) -> Visit:
        return self.archive.record([self.finding(texts, **more)])[0]

    def gets(self, status: int, **more: Any) -> Visit:
        return self.archive.record([self.finding(answer=self.response(status, b"x" * 9, **more))])[0]

    def fails(self) -> Visit:
        self.now += HOUR
        failed = Finding(page_id=self.page_id(), url=URL, at=self.now, failure=Outcome.ERROR, note="timed out")
        return self.archive.record([failed])[0]

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return {name: count for name, count in self.queries.counts().items() if name != "file_bytes"}

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        engine = create_engine(self.url)
        with engine.connect() as connection:
            rows = [tuple(row) for row in connection.execute(text(statement))]
        engine.dispose()
        return rows

    def write(self, statement: str) -> None:
        """Tamper with the database."""
        engine = create_engine(self.url)
        with engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()


def history(room: Newsroom) -> None:
    """A history with all that an archive may hold: edits of every status, a page that was joined, a memory, errors."""
    room.sees(RAIN)
    room.archive.remember("vidu", Memory(blocks=((7, 3),)), 1, room.now)
    room.gets(304)
    room.sees(EDITED)
    room.sees(EDITED)
    room.sees(RAIN)
    room.gets(404)
    room.fails()
    packed = room.response(wire=b"\x1f\x8b packed")
    room.sees(FOOTBALL, url=OTHER_URL, answer=replace(packed, url=OTHER_URL, requested_url=OTHER_URL))
    room.sees((*FOOTBALL, "Trận sau đá ở Huế."), url=OTHER_URL, title="Thắng ba bàn", reader="r1")
    room.sees(RAIN, url=AMP_URL, identity=URL)
    for hours in range(20):
        room.sees((*RAIN, f"Mực nước dâng {hours} cm."))
    versions = {row.id: Reading(reader="r2", article=article(EDITED)) for row in room.queries.versions(1)[:2]}
    room.archive.reread(1, versions)
