"""What is asked of an archive that is only read, whatever is in it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from random import Random

from storage.changes import ChangeKind
from storage.queries import Queries
from storage.rows import PageRow

TIMES = 100  # that each thing is asked
SHOWN = 50  # edits on a list, hits of a search
NAME = "search for a name"
COMMON = "search for a word that one text in three has"
STATUS = "the status of all sites, all rows counted"
LINEAR = frozenset([STATUS])  # what has to look at ever more, the more there is
_NEWEST = 20 * TIMES  # pages that some are drawn from


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something that is asked so many times; `after` is done each time, outside of the clock.

    What is asked `twice` is read from the disk at first mostly, and then from memory.
    """

    ask: Callable[[int], int]
    after: Callable[[], object] = lambda: None
    twice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A page that is asked for, and words that find it: those few texts have, and beside a common one."""

    number: int
    url: str
    words: str
    beside: str


def reading(
    queries: Queries, site: str, looks: Sequence[Look], now: datetime, *, common: str, kind: ChangeKind
) -> dict[str, Asked]:
    """What is asked of pages, of the edits of a site and of a kind, of texts, and by crawls."""

    def look(turn: int) -> Look:
        return looks[turn % len(looks)]

    found: dict[str, Callable[[int], int]] = {
        f"the newest {SHOWN} edits": lambda _: count(queries.edits(newest=SHOWN)),
        f"the newest {SHOWN} edits of a site": lambda _: count(queries.edits(newest=SHOWN, site=site)),
        f"the newest {SHOWN} edits of a kind": lambda _: count(queries.edits(newest=SHOWN, kinds=[kind])),
        "a page by its URL": lambda turn: int(queries.page(look(turn).url) is not None),
        "a page's history": lambda turn: len(queries.history(look(turn).number)),
        NAME: lambda turn: count(queries.search(look(turn).words)),
        f"{NAME} and a common word": lambda turn: count(queries.search(look(turn).beside)),
        "what a crawl learns from": lambda _: len(queries.newest_articles(site)),
        "which sites are due": lambda _: len(queries.due_sites(now)),
        COMMON: lambda _: count(queries.search(common)),
        STATUS: lambda _: len(queries.sites(now)) and queries.counts()["visit"],
    }
    return {what: Asked(ask=ask, twice=True) for what, ask in found.items()}


def count(rows: Iterator[object]) -> int:
    """How many there are to show."""
    return len(list(islice(rows, SHOWN)))


class Existing:
    """An archive that was there before; nothing is written to it. Its biggest site is asked about.

    A name is the title of a page, in quotes; the common word is the one that most titles of the site have.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    @contextmanager
    def opened(self) -> Iterator[dict[str, Asked]]:
        """What is asked, while the archive is open."""
        with Queries(self._url) as queries:
            yield self.asked(queries, datetime.now(UTC))

    def asked(self, queries: Queries, now: datetime) -> dict[str, Asked]:
        """What is asked, by what it is called."""
        sizes = {row.site: row.pages for row in queries.sites(now)}
        site = max(sizes, key=lambda key: sizes[key], default="")
        pages = [page for page in queries.pages(site or None, limit=_NEWEST) if page.versions and page.title]
        if not pages:
            raise SystemExit(f"{self._url}: no page has been read yet, so there is nothing to ask for")
        common = _common(pages)
        chosen = Random(len(pages)).sample(pages, k=min(TIMES, len(pages)))  # noqa: S311 - nothing secret
        looks = [_look(page, common) for page in chosen]
        return reading(queries, site, looks, now, common=common, kind=self._kind(queries))

    @staticmethod
    def _kind(queries: Queries) -> ChangeKind:
        kinds = Counter(kind for edit in queries.edits(newest=SHOWN) for kind in edit.kinds)
        return ChangeKind(kinds.most_common(1)[0][0]) if kinds else ChangeKind.NUMBER

    @cached_property
    def size(self) -> tuple[int, int]:
        """How many pages and visits there are."""
        with Queries(self._url) as queries:
            counts = queries.counts()
        return counts["page"], counts["visit"]


def _common(pages: Sequence[PageRow]) -> str:
    """The word that most titles have; a title is found by itself where none has a word."""
    words = Counter(word for page in pages for word in set(page.title.split()) if word.isalpha())
    return words.most_common(1)[0][0] if words else pages[0].title


def _look(page: PageRow, common: str) -> Look:
    title = '"' + page.title.replace('"', " ") + '"'
    return Look(number=page.id, url=page.url, words=title, beside=f"{title} {common}")
