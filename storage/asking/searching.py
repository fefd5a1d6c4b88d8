"""What is asked of texts, wherever they are: a search, and copies of one."""

from collections.abc import Iterator
from datetime import datetime

from storage.asking.reader import Reader
from storage.copies import finding as copying
from storage.errors import DamagedBodyError
from storage.rows import (
    CopyRow,
    Searched,
    SearchHit,
)
from storage.search import finding
from storage.search.question import parse


class SearchQueries(Reader):
    """The search index, and the signatures of copies."""

    def search(
        self, query: str, *, what: Searched = Searched.CURRENT, site: str | None = None, since: datetime | None = None
    ) -> Iterator[SearchHit]:
        """The texts that answer a query, those with the same diacritics first, and among them the best first.

        All words have to be there, those in quotes one after the other; case does not count. `since` is the time when
        the text was seen first, or its edit. Of very many, the newest are put in this order, and then the next ones.

        Raises:
            ConfigError: there is no word in the query.
            DamagedBodyError: after all others, where the texts of some pages could not be shown.
        """
        return self._hits(finding.Asked(question=parse(query), what=what, site=site, since=since))

    def _hits(self, asked: finding.Asked) -> Iterator[SearchHit]:
        damaged: set[str] = set()

        def numbers(before: int) -> list[tuple[int, bool]]:
            with self._transaction() as connection:
                return finding.numbers(connection, asked, before)

        def look(entries: list[int]) -> dict[int, SearchHit]:
            with self._transaction() as connection:
                return finding.hits(connection, asked.question, asked.what, entries, damaged)

        for found in finding.every(numbers):
            yield from finding.in_order(found, look)
        if damaged:
            raise DamagedBodyError(f"left out, as its text in the archive is damaged: {', '.join(sorted(damaged))}")

    def copies(self, page_id: int) -> list[CopyRow]:
        """A page, then the copies of its text on other sites, then those on its own, with which edits each carries.

        Empty for a page that has not been read, or whose text is too short to be a copy of anything.
        """
        with self._transaction() as connection:
            return copying.copies(connection, page_id)
