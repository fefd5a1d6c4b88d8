"""The visits to a page of an invented archive up to one of them: which versions and bodies there are by then."""

from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate

from bench.big.stories import BETWEEN, FIRST, Layout, Page, first_page
from storage import bodycodec
from storage.digests import sha256
from storage.records import Outcome

LEVEL = 1  # of zstd: quicker than the archive's own, and a tenth larger
FRESH = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)


class Visits:
    """The visits to a page up to one of them: which versions and bodies there are by then."""

    def __init__(self, layout: Layout, page: Page, turn: int) -> None:
        self.layout = layout
        self.page = page
        self.turn = turn
        self.outcomes = page.outcomes(turn)
        self.versions = list(accumulate(int(one in {Outcome.NEW, Outcome.CHANGED}) for one in self.outcomes))
        self.fresh = [number for number, one in enumerate(self.outcomes) if one in FRESH]

    @property
    def outcome(self) -> Outcome:
        return self.outcomes[-1]

    @property
    def version(self) -> int:
        """The number of the version that the page has."""
        return self.versions[-1]

    def number(self, turn: int | None = None) -> int:
        """The number of the visit, or of another one; captures, versions, readings and edits have it too."""
        return self.layout.visit(self.page.number, self.turn if turn is None else turn)

    def version_id(self, version: int) -> int:
        """The row of a version: it has the number of the visit that saw it first."""
        return self.number(self.versions.index(version))

    def at(self, turn: int | None = None) -> datetime:
        """When the visit was, or another one: the pages of an archive one after the other."""
        within = BETWEEN * (self.page.number - 1) / self.layout.pages
        return FIRST + BETWEEN * (self.turn if turn is None else turn) + timedelta(seconds=int(within.total_seconds()))

    def last_seen(self, before: int) -> int:
        """The last turn before one at which the article was seen."""
        return max(turn for turn in range(before) if self.outcomes[turn] is not Outcome.ERROR)

    @cached_property
    def html(self) -> bytes:
        """The bytes that the page showed last."""
        return self._html(len(self.fresh) - 1)

    @cached_property
    def digest(self) -> str:
        """Their SHA-256."""
        return sha256(self.html)

    def _html(self, seq: int) -> bytes:
        return self.page.html(self.versions[self.fresh[seq]], self.fresh[seq])

    def body_id(self, seq: int = -1) -> int:
        """The row of a body of the page's chain; the last one's, unless another is asked for."""
        return 2 * self.number(self.fresh[seq])

    def frame(self) -> tuple[bytes, int | None]:
        """The last body, packed as the archive packs it, and what it is packed against."""
        seq, line, template = len(self.fresh) - 1, list[bytes](), self._template()
        base = bodycodec.base_of(seq)
        while base is not None:
            line.append(self._html(base))
            base = bodycodec.base_of(base)
        if template is not None:
            line.append(template.html(1, 0))
        base = bodycodec.base_of(seq)
        alone = None if template is None else 2 * self.layout.visit(template.number, 0)
        against = alone if base is None else self.body_id(base)
        return bodycodec.pack(self.html, line, LEVEL), against

    def _template(self) -> Page | None:
        first = first_page(self.page.site)
        return None if first == self.page else first
