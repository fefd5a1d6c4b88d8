"""The edits around a look that is stored late: those that lead over it, those that now end or start at it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from storage import edits, schema, versions
from storage.changes import Comparison, EditStatus
from storage.comparison.comparing import compare
from storage.neighbours import Around, Sighting
from storage.records import Article
from storage.search import entries
from storage.visits import Finding

_edit = schema.edit.c
_OPEN = {EditStatus.PENDING.value, EditStatus.CONFIRMED.value}


class EditsAround:
    """The edits of a page around one look.

    `pending` is the one that waits to be seen again; `added` counts new ones.
    """

    def __init__(self, connection: Connection, page: Row[Any], finding: Finding, around: Around) -> None:
        self._connection = connection
        self._page = page
        self._finding = finding
        self._around = around
        self.pending: int | None = page.pending_edit_id
        self.added = 0

    @property
    def _reader(self) -> str:
        assert self._finding.reading is not None
        return self._finding.reading.reader

    def over(self, start: int, end: int) -> Row[Any] | None:
        """The edit from one version to another that leads over the time of this look."""
        return next((edit for edit in self._across(start) if edit.to_version_id == end), None)

    def brought(self, start: Sighting, end: Sighting) -> Row[Any] | None:
        """The edit from one version to another that a look was the first to see."""
        query = self._from_to(start.version_id, end.version_id).where(_edit.before == end.at)
        return self._connection.execute(query.order_by(_edit.id.desc())).first()

    def _is_flagged(self, start: int, end: int) -> bool:
        return self._connection.execute(self._from_to(start, end).limit(1)).first() is not None

    def _from_to(self, start: int, end: int) -> Select[Any]:
        of_page = select(schema.edit).where(_edit.page_id == self._page.id)
        return of_page.where(_edit.from_version_id == start, _edit.to_version_id == end)

    def _across(self, version_id: int) -> list[Row[Any]]:
        """The edits from a version on that were made between the looks before and after this one."""
        at = self._finding.at
        query = select(schema.edit).where(
            _edit.page_id == self._page.id, _edit.from_version_id == version_id, _edit.after < at, _edit.before > at
        )
        return list(self._connection.execute(query.order_by(_edit.id)))

    def was_made_later(self, version_id: int) -> None:
        """The old text of an edit was still there at this look."""
        for edit in self._across(version_id):
            edits.rewrite(self._connection, edit.id, {"after": self._finding.at})

    def confirm(self, shown: Sighting) -> None:
        """Have the edit stand that brought what was shown before, where it waits for that."""
        query = select(_edit.id).where(
            _edit.page_id == self._page.id,
            _edit.to_version_id == shown.version_id,
            _edit.before == shown.at,
            _edit.status == EditStatus.PENDING.value,
        )
        for edit_id in self._connection.scalars(query).all():
            self._settle(edit_id, EditStatus.CONFIRMED)

    def take_back(self, shown: Sighting, before: Sighting) -> None:
        """The text `before` was seen again: the edit to the one `shown` was taken back, and the next starts from there.

        Where the look after this one shows it once more, the two texts alternate.
        """
        edit, after = self.brought(before, shown), self._around.after
        if edit is not None and edit.status in _OPEN:
            again = bool(after) and after[0].version_id == shown.version_id
            self._settle(edit.id, EditStatus.VARIANT if again else EditStatus.REVERTED)
        article, reader = versions.current(self._connection, before.version_id)
        for crossing in self._across(shown.version_id):
            self.lead(crossing, before.version_id, article, reader)

    def _settle(self, edit_id: int, status: EditStatus) -> None:
        edits.settle(self._connection, edit_id, status)
        self._waits_no_more(edit_id)

    def _waits_no_more(self, edit_id: int) -> None:
        self.pending = None if self.pending == edit_id else self.pending

    def seen_first(self, start: Sighting, end: Sighting, comparison: Comparison) -> int | None:
        """The text that the look after this one shows was there at this one: so its edit has been seen twice."""
        edit = self.over(start.version_id, end.version_id)
        if edit is None and self._is_flagged(start.version_id, end.version_id):
            return None  # the same step at another time: the texts come and go, and that is flagged once
        if edit is None:
            between = (start.at, self._finding.at)
            return self.add((start.version_id, end.version_id), between, comparison, EditStatus.CONFIRMED)
        status = {"status": EditStatus.CONFIRMED.value} if edit.status == EditStatus.PENDING.value else {}
        self._rejudge(edit, comparison, {"before": self._finding.at, **status})
        self._waits_no_more(edit.id)
        return int(edit.id)

    def lead(self, edit: Row[Any], version_id: int, article: Article | None, reader: str) -> None:
        """Have an edit start from another version, which was seen at this look."""
        target, target_reader = versions.current(self._connection, edit.to_version_id)
        later = self._finding.later
        if later is not None and later.reader == reader:
            target, target_reader = later.article, reader
        if article is None or target is None or target_reader != reader:
            return
        comparison = compare(article, target, weights=self._finding.weights)
        values = {"from_version_id": version_id, "after": self._finding.at}
        if comparison.changes:
            self._rejudge(edit, comparison, values, reader)
        else:
            edits.rewrite(self._connection, edit.id, {**values, "status": EditStatus.WITHDRAWN.value})
            self._waits_no_more(edit.id)

    def lead_on(self, version_id: int, following: Sighting, comparison: Comparison) -> None:
        """Store the edit from the text of this look to that of the next one, where none led there before."""
        after = self._around.after
        again = len(after) > 1 and after[1].version_id == following.version_id
        status = EditStatus.CONFIRMED if again else EditStatus.PENDING
        edit_id = self.add((version_id, following.version_id), (self._finding.at, following.at), comparison, status)
        if len(after) == 1 and self._page.version_id == following.version_id and self.pending is None:
            self.pending = edit_id

    def add(
        self, ends: tuple[int, int], between: tuple[datetime, datetime], comparison: Comparison, status: EditStatus
    ) -> int | None:
        """Store an edit from one version to another; nothing where they do not differ."""
        if not comparison.changes:
            return None
        self.added += 1
        return edits.add_between(self._connection, self._page, ends, between, self._reader, comparison, status)

    def _rejudge(
        self, edit: Row[Any], comparison: Comparison, more: Mapping[str, object], reader: str | None = None
    ) -> None:
        values = edits.verdict(comparison) | {"reader": reader or self._reader} | dict(more)
        edits.rewrite(self._connection, edit.id, values)
        if edit.changes != values["changes"]:
            entries.replace_edit(self._connection, edit.id, edit.page_id, edit.changes, values["changes"])
