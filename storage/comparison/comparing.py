"""Compares two readings of one article: what was edited, of which kind, how much it matters, whether it is declared.

Pure and deterministic. Both readings must come from the same reader version, or a change of the reader would
look like an edit.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from storage.changes import Acknowledged, Change, ChangeKind, Comparison, SiteWeights
from storage.comparison.aligning import align
from storage.comparison.bodydiff import body_changes, shape_change
from storage.comparison.clocks import Seen, without_clocks
from storage.comparison.corrections import has_update_label, is_note
from storage.comparison.fields import field_changes, is_newer
from storage.comparison.leads import MUCH, with_leads_settled, with_moved_lead_in_body
from storage.comparison.sentences import sentences
from storage.comparison.shown import without_misread
from storage.comparison.significance import significance
from storage.comparison.spans import quote_spans
from storage.comparison.textkey import loose_key, text_key, visible
from storage.comparison.tokens import tokens
from storage.comparison.touching import touched
from storage.comparison.updatelines import update_lines, without_update_lines
from storage.comparison.wordkinds import word_change
from storage.comparison.words import Passage, Setting, is_word, named_in_a_row
from storage.foreseen import once
from storage.records import Article

_ORDER = ("title", "section", "lead", "authors", "published", "modified", "body", "captions", "images", "tags")
_TEXTS = {"title", "lead", "captions"}
_OPENING = frozenset('":?!…')  # any word has a capital behind these: he said: "Perhaps …"
_USUAL = SiteWeights()
# Of the words of a lead: whoever asks for all numbers that were changed asks for those in leads too.
_TELLING = frozenset((ChangeKind.NUMBER, ChangeKind.DATE, ChangeKind.NAME, ChangeKind.QUOTE, ChangeKind.NEGATION))


def compare(old: Article, new: Article, *, weights: SiteWeights = _USUAL, seen: Seen | None = None) -> Comparison:
    """What was edited from `old` to `new`; no changes at all when nothing was.

    `weights` are those of the site's file; they say how much what was found matters, and nothing else. URLs and
    language are not compared. A newer `modified` time is a change of its own only when nothing else is. `seen` says
    when each was asked for, so that a time that only tells that is known for it.
    """
    old, new = without_clocks(old, new, seen)
    if old == new:
        return Comparison()
    return once(("comparison", old, new, repr(weights)), lambda: _compare(old, new, weights))


def _compare(old: Article, new: Article, weights: SiteWeights) -> Comparison:
    setting = _setting(old, new)
    lines = update_lines(old), update_lines(new)
    if all(lines):
        old, new = without_update_lines(old), without_update_lines(new)
    restated = all(lines) and lines[0] != lines[1]
    old, new = with_leads_settled(*without_misread(*with_moved_lead_in_body(old, new)))
    changes = [
        *_title_changes(old, new, setting),
        *_lead_changes(old, new, setting),
        *_caption_changes(old, new, setting),
        *field_changes(old, new),
        *body_changes(
            old.body,
            new.body,
            setting=setting,
            elsewhere_old=_lead_and_captions(old),
            elsewhere_new=_lead_and_captions(new),
        ),
    ]
    if not changes:
        return touched(old, new, lines)
    changes.sort(key=lambda change: _ORDER.index(change.field))
    words = _word_kinds(changes, {"lead", *weights.fields}, setting)
    weight, reasons = significance(changes, weights=weights, word_kinds=words, language=setting.language)
    return Comparison(
        changes=tuple(changes),
        significance=weight,
        reasons=reasons,
        acknowledged=Acknowledged.DECLARED if restated or _declared(old, new, changes) else Acknowledged.SILENT,
    )


def _declared(old: Article, new: Article, changes: Sequence[Change]) -> bool:
    """A newer time of change, a note that was not there before, or a headline newly marked as updated."""
    if is_newer(old, new) or (has_update_label(new.title) and not has_update_label(old.title)):
        return True
    return any(
        ChangeKind.CORRECTION_NOTE in change.kinds
        or (change.field in {"lead", "captions"} and is_note(change.after) and not is_note(change.before))
        for change in changes
    )


def _title_changes(old: Article, new: Article, setting: Setting) -> list[Change]:
    if not old.title or not new.title:  # lost by the template, not taken back by the publisher
        return []
    return _text_changes("title", ChangeKind.HEADLINE, old.title, new.title, setting)


def _lead_changes(old: Article, new: Article, setting: Setting) -> list[Change]:
    """The change of the lead, unless its words only went to the body or came from there."""
    before, after = loose_key(old.lead), loose_key(new.lead)
    if before != after:
        if _is_cut_short(before, after) or _is_cut_short(after, before):
            return []
        here, there = _keys(old.lead), _keys(new.lead)
        if here != there and here - there <= _body_keys(new) and there - here <= _body_keys(old):
            return []
    changes = _text_changes("lead", ChangeKind.LEAD, old.lead, new.lead, setting)
    return [_with_note(change) for change in changes]


def _with_note(change: Change) -> Change:
    """A change of the lead by its own name where it puts a correction note there, as one above the text is read."""
    here = _keys(change.before)
    notes = [one for one in sentences(change.after) if loose_key(one) not in here and is_note(one)]
    if not notes:
        return change
    rest = "".join(one for one in sentences(change.after) if one not in notes)
    only = loose_key(rest) == loose_key(change.before)
    note = ChangeKind.CORRECTION_NOTE
    return replace(change, kinds=(note,) if only else (*change.kinds, note))


def _is_cut_short(short: str, whole: str) -> bool:
    """Whether one is the other cut off with an ellipsis, as page descriptions are."""
    start = short.removesuffix("...").rstrip()
    return short.endswith("...") and len(start) >= MUCH and whole.startswith(start)


def _caption_changes(old: Article, new: Article, setting: Setting) -> list[Change]:
    """Captions as a set, those that went to the body or came from there left out; similar ones are one change."""
    here, there = _by_key(old.captions), _by_key(new.captions)
    shapes = [
        shape_change("captions", here[key], there[key]) for key in here.keys() & there.keys() if here[key] != there[key]
    ]
    gone = [key for key in here if key not in there and not _keys(here[key]) <= _texts(new)]
    come = [key for key in there if key not in here and not _keys(there[key]) <= _texts(old)]
    pairs = {match.old: match.new for match in align(gone, come)}
    taken = set(pairs.values())
    changed = [(here[gone[i]], there[come[j]]) for i, j in pairs.items()]
    changed += [(here[key], "") for i, key in enumerate(gone) if i not in pairs]
    changed += [("", there[key]) for j, key in enumerate(come) if j not in taken]
    captions = [_words_changed("captions", ChangeKind.CAPTION, *pair, setting) for pair in changed]
    return captions + sorted(shapes, key=lambda change: change.before)


def _text_changes(field: str, kind: ChangeKind, before: str, after: str, setting: Setting) -> list[Change]:
    before, after = visible(before), visible(after)
    if before == after:
        return []
    if loose_key(before) == loose_key(after):
        return [shape_change(field, before, after)]
    return [_words_changed(field, kind, before, after, setting)]


def _words_changed(field: str, kind: ChangeKind, before: str, after: str, setting: Setting) -> Change:
    words = word_change(_passage(before), _passage(after), setting)
    telling = (
        tuple(one for one in words.kinds if one in _TELLING) if kind is ChangeKind.LEAD and before and after else ()
    )
    return Change(
        field=field, kinds=(kind, *telling), removed=words.removed, added=words.added, before=before, after=after
    )


def _word_kinds(
    changes: Iterable[Change], fields: Collection[str], setting: Setting
) -> dict[str, tuple[ChangeKind, ...]]:
    """The kinds of change among the words of title, lead and captions, as far as they are asked for."""
    found: dict[str, dict[ChangeKind, None]] = {}
    for change in changes:
        if change.field in fields and change.field in _TEXTS and change.before and change.after:
            words = word_change(_passage(change.before), _passage(change.after), setting)
            found.setdefault(change.field, {}).update(dict.fromkeys(words.kinds))
    return {field: tuple(kinds) for field, kinds in found.items()}


def _passage(text: str) -> Passage:
    return Passage(text=text, quoted=tuple(quote_spans(text)))


def _keys(text: str) -> set[str]:
    """The keys of a text's sentences."""
    return {key for sentence in sentences(text) if (key := loose_key(sentence))}


