"""Proposes reading rules for a site from some of its pages; every rule is tried by reading the pages anew with it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from crawler.pages.blocks import text_key
from crawler.pages.charset import decode_html
from crawler.pages.looks import Look, shared_keys, suspicious_keys
from crawler.pages.metadata import read_metadata
from crawler.pages.reading import read
from crawler.pages.selectors import picked, selectors_for
from crawler.pages.times import habits_of
from crawler.pages.tree import UnreadableError, load
from crawler.pages.weaknesses import Remedy, remedies
from crawler.proposals import KEYS, Proposal, Sample, Suggestion, Weakness
from crawler.rules import Rules
from storage.records import Article, Reading

ORDER = ("body", "drop", "title", "lead", "authors", "published")
MOST_DROPS = 4  # selectors
MOST_REMEDIES, MOST_SELECTORS = 4, 6  # tried for one key; each costs a reading of every page
LOST_SHARE, ADDED_SHARE = 0.02, 0.05  # of the words of a page: a body rule may not lose or add more where all was well
GAINED_SHARE = 0.8  # of the words that were missed
_WANTED = {
    "body": r"content|body|article|detail|text|noi-?dung|story|entry",
    "drop": r"relat|lien-?quan|box|promo|newsletter|bio|ad|link|xem-?them|doc-?them|tag|more",
    "title": r"title|headline|tieu-?de",
    "lead": r"sapo|lead|summary|intro|desc|standfirst|excerpt|chapeau|tom-?tat",
    "authors": r"author|byline|tac-?gia|writer|creator",
    "published": r"date|time|publish|ngay|gio|posted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page that is tried: its sample, its tree, and what it reads as by the rules so far."""

    sample: Sample
    root: HtmlElement
    reading: Reading


def propose(samples: Sequence[Sample], rules: Rules) -> Proposal:
    """Rules for where the reading by `rules` falls short on these pages of one site, those in force kept.

    A rule is proposed only where, read anew with it, the page that shows the weakness reads as promised and no other
    page reads worse. Pages of which no tree can be made are left out of the count.
    """
    stale = _stale(samples, rules)
    nothing: dict[str, Any] = dict.fromkeys(stale, "")
    trial = _Trial(samples, replace(rules, **nothing))
    for key in ORDER:
        for _ in range(MOST_DROPS if key == "drop" else 1):
            if not trial.mend(key):
                break
    return Proposal(
        pages=len(trial.pages),
        rules=trial.rules,
        given=_is_given(rules),
        stale=stale,
        suggestions=tuple(trial.suggestions),
        unmended=tuple(weak for weak in dict.fromkeys(trial.unmended) if weak.key not in trial.mended),
    )


class _Trial:
    """The pages as the rules found so far read them."""

    def __init__(self, samples: Sequence[Sample], rules: Rules) -> None:
        self.rules = rules
        self.pages = [page for sample in samples if (page := _page(sample, rules))]
        self.suggestions: list[Suggestion] = []
        self.unmended: list[Weakness] = []

    @property
    def mended(self) -> frozenset[str]:
        return frozenset(one.key for one in self.suggestions)

    def mend(self, key: str) -> bool:
        """Add the first rule for a key that holds; a key that has a rule keeps it, but `drop` takes more."""
        if key != "drop" and getattr(self.rules, key):
            return False
        looks = self.looks()
        tried = 0
        for page, look in zip(self.pages, looks, strict=True):
            for remedy in remedies(look, key):
                weakness = Weakness(key=key, why=remedy.why, page=page.sample.name)
                tried += 1
                if tried > MOST_REMEDIES:
                    return False
                if self.try_remedy(page, looks, remedy, weakness):
                    return True
                self.unmended.append(weakness)
        return False

    def looks(self) -> list[Look]:
        shared = shared_keys([page.reading for page in self.pages])
        return [_look(page, self.rules, shared) for page in self.pages]

    def try_remedy(self, page: _Page, looks: Sequence[Look], remedy: Remedy, weakness: Weakness) -> bool:
        wanted = re.compile(_WANTED[remedy.key], re.IGNORECASE)
        for selector in islice(_selectors(page.root, remedy, wanted), MOST_SELECTORS):
            rules = _with(self.rules, remedy.key, selector)
            after = [replace(one, reading=_read(one.sample, rules)) for one in self.pages]
            verdicts = [
                _verdict(remedy, look, new.reading, len(picked(new.root, selector)))
                for look, new in zip(looks, after, strict=True)
            ]
            at = self.pages.index(page)
            kept_word = remedy.words * GAINED_SHARE <= _gained(page.reading, after[at].reading)
            if verdicts[at] and kept_word and None not in verdicts:
                self.accept(weakness, selector, rules, after, verdicts.count(True))
                return True
        return False

    def accept(self, weakness: Weakness, selector: str, rules: Rules, after: list[_Page], holds: int) -> None:
        shown = next(i for i, page in enumerate(self.pages) if page.sample.name == weakness.page)
        old, new = (sum((_words(page.reading) for page in pages), Counter()) for pages in (self.pages, after))
        suggestion = Suggestion(
            key=weakness.key,
            selector=selector,
            weakness=weakness,
            holds=holds,
            pages=len(self.pages),
            before=_shown(weakness.key, self.pages[shown].reading),
            after=_shown(weakness.key, after[shown].reading),
            words_gained=(new - old).total(),
            words_lost=(old - new).total(),
        )
        self.suggestions.append(suggestion)
        self.rules, self.pages = rules, after


