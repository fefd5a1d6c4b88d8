"""Which bodies of a chain go into one frame when an archive is compacted, and what each frame is built on. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storage import bodycodec

_MOST = 8  # bodies in a frame; with more they take no less
_MOST_BYTES = 3 << 20  # to be decoded for the oldest of them: 1 ms
_LARGE = 1 << 20  # bytes of one body, which shares a frame with none before it: together they take a hundredth less
_SEVERAL = 8  # frames of large bodies
_ENOUGH = 4  # bodies that are not compacted yet: those of a page that is watched still are more the next time


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A body of a chain: how many bytes it has, and `frame`, the number of the frame that it shares; None: its own."""

    id: int
    seq: int
    size: int
    frame: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Bodies that go into one frame, the newest first, and the body that they are built on."""

    members: Sequence[int]
    base: int


def worth_it(segment: Sequence[Kept], *, few: bool) -> bool:
    """Whether enough bodies of a segment have frames of their own; with `few` any will do."""
    loose = sum(one.frame is None for one in segment)
    return loose >= (1 if few else _ENOUGH)


def groups(segment: Sequence[Kept]) -> list[Group]:
    """The frames to be made of a segment's bodies, which are given in their order and begin with its keyframe.

    A keyframe is in none of them. Each frame is built on the newest body of an earlier one.
    """
    first, *others = segment
    heads = [first.id, *_heads(others)]
    made = []
    for members in _cut([one for one in others if one.frame is None]):
        base = heads[_base_of(len(heads), max(one.size for one in members))]
        made.append(Group(members=[one.id for one in reversed(members)], base=base))
        heads.append(members[-1].id)
    return made


def _base_of(number: int, size: int) -> int:
    """Which frame another one is built on, arranged as bodies are (storage/bodycodec.py).

    Large bodies take long to decode: of these all are two hops away from the keyframe at most.
    """
    if size > _LARGE:
        return number - number % _SEVERAL if number % _SEVERAL else 0
    base = bodycodec.base_of(number)
    assert base is not None  # there are no more frames than bodies
    return base


def _heads(others: Sequence[Kept]) -> list[int]:
    """The newest body of each frame that was made before."""
    newest = {one.frame: one.id for one in others if one.frame is not None}
    return list(newest.values())


def _cut(loose: Sequence[Kept]) -> Iterator[list[Kept]]:
    members: list[Kept] = []
    size = 0
    for one in loose:
        full = len(members) == _MOST or one.size > _LARGE or size + one.size > _MOST_BYTES
        if members and full:
            yield members
            members, size = [], 0
        members.append(one)
        size += one.size
    if members:
        yield members
