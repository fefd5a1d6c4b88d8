"""What is indexed of a text: its folded words in their order, and the set of its spellings."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, chain

from storage.records import Article
from storage.search.words import spellings

BREAK = "¶"  # stands between passages, so that no phrase reaches from one into the next; it is no word

# PostgreSQL refuses a tsvector of over 1 MiB. Words of so many bytes, and four more for each, stay below that.
_MOST_BYTES = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The folded words of a heading and of a text, `BREAK` between passages; `forms` are the spellings of both."""

    heading: tuple[str, ...]
    text: tuple[str, ...]
    forms: tuple[str, ...]


def passages(article: Article) -> tuple[str, ...]:
    """The texts of an article that can be searched; the first one is its headline."""
    body = (block.text for block in article.body)
    return (article.title, article.lead, *body, *article.captions, *article.authors, *article.tags)


def document(texts: Iterable[str], *, heading: str = "") -> Document:
    """What is indexed of some passages; of a text beyond measure, its beginning."""
    left = _MOST_BYTES
    found: list[list[tuple[str, str]]] = []
    for text in (heading, *texts):
        pairs = spellings(text)
        sizes = accumulate(len(form.encode()) + len(folded.encode()) + 2 for form, folded in pairs)
        fitting = [(pair, size) for pair, size in zip(pairs, sizes, strict=True) if size <= left]
        left -= fitting[-1][1] if fitting else 0
        found.append([pair for pair, _ in fitting])
    first, *rest = found
    folded = chain.from_iterable([*(folded for _, folded in pairs), BREAK] for pairs in rest if pairs)
    return Document(
        heading=tuple(folded for _, folded in first),
        text=tuple(folded),
        forms=tuple(sorted({form for pairs in found for form, _ in pairs})),
    )


def article_document(article: Article) -> Document:
    """What is indexed of an article."""
    heading, *texts = passages(article)
    return document(texts, heading=heading)