def _page(sample: Sample, rules: Rules) -> _Page | None:
    try:
        root = load(decode_html(sample.body, sample.content_type).text)
    except UnreadableError:
        return None
    return _Page(sample=sample, root=root, reading=_read(sample, rules))


def _read(sample: Sample, rules: Rules) -> Reading:
    return read(sample.body, sample.url, sample.content_type, rules)


def _look(page: _Page, rules: Rules, shared: frozenset[str]) -> Look:
    meta = read_metadata(page.root, page.sample.url, rules)
    habits = habits_of(meta.language, rules.timezone, page.sample.url)
    return Look(page.root, meta, page.reading, habits, shared)


def _selectors(root: HtmlElement, remedy: Remedy, wanted: re.Pattern[str]) -> Iterator[str]:
    """Selectors for the elements: one for all, or for parts of a body the best of each, joined."""
    if remedy.key != "body" or len(remedy.elements) == 1:
        yield from selectors_for(root, remedy.elements, wanted)
        return
    found = [next(selectors_for(root, [element], wanted), "") for element in remedy.elements]
    if all(found):
        yield ", ".join(found)


def _with(rules: Rules, key: str, selector: str) -> Rules:
    changed: dict[str, Any] = {key: (*rules.drop, selector) if key == "drop" else selector}
    return replace(rules, **changed)


def _is_given(rules: Rules) -> bool:
    return any(getattr(rules, key) for key in KEYS)


def _stale(samples: Sequence[Sample], rules: Rules) -> tuple[str, ...]:
    """The keys whose selector picks nothing on any page, as after a redesign."""
    roots = [page.root for sample in samples if (page := _page(sample, Rules()))]
    named = [(key, str(getattr(rules, key))) for key in KEYS if key != "drop" and getattr(rules, key)]
    return tuple(key for key, selector in named if roots and not any(picked(root, selector) for root in roots))


# --- whether a rule does what it promises -----------------------------------------------------------------


def _verdict(remedy: Remedy, look: Look, after: Reading, matches: int) -> bool | None:
    """True where the rule does what it promises on a page, False where it changes nothing, None where it harms."""
    key = remedy.key
    old, new = look.reading.article, after.article
    if new is None:
        return False if old is None else None
    if not matches:
        return None if key in ("body", "title") or old != new else False
    if key == "body":
        return _keeps(look, after) if 1 <= matches <= len(remedy.elements) else None
    if key == "drop":
        return _drops(look, new)
    if key == "lead":
        return _leads(old, new, matches)
    value = getattr(new, key)
    before = getattr(old, key) if old and not _is_open(key, look.reading) else None
    right = value and (key == "authors" or matches == 1) and before in (None, "", (), value)
    return True if right else None


def _is_open(key: str, before: Reading) -> bool:
    """Whether a rule may say otherwise than the reading before: a title that no heading shows is but a guess."""
    return key == "title" and " in the page" not in before.sources.get("title", "")


def _keeps(look: Look, after: Reading) -> bool | None:
    """A body rule loses next to nothing, and adds much only where much was missing."""
    old, new = _words(look.reading), _words(after)
    fits = (new - old).total() <= ADDED_SHARE * old.total() or any(remedies(look, "body"))
    return True if new and fits and (old - new).total() <= LOST_SHARE * old.total() else None


def _gained(before: Reading, after: Reading) -> int:
    return (_words(after) - _words(before)).total()


def _drops(look: Look, new: Article) -> bool | None:
    """Only links and shared texts go, and nothing comes."""
    old = look.reading.article
    if old is None or (old.title, old.lead, old.authors) != (new.title, new.lead, new.authors):
        return None
    read_now = frozenset(text_key(block.text) for block in new.body)
    gone = look.body - read_now
    if read_now - look.body or gone - suspicious_keys(look):
        return None
    return bool(gone)


def _leads(old: Article | None, new: Article, matches: int) -> bool | None:
    """One block becomes the lead; the rest of the body stays."""
    if old is None or matches != 1 or not new.lead or (old.lead and old.lead != new.lead):
        return None
    rest = [block.text for block in old.body if text_key(block.text) not in text_key(new.lead)]
    return True if rest == [block.text for block in new.body] else None


def _words(reading: Reading) -> Counter[str]:
    article = reading.article
    texts = [article.lead, *(block.text for block in article.body)] if article else []
    return Counter(word for text in texts for word in text.split())


def _shown(key: str, reading: Reading) -> str:
    """What a reading has for a key, in short."""
    article = reading.article
    if key in ("body", "drop") or article is None:
        return f"{_words(reading).total()} words"
    value = getattr(article, key)
    if key == "published":
        return value.iso if value else ""
    text = ", ".join(value) if key == "authors" else str(value)
    return text if len(text) <= 80 else f"{text[:80]}…"
