"""Captures of one page, visit by visit: blocks that rotate, tokens that are fresh, and an edit now and then.

Each block keeps what it says for some visits; the site is deployed anew now and then; about every fourth visit brings
an edit, which stays. Each answer has the head of a server behind a cache. All chance comes from a seed.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from random import Random
from urllib.parse import urlsplit

from bench.mutating import markup
from bench.mutating.blocks import Noise
from bench.mutating.drafts import Draft, draft_of, fragment, insert_after, remove
from bench.mutating.kinds import BLOCKS, EDITS
from bench.mutating.stock import Source, Stock, headline_of
from bench.scoring import Gold
from crawler.pages.reading import read
from crawler.rules import Rules
from storage.records import Reading, Response

FIRST = datetime(2026, 11, 20, 8, tzinfo=UTC)
BETWEEN = timedelta(hours=4)
_EDITED = 0.25  # of the visits
_DEPLOYED = 10  # visits between two builds of the site
_KINDS = (
    *("headline", "one digit", "one word", "name", "typo", "quote", "sentence added", "sentence removed"),
    *("paragraph added", "paragraph added", "paragraph removed", "correction note", "byline", "image"),
)
_PACES = {  # for how many visits a block says the same; one where it is not named
    "related links inside rotated": 6,
    "related links behind rotated": 3,
    "related links outside rotated": 2,
    "teasers rotated": 3,
    "most read": 2,
    "newsletter and paywall boxes": 10,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A page to be captured again and again; `site` is the key of its site."""

    name: str
    site: str
    url: str
    text: str
    gold: Gold
    stock: Stock
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One answer, and what it reads as; `page` is the page's name."""

    page: str
    site: str
    url: str
    response: Response
    reading: Reading


def sibling(text: str, gold: Gold, other: Source) -> tuple[str, Gold]:
    """Another article in the template of a page, and its gold reading: its headline and paragraphs for the page's."""
    draft = draft_of(text, gold)
    places = [place for number, place in enumerate(draft.places) if place is not None and number not in gold.optional]
    texts = other.paragraphs or (other.title,)
    for place, paragraph in zip(places, texts, strict=False):
        place[:] = []
        place.text = paragraph
    for place in places[len(texts) :]:
        remove(place)
    for paragraph in reversed(texts[len(places) :] if places else ()):
        more = fragment(f"<{places[-1].tag}></{places[-1].tag}>")
        more.text = paragraph
        insert_after(places[-1], more)
    old = headline_of(draft)
    made = draft.html
    if len(old) > 3:
        made = made.replace(escape(old, quote=False), escape(other.title, quote=False)).replace(old, other.title)
    return made, replace(gold, body=texts, optional=frozenset(), title=other.title)


def series(subject: Subject, visits: int) -> list[Capture]:
    """So many captures of a page, the earliest first."""
    base = draft_of(subject.text, subject.gold).html  # once through the parser, as all the others are
    captures: list[Capture] = []
    etag = ""
    for visit in range(visits):
        chance = _rng(subject, "edit", visit)
        if visit and chance.random() < _EDITED:
            base = _edited(base, subject, chance)
        body = _churned(base, subject, visit).html.encode("utf-8", "ignore")
        response = _response(subject, body, visit, etag)
        etag = response.header("ETag")
        reading = read(body, subject.url, response.header("Content-Type"), Rules())
        captures.append(
            Capture(
                page=subject.name,
                site=subject.site,
                url=subject.url,
                response=response,
                reading=replace(reading, dropped=(), candidates=()),
            )
        )
    return captures


def _edited(base: str, subject: Subject, chance: Random) -> str:
    """The page with one more edit; unchanged where none of a few can be made."""
    for kind in chance.sample(_KINDS, k=4):
        draft = draft_of(base, subject.gold)
        if EDITS[kind].make(draft, chance, subject.stock) is not None:
            return draft.html
    return base


def _churned(base: str, subject: Subject, visit: int) -> Draft:
    draft = draft_of(base, subject.gold)
    for name, block in BLOCKS.items():
        _rotate(draft, subject, name, block, visit // _PACES.get(name, 1))
    markup.tokens(draft, _rng(subject, "tokens", visit))
    markup.hashes(draft, Random(f"{subject.seed}/{subject.site}/{visit // _DEPLOYED}"))  # noqa: S311 - repeatable
    return draft


def _rotate(draft: Draft, subject: Subject, name: str, block: Noise, turn: int) -> None:
    block(draft, _rng(subject, name, -1), _rng(subject, name, turn), subject.stock)


def _rng(subject: Subject, about: str, visit: int) -> Random:
    return Random(f"{subject.seed}/{subject.name}/{about}/{visit}")  # noqa: S311 - chance that can be repeated


def _response(subject: Subject, body: bytes, visit: int, etag: str) -> Response:
    chance, at = _rng(subject, "head", visit), FIRST + visit * BETWEEN
    parts = urlsplit(subject.url)
    headers = _headers(chance, at, body)
    asked = (
        ("Host", parts.netloc),
        ("User-Agent", "Luutin/0.1 (+https://archive.example/about; desk@archive.example)"),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Language", "vi,en;q=0.5"),
        ("Accept-Encoding", "identity"),
        *((("If-None-Match", etag),) if etag else ()),
    )
    return Response(
        requested_url=subject.url,
        url=subject.url,
        at=at,
        request_head=_head(f"GET {parts.path or '/'} HTTP/1.1", asked),
        status=200,
        head=_head("HTTP/1.1 200 OK", headers),
        headers=headers,
        body=body,
        address="192.0.2.17",
        elapsed=timedelta(microseconds=chance.randrange(40_000, 900_000)),
    )


def _headers(chance: Random, at: datetime, body: bytes) -> tuple[tuple[str, str], ...]:
    """What a server behind a cache says beside a page."""
    return (
        ("Date", format_datetime(at, usegmt=True)),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Connection", "keep-alive"),
        ("Server", "nginx"),
        ("Cache-Control", "public, max-age=60, stale-while-revalidate=30"),
        ("ETag", f'W/"{len(body):x}-{chance.getrandbits(108):x}"'),
        ("Vary", "Accept-Encoding, User-Agent"),
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"),
        ("Content-Security-Policy", "upgrade-insecure-requests; frame-ancestors 'self' https://*.media.example"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Set-Cookie", f"visitor={chance.getrandbits(128):x}; Path=/; Max-Age=31536000; Secure; HttpOnly"),
        ("X-Request-Id", f"{chance.getrandbits(128):032x}"),
        ("X-Cache", chance.choice(["HIT", "HIT", "MISS"])),
        ("Age", str(chance.randrange(60))),
    )


def _head(first: str, fields: tuple[tuple[str, str], ...]) -> bytes:
    return "".join((f"{first}\r\n", *(f"{name}: {value}\r\n" for name, value in fields), "\r\n")).encode("utf-8")
