"""What is asked of texts, wherever they are: a search, and copies of one."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from storage.asking.reader import Reader
from storage.copies import finding as copying
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
        """
        asked = finding.Asked(question=parse(query), what=what, site=site, since=since)

        def numbers(before: int) -> list[tuple[int, bool]]:
            with self._transaction() as connection:
                return finding.numbers(connection, asked, before)

        def look(entries: list[int]) -> dict[int, SearchHit]:
            with self._transaction() as connection:
                return finding.hits(connection, asked.question, what, entries)

        return chain.from_iterable(finding.in_order(found, look) for found in finding.every(numbers))

    def copies(self, page_id: int) -> list[CopyRow]:
        """A page, then the copies of its text on other sites, then those on its own, with which edits each carries.

        Empty for a page that has not been read, or whose text is too short to be a copy of anything.
        """
        with self._transaction() as connection:
            return copying.copies(connection, page_id)
