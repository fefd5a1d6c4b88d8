"""What is asked of edits."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice

from sqlalchemy import Select

from storage import schema, selecting
from storage.asking.reader import Reader, one
from storage.changes import ChangeKind, EditStatus, Significance
from storage.rows import (
    EditRow,
)

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
        wanted = selecting.wanted_edits(
            site=site,
            since=since,
            min_significance=min_significance,
            status=status,
            page_id=page_id,
            backwards=newest is not None,
        )
        if newest is None:
            yield from self._edits(wanted, kinds)
        else:
            found = self._edits(wanted if kinds else wanted.limit(newest), kinds)
            yield from reversed(list(islice(found, newest)))

    def _edits(self, wanted: Select[int], kinds: Collection[ChangeKind]) -> Iterator[EditRow]:
        for row in self._in_batches(wanted, selecting.edits(), _edit.id):
            if not kinds or any(kind.value in row.kinds for kind in kinds):
                yield selecting.edit_row(row)

    def edit(self, edit_id: int) -> EditRow:
        """One edit by its number."""
        with self._transaction() as connection:
            row = one(connection, selecting.edits().where(_edit.id == edit_id), f"there is no edit {edit_id}")
            return selecting.edit_row(row)