def _body_keys(article: Article) -> set[str]:
    return {loose_key(block.text) for block in article.body}.union(*(_keys(b.text) for b in article.body))


def _texts(article: Article) -> set[str]:
    return _body_keys(article) | _keys(article.lead)


def _lead_and_captions(article: Article) -> set[str]:
    texts = (article.lead, *article.captions)
    return {loose_key(text) for text in texts}.union(*map(_keys, texts)) - {""}


def _by_key(texts: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        if key := loose_key(text):
            found.setdefault(key, visible(text))
    return found


def _setting(old: Article, new: Article) -> Setting:
    """How the two articles write their words, for telling a name from a word that begins a sentence."""
    capitalised: set[str] = set()
    lower: set[str] = set()
    texts = {block.text for article in (old, new) for block in article.body}
    for text in texts | {old.lead, new.lead}:
        for sentence in sentences(text_key(text)):
            opens = True
            for word in map(str.rstrip, tokens(sentence)):
                if word[:1].islower():
                    lower.add(word)
                elif word[:1].isupper() and not opens:
                    capitalised.add(word.casefold())
                opens = (opens and not is_word(word)) or word[:1] in _OPENING
    language = (new.language or old.language).partition("-")[0].casefold()
    return Setting(
        language=language,
        capitalised=frozenset(capitalised),
        lower=frozenset(lower),
        named=named_in_a_row(texts, lower, language),
    )
