"""What the pages of an invented archive answer at each visit, and what they read as: the same whenever it is asked.

A page is a site's frame, 62 to 99 kB of markup, around some 500 words of its own. At each visit it answers 304, or the
same bytes, or with other headlines beside the same text, or with its text changed; a few visits find an error. Nothing
is kept from visit to visit, so several processes can make any part of it.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate, count
from random import Random
from zlib import crc32

from bench.copies import vocabulary
from storage.comparison.shown import shown_keys
from storage.heads import Heads
from storage.records import Article, Block, BlockKind, Moment, Outcome

FIRST = datetime(2026, 1, 5, 6, tzinfo=UTC)
BETWEEN = timedelta(hours=9)  # visits to a page
SITES = 20
READER = "luutin 0.1.0, trafilatura 2.3.0, rules 4be19a62"
_SENTENCES = 50_000
_GOLDEN = (5**0.5 - 1) / 2  # whose multiples are spread evenly
_SHARES = list(accumulate(1 / rank for rank in range(1, SITES + 1)))
_AUTHORS = 10_000_000  # their names are those of no page
_OF_1000 = (  # visits after the first
    (Outcome.CHANGED, 50),
    (Outcome.SAME, 400),
    (Outcome.IDENTICAL, 340),
    (Outcome.NOT_MODIFIED, 200),
    (Outcome.ERROR, 10),
)
_UP_TO = list(zip((outcome for outcome, _ in _OF_1000), accumulate(share for _, share in _OF_1000), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How many pages there are and how often each was visited."""

    pages: int
    visits: int

    def visit(self, page: int, turn: int) -> int:
        """The number of a visit: those to all pages come one after the other, and then those of the next turn."""
        return turn * self.pages + page


@dataclass(frozen=True, slots=True)
class Page:
    """One page of one site."""

    number: int
    site: int

    @property
    def url(self) -> str:
        return _url(self)

    @property
    def title(self) -> str:
        return _title(self)

    def outcome(self, turn: int) -> Outcome:
        """What came of a visit."""
        if turn == 0:
            return Outcome.NEW
        drawn = self.chance(turn) % 1000
        return next(outcome for outcome, end in _UP_TO if drawn < end)

    def outcomes(self, turn: int) -> list[Outcome]:
        """What came of all visits up to one."""
        return [self.outcome(number) for number in range(turn + 1)]

    def paragraphs(self, version: int) -> list[str]:
        """The text of a version, the first one being 1: one number more is another with each."""
        count = 5 + self.chance("length") % 19
        numbers = [1 + (version - 1 - at + count - 1) // count for at in range(count)]
        return [
            f"{' '.join(_several(self.chance(at), 3))} Có {number} người ở đó." for at, number in enumerate(numbers)
        ]

    def article(self, version: int) -> Article:
        """What a version reads as."""
        texts, at = self.paragraphs(version), FIRST - timedelta(minutes=self.number % 5000)
        lead, author = sentence(self.chance("lead")), name(_AUTHORS + self.chance("author") % 500)
        shown = shown_keys(
            [self.title, lead, author, *texts, *(sentence(n) for n in range(self.site * 30, self.site * 30 + 30))], ()
        )
        return Article(
            url=self.url,
            canonical_url=self.url,
            title=self.title,
            section="Thời sự",
            lead=lead,
            authors=(author,),
            published=Moment(at=at, offset=timedelta(hours=7), text=at.isoformat()),
            language="vi",
            body=tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts),
            shown=shown,
        )

    def html(self, version: int, turn: int) -> bytes:
        """The bytes of a version as they were first sent at a turn."""
        before, after = _frame(self.site)
        return b"".join((before, _told(self, version), self._beside(turn), after))

    def _beside(self, turn: int) -> bytes:
        drawn = (_several(self.chance(f"{turn}/{at}"), 3) for at in range(4))
        others = "</li>\n<li>".join(" ".join(some)[:120] for some in drawn)
        token = sha256(f"{self.number}/{turn}".encode()).hexdigest()
        return f"<ul><li>{others}</li></ul><input value={token}>".encode()

    def heads(self, turn: int, status: int, size: int) -> Heads:
        """The heads of a request and of its response."""
        token, host = sha256(f"h{self.number}/{turn}".encode()).hexdigest(), f"{site_key(self.site)}.example"
        path = self.url.partition(".example")[2]
        asked = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: luutin\r\nAccept: text/html\r\n\r\n"
        said = (
            f"HTTP/1.1 {status} OK\r\nDate: {_date(turn)}\r\nServer: nginx\r\nContent-Type: text/html\r\n"
            f'Content-Length: {size}\r\nConnection: keep-alive\r\nCache-Control: max-age=60\r\nETag: "{token[:20]}"\r\n'
            f"X-Cache: HIT\r\nVary: Accept-Encoding\r\nSet-Cookie: seen={token[20:52]}; path=/; secure\r\n\r\n"
        )
        return Heads(request=asked.encode(), response=said.encode())

    def chance(self, what: object) -> int:
        """A number that is the page's own, the same each time that it is asked for."""
        return crc32(f"{self.number}/{what}".encode())


