"""What is asked of edits."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import select

from storage import fromrows, schema, selecting
from storage.asking.reader import Reader, one
from storage.changes import ChangeKind, EditStatus, Significance
from storage.rows import EditRow

_edit = schema.edit.c


class EditQueries(Reader):
    """Edits, by their times."""

    def edits(
        self,
        *,
        site: str | None = None,
        since: datetime | None = None,
        kinds: Collection[ChangeKind] = (),
        min_significance: Significance = Significance.COSMETIC,
        status: EditStatus | None = None,
        page_id: int | None = None,
        newest: int | None = None,
    ) -> Iterator[EditRow]:
        """Edits, the earliest first; `since` is the time of the visit that saw the new text.

        Withdrawn ones, which a better reading has shown to be none, are among them only where `status` asks for them.
        With `newest` they are so many at most, those that were seen last.
        """
        with self._transaction() as connection:
            of_site = None if site is None else connection.scalar(select(selecting.site_id(site)))
            if of_site is None and site is not None:
                return
            wanted = selecting.wanted_edits(
                site=of_site,
                since=since,
                kinds=kinds,
                min_significance=min_significance,
                status=status,
                page_id=page_id,
                backwards=newest is not None,
            )
            numbers = list(connection.scalars(wanted.limit(newest)))
        if newest is not None:
            numbers.reverse()
        yield from map(fromrows.edit_row, self._numbered(numbers, selecting.edits(), _edit.id))

    def edit(self, edit_id: int) -> EditRow:
        """One edit by its number."""
        with self._transaction() as connection:
            row = one(connection, selecting.edits().where(_edit.id == edit_id), f"there is no edit {edit_id}")
            return fromrows.edit_row(row)
