"""A sentence that went from one place and came at another was moved, though at either it was cut with its neighbour."""

from collections.abc import Sequence

from storage.changes import Change, ChangeKind
from storage.comparison.textkey import loose_key

_FEWEST_WORDS = 4
_GONE, _COME = frozenset((ChangeKind.SENTENCE_REMOVED,)), frozenset((ChangeKind.SENTENCE_ADDED,))


def relocated(changes: Sequence[Change]) -> list[Change]:
    """The changes of a body, each removal and addition of the same words told as one move, where they stand now.

    Sentences are aligned one by one. `She had 15. Hale had 8.` reads as one sentence for its ordinal, so that what
    came behind the 15 is told as added to it, and what went elsewhere as removed.
    """
    gone = {key: at for at, one in enumerate(changes) if (key := _lone(one, _GONE, one.removed, one.added))}
    moves: dict[int, int] = {}
    for at, one in enumerate(changes):
        key = _lone(one, _COME, one.added, one.removed)
        if key in gone and gone[key] not in moves.values():
            moves[at] = gone[key]
    taken = set(moves.values())
    return [_move(changes[moves[at]], one) if at in moves else one for at, one in enumerate(changes) if at not in taken]


def _lone(change: Change, kinds: frozenset[ChangeKind], told: Sequence[str], other: Sequence[str]) -> str:
    """The key of the one sentence that a change is about; empty where it is about anything else."""
    alone = change.field == "body" and frozenset(change.kinds) == kinds and len(told) == 1 and not other
    return loose_key(told[0]) if alone and len(told[0].split()) >= _FEWEST_WORDS else ""


def _move(gone: Change, come: Change) -> Change:
    return Change(field="body", kinds=(ChangeKind.MOVED,), before=gone.removed[0], after=come.added[0])
