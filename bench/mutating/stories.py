"""Stories: what a page looks like visit by visit, for each kind of noise and of edit. All chance comes from a seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bench.mutating import markup, redesign
from bench.mutating.drafts import Draft, draft_of
from bench.mutating.kinds import (
    ALL,
    ALL_REDESIGNED,
    APPEARING,
    BLOCKS,
    EDITS,
    ENTITIES,
    FLIPPING,
    HASHED,
    MARKUP,
    NOISES,
    STALE,
    TEMPLATES,
)
from bench.mutating.made import Made
from bench.mutating.stock import Stock
from bench.scoring import Gold


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The forms of a page, one a visit; `made` is what was edited, None for noise alone."""

    kind: str
    noisy: bool
    forms: tuple[str, ...]
    made: Made | None = None


class Workshop:
    """Makes the stories of one page; the same seed makes the same stories."""

    def __init__(self, *, name: str, text: str, gold: Gold, stock: Stock, seed: int) -> None:
        self._name = name
        self._gold = gold
        self._shown, self._stock = stock.halves()
        self._seed = seed
        self.plain = draft_of(text, gold).html  # once through the parser, so that versions differ in mutations alone
        self.blocked = self._blocked(*BLOCKS, version="A").html

    def stories(self, kinds: frozenset[str]) -> Iterator[Story]:
        """Noise alone, then every edit alone and in the midst of noise; what cannot be made is left out."""
        for kind in NOISES:
            if kind in kinds and (forms := self._noise(kind)):
                yield Story(kind=kind, noisy=True, forms=forms)
        for kind in EDITS:
            if kind in kinds:
                yield from self._edits(kind)

    def _edits(self, kind: str) -> Iterator[Story]:
        draft = self._fresh()
        made = EDITS[kind].make(draft, self._rng(kind), self._stock)
        if made is not None:
            yield Story(kind=kind, noisy=False, forms=(self.plain, draft.html), made=made)
        draft = self._blocked(*BLOCKS, version="B")
        made = EDITS[kind].make(draft, self._rng(kind), self._stock)
        if made is not None:
            redesigned = self._rng("redesigned").random() < 0.5
            yield Story(
                kind=kind, noisy=True, forms=(self.blocked, self._disguised(draft, redesigned=redesigned)), made=made
            )

    def _noise(self, kind: str) -> tuple[str, ...]:
        """The forms of a page with this noise alone; none where it cannot be made."""
        draft = self._fresh()
        if kind in BLOCKS:
            return self._rotated(kind)
        if kind in MARKUP:
            return (self.plain, draft.html) if MARKUP[kind](draft, self._rng(kind)) else ()
        if kind in TEMPLATES:
            return (self.plain, draft.html) if TEMPLATES[kind](draft, self._rng(kind)) else ()
        if kind == APPEARING:
            return self.plain, self._blocked(*BLOCKS, version="B").html
        if kind == ENTITIES:
            return self.plain, markup.entity_spelling(self.plain, self._rng(kind))
        if kind == HASHED:
            return self._hashed()
        if kind in {ALL, ALL_REDESIGNED}:
            blocked = self._blocked(*BLOCKS, version="B")
            return self.blocked, self._disguised(blocked, redesigned=kind == ALL_REDESIGNED)
        return self._there_and_back(kind)

    def _rotated(self, kind: str) -> tuple[str, ...]:
        forms = [self._fresh(), self._fresh()]
        done = [self._block(draft, kind, version) for draft, version in zip(forms, "AB", strict=True)]
        return (forms[0].html, forms[1].html) if all(done) else ()

    def _hashed(self) -> tuple[str, ...]:
        forms = [self._fresh(), self._fresh()]
        for draft, version in zip(forms, "AB", strict=True):
            markup.hashed_classes(draft, self._rng(HASHED), self._rng(HASHED, version))
        return forms[0].html, forms[1].html

    def _there_and_back(self, kind: str) -> tuple[str, ...]:
        draft = self._fresh()
        edit = EDITS["headline" if kind == FLIPPING else "one word"]
        assert kind in {FLIPPING, STALE}
        if edit.make(draft, self._rng(kind), self._stock) is None:
            return ()
        other = draft.html
        return (self.plain, other, self.plain) if kind == FLIPPING else (self.plain, other, other, self.plain, other)

    def _disguised(self, draft: Draft, *, redesigned: bool) -> str:
        """The page in all noise that is not a block."""
        for name, noise in MARKUP.items():
            noise(draft, self._rng(name))
        if redesigned:
            redesign.redesign(draft, self._rng("redesign"))
        redesign.lazy_loading(draft, self._rng("lazy"))
        markup.hashed_classes(draft, self._rng("disguise", "suffix"), self._rng(HASHED, "B"))
        return markup.entity_spelling(draft.html, self._rng(ENTITIES))

    def _blocked(self, *names: str, version: str) -> Draft:
        draft = self._fresh()
        for name in names:
            self._block(draft, name, version)
        return draft

    def _block(self, draft: Draft, name: str, version: str) -> bool:
        return BLOCKS[name](draft, self._rng(name), self._rng(name, version), self._shown)

    def _fresh(self) -> Draft:
        return draft_of(self.plain, self._gold)

    def _rng(self, *about: str) -> Random:
        return Random("/".join((str(self._seed), self._name, *about)))  # noqa: S311 - chance that can be repeated
