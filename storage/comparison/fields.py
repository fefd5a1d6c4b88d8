"""How two articles differ outside their texts: byline, dateline, section, tags, images."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from storage.changes import Change, ChangeKind
from storage.comparison.imagekey import image_key, only_moved
from storage.comparison.textkey import loose_key
from storage.records import Article, Moment

_FORGIVEN = timedelta(minutes=1)  # a time restated without its seconds


def field_changes(old: Article, new: Article) -> list[Change]:
    """Section, byline, dateline (the published time), images and tags; letter case and order do not count."""
    return [
        *_section_changes(old, new),
        *_set_changes("authors", ChangeKind.BYLINE, old.authors, new.authors, _folded),
        *_published_changes(old, new),
        *_image_changes([image.url for image in old.images], [image.url for image in new.images]),
        *_tag_changes(old, new),
    ]


def same_moment(old: Moment, new: Moment) -> bool:
    """Whether two statements of a time may mean the same: one instant, one clock time, or one day and no more.

    The same words say the same, however they were read: 05/10 is May on one page and October on another.
    """
    if old.text and old.text == new.text:
        return True
    if old.date_only or new.date_only:
        days = {moment.local.date() for moment in (old, new)}
        return len(days) == 1 or old.at.astimezone(new.local.tzinfo).date() == new.local.date()
    if old.local.replace(tzinfo=None) == new.local.replace(tzinfo=None):
        return True
    if abs(old.at - new.at) >= _FORGIVEN:
        return False
    no_seconds = any(not (moment.at.second or moment.at.microsecond) for moment in (old, new))
    same_minute = old.at.replace(second=0, microsecond=0) == new.at.replace(second=0, microsecond=0)
    return same_minute and (no_seconds or old.at.second == new.at.second)


def is_newer(old: Article, new: Article) -> bool:
    """Whether the new reading states a later time of the last change."""
    if new.modified is None:
        return False
    before = old.modified or old.published
    return before is not None and not same_moment(before, new.modified) and new.modified.at > before.at


def modified_change(old: Article, new: Article) -> Change | None:
    """The stated time of the last change, where both readings have one and they differ."""
    if old.modified is None or new.modified is None or same_moment(old.modified, new.modified):
        return None
    return _moment_change("modified", old.modified, new.modified)


def _moment_change(field: str, old: Moment, new: Moment) -> Change:
    return Change(
        field=field,
        kinds=(ChangeKind.DATELINE,),
        removed=(old.iso,),
        added=(new.iso,),
        before=old.iso,
        after=new.iso,
    )


def _published_changes(old: Article, new: Article) -> list[Change]:
    # A time that appears or is lost is a matter of the template: nobody restated anything.
    if old.published is None or new.published is None or same_moment(old.published, new.published):
        return []
    if old.published.updated or new.published.updated:
        return []
    return [_moment_change("published", old.published, new.published)]


def _section_changes(old: Article, new: Article) -> list[Change]:
    # As with times: a section that appears or is lost is a matter of the template.
    if not old.section or not new.section or _folded(old.section) == _folded(new.section):
        return []
    return [
        Change(
            field="section",
            kinds=(ChangeKind.SECTION,),
            removed=(old.section,),
            added=(new.section,),
            before=old.section,
            after=new.section,
        )
    ]


def _tag_changes(old: Article, new: Article) -> list[Change]:
    before, after = _tags_beside_section(old, new)
    # As with times: a list that appears or is lost as a whole is a matter of the template. An editor takes out one.
    if not (before and after) and len(before) + len(after) > 1:
        return []
    return _set_changes("tags", ChangeKind.TAGS, before, after, _tag_key)


def _tags_beside_section(old: Article, new: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags of both, without those that name the section where both do so: they go with it."""
    before, after = _tag_key(old.section), _tag_key(new.section)
    here, there = set(map(_tag_key, old.tags)), set(map(_tag_key, new.tags))
    if before == after or before not in here - there or after not in there - here:
        return old.tags, new.tags
    return (
        tuple(tag for tag in old.tags if _tag_key(tag) != before),
        tuple(tag for tag in new.tags if _tag_key(tag) != after),
    )


def _image_changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    changes = _set_changes("images", ChangeKind.IMAGE, old, new, image_key)
    return [] if changes and only_moved(changes[0].removed, changes[0].added) else changes


def _set_changes(
    field: str, kind: ChangeKind, old: Iterable[str], new: Iterable[str], key: Callable[[str], str]
) -> list[Change]:
    """One change for all values that one side lacks."""
    here, there = _by_key(old, key), _by_key(new, key)
    removed = tuple(value for name, value in here.items() if name not in there)
    added = tuple(value for name, value in there.items() if name not in here)
    if not removed and not added:
        return []
    return [
        Change(
            field=field,
            kinds=(kind,),
            removed=removed,
            added=added,
            before=", ".join(here.values()),
            after=", ".join(there.values()),
        )
    ]


def _by_key(values: Iterable[str], key: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values:
        if name := key(value):
            found.setdefault(name, value)
    return found


def _folded(text: str) -> str:
    return loose_key(text).casefold()


def _tag_key(tag: str) -> str:
    return _folded(tag).lstrip("#").replace("-", " ").replace("_", " ").strip()
