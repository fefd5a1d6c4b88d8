"""What the archive has learned of a site: blocks of text that stand in many of its articles and belong to none."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b, sha256
from itertools import combinations

from storage.letters import letters

COPIES = 0.25  # of the shorter one's words: two pages that share so much are one article, or two parts of one
_BLOCK = 5  # words; shorter lines are shared by chance
_COMMON = 20  # pages; what stands in more of them says nothing about which two are copies
_KEPT = 1000  # blocks that are known from older articles only
PAGES = 200  # the newest articles of a site, from which it is learned


class Spread(IntEnum):
    """How widely a block is spread over the articles of a site."""

    SOME = 1  # in two articles or more: furniture, or a paragraph of background that a second story repeats
    OFTEN = 2
    EVERYWHERE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """A snapshot of what is known of a site; it is part of the reader version.

    `blocks` are `(block key, spread)` in the order of the keys; the same articles give the same ones, whatever their
    order. `missing` are the keys of what the site answers to a URL that cannot exist, its headline's first (0: none
    that tells it from an article).
    """

    blocks: tuple[tuple[int, int], ...] = ()
    missing: tuple[int, ...] = ()

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that tell snapshots apart; empty where nothing is known."""
        if self == NOTHING:
            return ""
        return sha256(repr((self.blocks, self.missing)).encode()).hexdigest()[:8]


NOTHING = Memory()


def block_key(text: str) -> int:
    """64 bits that stand for a block's letters and digits, folded; 0 where it has none. Fits a signed column."""
    key = letters(text)
    if not key:
        return 0
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def learn(pages: Sequence[Mapping[int, int]], before: Memory = NOTHING) -> Memory:
    """What stands in several articles of a site; what was known `before` and stands in none of them now is kept.

    Each page maps the keys of its blocks to their words (0 for a block that an earlier snapshot took out of it). Pages
    that share much of their text count as one article; else an article that a site shows under two addresses would
    eat itself.
    """
    articles = _articles(pages)
    counts = Counter(key for article in articles for key in article)
    known, series = {key for key, _ in before.blocks}, _of_a_series(articles)
    shared = {key: count for key, count in counts.items() if key and (count > 1 or key in known) and key not in series}
    spreads = {key: int(_spread(count, len(articles))) for key, count in shared.items()}
    unseen = sorted(((key, spread) for key, spread in before.blocks if key not in counts), key=lambda one: -one[1])
    return Memory(blocks=tuple(sorted((spreads | dict(unseen[:_KEPT])).items())), missing=before.missing)


def _of_a_series(articles: Sequence[Mapping[int, int]]) -> set[int]:
    """What two articles share, and no third one, where they share several blocks: parts of a series do.

    A further article shows which of that is the site's. On 148 real pages with others of their site (bench/memory.py)
    0.16 % of the gold's words went without this, and 0.04 % with it.
    """
    holders: dict[int, list[int]] = {}
    for number, article in enumerate(articles):
        for key, words in article.items():
            if words >= _BLOCK:
                holders.setdefault(key, []).append(number)
    pairs: dict[tuple[int, ...], list[int]] = {}
    for key, numbers in holders.items():
        if len(numbers) == 2:
            pairs.setdefault(tuple(numbers), []).append(key)
    return {key for keys in pairs.values() if len(keys) > 2 for key in keys}


def _spread(count: int, articles: int) -> Spread:
    """Shares count for most on a small sample; a story followed up twice must not pass for furniture."""
    share = count / articles if count > 1 else 0.0  # known from an older article and one of these
    if share >= 0.5 or (count >= 3 and share >= 0.2):
        return Spread.EVERYWHERE
    if share >= 0.3 or (count >= 3 and share >= 0.05):
        return Spread.OFTEN
    return Spread.SOME


def _articles(pages: Sequence[Mapping[int, int]]) -> list[dict[int, int]]:
    """The blocks of each article, the pages that are copies of one another put together."""
    merged: dict[int, dict[int, int]] = {}
    for page, cluster in zip(pages, _clusters(pages), strict=True):
        article = merged.setdefault(cluster, {})
        article |= {key: max(words, article.get(key, 0)) for key, words in page.items()}
    return list(merged.values())


def _clusters(pages: Sequence[Mapping[int, int]]) -> list[int]:
    """For each page the number of the first page that it is, directly or over others, a copy of."""
    parents = list(range(len(pages)))

    def first(page: int) -> int:
        while parents[page] != page:
            page = parents[page]
        return page

    sizes = [sum(page.values()) for page in pages]
    for (one, other), words in _shared_words(pages).items():
        if words >= COPIES * min(sizes[one], sizes[other]):
            low, high = sorted((first(one), first(other)))
            parents[high] = low
    return [first(page) for page in range(len(pages))]


def _shared_words(pages: Sequence[Mapping[int, int]]) -> Counter[tuple[int, int]]:
    holders: dict[int, list[int]] = {}
    for number, page in enumerate(pages):
        for key, words in page.items():
            if words:
                holders.setdefault(key, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for key, numbers in holders.items():
        if 1 < len(numbers) <= _COMMON:
            for one, other in combinations(numbers, 2):
                shared[one, other] += min(pages[one][key], pages[other][key])
    return shared