def site_key(number: int) -> str:
    """The key of a site."""
    return f"bao{number:02}"


def page_at(number: int) -> Page:
    """The page with a number, from 1 on. Sites come by turns, site n with 1/n as many pages as the first one."""
    place = number * _GOLDEN % 1 * _SHARES[-1]
    return Page(number, bisect(_SHARES, place) + 1)


@lru_cache(maxsize=SITES)
def first_page(site: int) -> Page:
    """The first page of a site, against whose answers those of the others are packed."""
    return next(made for made in map(page_at, count(1)) if made.site == site)


def name(number: int) -> str:
    """A name that ten pages share, as many as there may be."""
    onsets = ("B", "Đ", "H", "Kh", "L", "M", "Ng", "Ph", "T", "Tr", "V")
    rhymes = ("anh", "ơn", "ung", "iên", "oa", "ưu", "ai")
    made, left = "", number // 10 * 2_654_435_761 % (len(onsets) * len(rhymes)) ** 4
    for _ in range(4):
        left, onset = divmod(left, len(onsets))
        left, rhyme = divmod(left, len(rhymes))
        made += (onsets[onset] if not made else onsets[onset].lower()) + rhymes[rhyme]
    return made


@lru_cache(maxsize=64)
def _title(page: Page) -> str:
    return f"{name(page.number)} {sentence(page.chance('title'))[:70].rpartition(' ')[0]}"


@lru_cache(maxsize=64)
def _url(page: Page) -> str:
    slug = "-".join(page.title.lower().split()[:8])
    return f"https://{site_key(page.site)}.example/{slug}-{page.number}.html"


@lru_cache(maxsize=4)
def _date(turn: int) -> str:
    return (FIRST + turn * BETWEEN).strftime("%a, %d %b %Y %H:%M:%S GMT")


def _several(number: int, count: int) -> Sequence[str]:
    """So many sentences, one after the other."""
    start = number % (_SENTENCES - count)
    return _sentences()[start : start + count]


def sentence(number: int) -> str:
    """One of the sentences that all pages are made of."""
    return _sentences()[number % _SENTENCES]


@lru_cache(maxsize=1)
def _sentences() -> Sequence[str]:
    chance = Random(1)  # noqa: S311 - nothing secret
    words, weights = vocabulary()
    drawn = iter(chance.choices(words, cum_weights=weights, k=_SENTENCES * 16))
    lengths = [chance.randrange(7, 16) for _ in range(_SENTENCES)]
    return [" ".join(next(drawn) for _ in range(length)).capitalize() + "." for length in lengths]


@lru_cache(maxsize=8)
def _told(page: Page, version: int) -> bytes:
    told = "".join(f"<p>{text}</p>\n" for text in page.paragraphs(version))
    return f"<h1>{page.title}</h1>\n{told}".encode()


@lru_cache(maxsize=SITES)
def _frame(site: int) -> tuple[bytes, bytes]:
    """The markup of a site around an article."""
    chance = Random(site)  # noqa: S311 - nothing secret
    lines = [
        f'<div class="c{chance.randrange(99)}"><a href="/{chance.randrange(10**6)}">{sentence(chance.randrange(10**6))}'
        "</a></div>\n"
        for _ in range(600 + 20 * site)
    ]
    return "".join(lines[::2]).encode(), "".join(lines[1::2]).encode()
