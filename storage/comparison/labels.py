"""Finds labels that stay where the sentence behind them gives way to the next: `Giá: A. B.` becomes `Giá: B.`

A label is part of the first sentence of its paragraph: were it left there, the next one would seem to be rewritten.
"""

import re
from collections.abc import Iterable, Sequence

from storage.comparison.textkey import loose_key

Keyed = tuple[str, str]  # a sentence and its key

_LABEL = re.compile(r"[^.!?…:。！？]{1,60}(?::\s+|：\s*)(?=\S)")


def label_of(sentence: str) -> str:
    """What a sentence begins with up to a colon, with the space behind it; nothing where there is none."""
    found = _LABEL.match(sentence)
    return found[0] if found else ""


def labels_kept(old: Iterable[Sequence[Keyed]], new: Iterable[Sequence[Keyed]]) -> frozenset[str]:
    """The labels, by key, that both texts have, before a sentence of one that the other has without the label.

    Args:
        old: the sentences of each block of one text, with their loose keys.
        new: those of the other.
    """
    here, there = _Side(old), _Side(new)
    return frozenset(
        label
        for label in here.labelled.keys() & there.labelled.keys()
        if here.labelled[label] != there.labelled[label]
        and (here.labelled[label] in there.bare or there.labelled[label] in here.bare)
    )


class _Side:
    """What stands behind each label of a text, and all of its sentences that do not begin a block, as keys."""

    def __init__(self, blocks: Iterable[Sequence[Keyed]]) -> None:
        self.labelled: dict[str, str] = {}
        self.bare: set[str] = set()
        for (first, _), *others in blocks:
            self.bare.update(key for _, key in others)
            if label := label_of(first):
                self.labelled[loose_key(label)] = loose_key(first[len(label) :])
