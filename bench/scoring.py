"""Scores readings against gold: shingles of text, titles, authors, days, and what leaked into the text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.pages.notices import NOTICE_START
from crawler.pages.wording import RELATED_START

_WORD = re.compile(r"\w+")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_BY = re.compile(r"^\s*(?:by|von|par|por|theo)\s+", re.IGNORECASE)
_SHINGLE = 4
_LEAK = 4  # words; a shorter line is no teaser


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted:
    """What a reader took from a page; `text` is the lead and the body, a block a line; `lead` None: it knows none."""

    text: str = ""
    lead: str | None = None
    title: str = ""
    authors: tuple[str, ...] = ()
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What a careful reader takes from a page; `optional` are the indices in `body` that may be left out."""

    body: tuple[str, ...] = ()
    optional: frozenset[int] = frozenset()
    title: str = ""
    authors: tuple[str, ...] = ()
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One page: shares of shared, extra and missing shingles; None where the gold says nothing.

    `lost` is the share of the gold's words in paragraphs of which not half was read.
    """

    shared: float | None = None
    extra: float | None = None
    missing: float | None = None
    lost: float | None = None
    title: bool | None = None
    exact: bool | None = None
    authors: bool | None = None
    day: bool | None = None
    leaks: Mapping[str, bool] = field(default_factory=dict)


def words(text: str) -> list[str]:
    """The words of a text in NFC; one a character in scripts without spaces."""
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        found.extend(word) if _SPACELESS.search(word) else found.append(word)
    return found


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Four words at a time, counted; a shorter text is one shingle."""
    found = words(text)
    size = min(_SHINGLE, len(found)) or 1
    return Counter(tuple(found[at : at + size]) for at in range(len(found) - size + 1)) if found else Counter()


def score(gold: Gold, predicted: Predicted, page: HtmlElement) -> Score:
    """How well a page was read.

    Text as scrapinghub/article-extraction-benchmark counts it: 4-shingles, each page weighing the same. An optional
    paragraph counts only where the prediction has half of it.
    """
    shared = extra = missing = lost = None
    leaks: dict[str, bool] = {}
    if gold.body:
        want, have = shingles(_reference(gold, predicted.text)), shingles(predicted.text)
        parts = [sum(part.values()) for part in (want & have, have - want, want - have)]
        total = sum(parts) or 1
        shared, extra, missing = (part / total for part in parts)
        lost = lost_share(gold, predicted.text)
        leaks = leaked(gold, predicted, page)
    exact, near = _titles(gold.title, predicted.title)
    return Score(
        shared=shared,
        extra=extra,
        missing=missing,
        lost=lost,
        title=near if gold.title else None,
        exact=exact if gold.title else None,
        authors=_authors(gold.authors, predicted.authors) if gold.authors else None,
        day=predicted.day[:10] == gold.day[:10] if gold.day else None,
        leaks=leaks,
    )


def _reference(gold: Gold, text: str) -> str:
    have = shingles(text)
    kept = (text for index, text in enumerate(gold.body) if index not in gold.optional or _held(text, have) >= 0.5)
    return "\n".join(kept)


def _held(text: str, have: Counter[tuple[str, ...]]) -> float:
    want = shingles(text)
    return sum((want & have).values()) / (sum(want.values()) or 1)


def held(text: str, reading: str) -> float:
    """The share of a text that is in a reading."""
    return _held(text, shingles(reading))


def lost_share(gold: Gold, text: str) -> float:
    """The share of the gold's words that stand in paragraphs of which less than half is in the text."""
    have = shingles(text)
    sizes = [(len(words(paragraph)), _held(paragraph, have)) for paragraph in _needed(gold)]
    return sum(size for size, part in sizes if part < 0.5) / (sum(size for size, _ in sizes) or 1)


def _needed(gold: Gold) -> list[str]:
    return [paragraph for index, paragraph in enumerate(gold.body) if index not in gold.optional]


def leaked(gold: Gold, predicted: Predicted, page: HtmlElement) -> dict[str, bool]:
    """Whether lines that the gold does not have came along: teasers, notices (newsletters, apps), captions."""
    want = shingles("\n".join(gold.body))
    foreign = []
    for line in predicted.text.split("\n"):
        have = shingles(line)
        if len(words(line)) >= _LEAK and sum((have & want).values()) < 0.5 * sum(have.values()):
            foreign.append(" ".join(words(line)).casefold())
    links, captions = _texts(page, "a"), _texts(page, "figcaption")
    raw = [line for line in predicted.text.split("\n") if " ".join(words(line)).casefold() in foreign]
    return {
        "teaser": any(line in links for line in foreign) or any(RELATED_START.match(line) for line in raw),
        "notice": any(NOTICE_START.match(line) for line in raw),
        "caption": any(line in captions for line in foreign),
    }


def _texts(page: HtmlElement, tag: str) -> set[str]:
    """What the elements of a page say; a link to a place on the page itself leads to no other article."""
    elements = (element for element in page.iter(tag) if not element.get("href", "").startswith("#"))
    return {" ".join(words(element.text_content())).casefold() for element in elements} - {""}


def folded(text: str) -> str:
    """The words of a text for comparing, however it is punctuated and capitalised."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _titles(gold: str, got: str) -> tuple[bool, bool]:
    """Exactly the same, and the same words; a short suffix that names the site is forgiven."""
    exact = " ".join(gold.split()) == " ".join(got.split())
    left, right = folded(gold), folded(got)
    starts = bool(left and right) and (left.startswith(right) or right.startswith(left))
    return exact, left == right or (starts and abs(len(left.split()) - len(right.split())) <= 5)


def _authors(gold: Sequence[str], got: Sequence[str]) -> bool:
    """All of them, and nobody else; a longer or shorter form of a name is the same name."""
    wanted = [frozenset(folded(_BY.sub("", name)).split()) for name in gold]
    found = [frozenset(folded(_BY.sub("", name)).split()) for name in got]
    found = [name for name in found if name]
    named = all(any(a <= b or b <= a for b in found) for a in wanted)
    return named and all(any(a <= b or b <= a for a in wanted) for b in found)
