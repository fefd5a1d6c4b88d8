"""Texts for what is put into pages: headlines, sentences, words and names of the other pages, by language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from bench.mutating.drafts import Draft, is_told, text_of

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[“\"'(]?[^\W\d_a-zà-öø-ÿ])")
_ABBREVIATED = re.compile(r"(?:^|[\s.])(?:[^\W\d_]{1,3}|\d{1,2})\.$")  # may be `Dr.`, `U.S.` or `28. Juni`


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; what may end in an abbreviation goes on."""
    found: list[str] = []
    for part in _SENTENCE_END.split(text.strip()):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


_WORD = re.compile(r"[^\W\d_]+")
_SITE_NAME = re.compile(r"\s+[|–—»•-]\s+[^|–—»•]{2,40}$")
_ENOUGH = 12
_MOST = 200
_LONGEST_HEADLINE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What one page gives: its headline, its paragraphs, its authors."""

    name: str
    language: str
    title: str
    paragraphs: tuple[str, ...]
    authors: tuple[str, ...]


def source_of(name: str, draft: Draft) -> Source:
    """What a page has to give to others."""
    optional = draft.gold.optional
    long = [text for at, text in enumerate(draft.gold.body) if at not in optional and len(text) > 80 and is_told(text)]
    return Source(
        name=name,
        language=draft.language,
        title=headline_of(draft)[:_LONGEST_HEADLINE],
        paragraphs=tuple(" ".join(text.split()) for text in long),
        authors=tuple(author for author in draft.gold.authors if len(author.split()) > 1),
    )


def headline_of(draft: Draft) -> str:
    """The page's headline: as the gold has it, else its only `h1`, else its title without the site's name."""
    if draft.gold.title:
        return " ".join(draft.gold.title.split())
    heads = [text for head in draft.root.iter("h1") if (text := text_of(head))]
    if len(heads) == 1 and len(heads[0].split()) > 2:
        return heads[0]
    titles = [text_of(one) for one in draft.root.iter("title")]
    return _SITE_NAME.sub("", titles[0]) if titles else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What the pages besides one give, in its language, topped up with English where that is little."""

    titles: Sequence[str]
    paragraphs: Sequence[str]
    authors: Sequence[str]
    words: Sequence[str]
    surnames: Sequence[str] = field(default=())

    def halves(self) -> tuple["Stock", "Stock"]:
        """Two stocks without a common paragraph: what the noise of one visit shows is no edit's at the next."""
        first, second = self.paragraphs[::2], self.paragraphs[1::2] or self.paragraphs
        return replace(self, paragraphs=first), replace(self, paragraphs=second)

    def sentence(self, rng: Random) -> str:
        """A sentence of another article."""
        for _ in range(50):
            parts = sentences_of(rng.choice(self.paragraphs))
            fitting = [part for part in parts if 40 < len(part) < 300 and part[-1:] in ".!?" and '"' not in part]
            if fitting:
                return rng.choice(fitting)
        return self.paragraphs[0]


def stock_for(name: str, language: str, sources: Iterable[Source], rng: Random) -> Stock:
    """The stock for one page, a handful of what there is."""
    others = [source for source in sources if source.name != name]
    by_language: dict[str, list[Source]] = defaultdict(list)
    for source in others:
        by_language[source.language].append(source)
    own = by_language[language]
    chosen = own if len(own) >= _ENOUGH or language == "en" else own + by_language["en"]
    paragraphs = [text for source in own or chosen for text in source.paragraphs]
    paragraphs = rng.sample(paragraphs, k=min(_MOST, len(paragraphs)))
    words = _words(paragraphs) or _words([text for source in chosen for text in source.paragraphs])
    authors = sorted({author for source in chosen for author in source.authors})
    return Stock(
        titles=_some(rng, [source.title for source in chosen if len(source.title.split()) > 3]),
        paragraphs=paragraphs,
        authors=_some(rng, authors),
        words=_some(rng, words),
        surnames=sorted({author.split()[-1] for author in authors if author.split()[-1].isalpha()}),
    )


def _words(paragraphs: Iterable[str]) -> list[str]:
    """The words of some length that are no names."""
    found = (word for text in paragraphs for word in _WORD.findall(text))
    return sorted({word for word in found if 5 <= len(word) <= 12 and word.islower()})


def _some(rng: Random, texts: list[str]) -> list[str]:
    return rng.sample(texts, k=min(_MOST, len(texts)))
