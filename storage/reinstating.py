"""Edits that were withdrawn because a reader saw no difference, and stand again where a later one sees it."""

from typing import Any

from sqlalchemy import Connection, Row, func, select

from storage import schema
from storage.changes import EditStatus

READ_ALIKE = "A later reading showed no difference."  # the reason that a withdrawn edit has besides those it had
_edit = schema.edit.c
_visit = schema.visit.c


def was_read_alike(edit: Row[Any]) -> bool:
    """Whether an edit was withdrawn by a reader, and not because texts take turns."""
    return edit.status == EditStatus.WITHDRAWN.value and READ_ALIKE in edit.reasons


def status(connection: Connection, edit: Row[Any]) -> EditStatus:
    """What an edit is by the looks at its page: confirmed, pending, or reverted."""
    of_page = _visit.page_id == edit.page_id
    looks = select(func.count()).where(of_page, _visit.version_id == edit.to_version_id, _visit.at >= edit.before)
    if connection.execute(looks).scalar_one() > 1:
        return EditStatus.CONFIRMED
    after = select(_visit.version_id).where(of_page, _visit.at > edit.before, _visit.version_id != edit.to_version_id)
    following = connection.execute(after.order_by(_visit.at).limit(1)).scalar_one_or_none()
    if following is None:
        return EditStatus.PENDING
    return EditStatus.REVERTED if following == edit.from_version_id else EditStatus.CONFIRMED


def pending(connection: Connection, page: Row[Any]) -> int | None:
    """The edit to a page's current version that waits to be seen again."""
    waiting = select(_edit.id).where(
        _edit.page_id == page.id, _edit.to_version_id == page.version_id, _edit.status == EditStatus.PENDING.value
    )
    return connection.execute(waiting.order_by(_edit.id.desc()).limit(1)).scalar_one_or_none()
