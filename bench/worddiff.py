"""How fast and how readable word diffs are: ours beside difflib and rapidfuzz on the same words, in the same run.

    python -m bench.worddiff [--words 500 5000 20000] [--seed N]

Texts are made up: words are spread as in real news, sentences have 8 to 25 of them. `light` changes one word in
thirty and `heavy` three in ten, phrases of one to six at a time, which are replaced, dropped or put in; `full` is
another text.
The others get the words cut by `storage.comparison.tokens`, and the time for that is in theirs as in ours. A ratio says
how many times as long as ours theirs took; hunks are stretches of changed words. Times are the best of several, in CPU
time. Hostile texts are timed without the others, which may take minutes there.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from time import process_time

from rapidfuzz.distance import Indel
from rich.console import Console
from rich.table import Table

from storage.comparison.patience import encode
from storage.comparison.tokens import tokens
from storage.comparison.worddiff import word_diff

_VOCABULARY = 20_000
_COMMON = 2.7  # weights of 1 / (rank + 2.7), as Mandelbrot found them: two words of a text are equal 5 times in 1,000
_LIGHT, _HEAVY = 1 / 30, 3 / 10
_MEAN_PHRASE = 3.5  # words

console = Console(width=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Two texts to compare."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Milliseconds of CPU time, and the changed stretches found."""

    milliseconds: float
    hunks: int


def edits(size: int, rng: random.Random) -> Iterator[Case]:
    """A text of so many words and three later forms of it."""
    source = _news(rng)
    old = list(islice(source, size))
    yield Case(name="light", old=" ".join(old), new=" ".join(_edited(old, _LIGHT, source, rng)))
    yield Case(name="heavy", old=" ".join(old), new=" ".join(_edited(old, _HEAVY, source, rng)))
    yield Case(name="full", old=" ".join(old), new=" ".join(islice(source, size)))


def hostile(size: int, rng: random.Random) -> Iterator[Case]:
    """Texts of so many words that bring simple methods to their knees."""
    words = list(islice(_news(rng), size))
    block = size // 10
    shuffled = [words[start : start + block] for start in range(0, size, block)]
    rng.shuffle(shuffled)
    unique = [f"{word}{number}" for number, word in enumerate(words)]
    yield Case(name="one word repeated", old="không " * size, new="không " * (size * 4 // 5))
    yield Case(name="two words alternating", old="có không " * (size // 2), new="không có có " * (size // 3))
    yield Case(name="reversed", old=" ".join(words), new=" ".join(words[::-1]))
    yield Case(name="all unique, reversed", old=" ".join(unique), new=" ".join(unique[::-1]))
    yield Case(name="all unique, two thirds kept", old=" ".join(unique), new=" ".join(_thinned(unique)))
    yield Case(name="blocks shuffled", old=" ".join(words), new=" ".join(word for part in shuffled for word in part))
    yield Case(name="every other word gone", old=" ".join(words), new=" ".join(words[::2]))
    yield Case(name="no spaces", old="習近" * (size // 2), new="近習習" * (size // 3))
    yield Case(name="only marks", old="-" * size, new="- " * (size // 2))


def _thinned(words: Sequence[str]) -> list[str]:
    return [word for number, word in enumerate(words) if number % 3]


def _news(rng: random.Random) -> Iterator[str]:
    """Words without end, with capitals and punctuation."""
    vocabulary = _vocabulary(rng)
    weights = [1 / (rank + _COMMON) for rank in range(_VOCABULARY)]
    while True:
        sentence = rng.choices(vocabulary, weights, k=rng.randint(8, 25))
        if len(sentence) > 12:
            sentence[len(sentence) // 2] += ","
        yield sentence[0].capitalize()
        yield from sentence[1:-1]
        yield sentence[-1] + "."


def _vocabulary(rng: random.Random) -> list[str]:
    onsets = [
        "b",
        "c",
        "ch",
        "d",
        "đ",
        "g",
        "h",
        "kh",
        "l",
        "m",
        "n",
        "ng",
        "nh",
        "ph",
        "qu",
        "s",
        "t",
        "th",
        "tr",
        "v",
    ]
    rhymes = ["a", "ai", "an", "anh", "ấp", "ao", "ần", "e", "ết", "i", "iên", "o", "ông", "ở", "u", "ước", "ư", "y"]
    found: dict[str, None] = {}
    while len(found) < _VOCABULARY:
        syllables = rng.choices((1, 2, 3), (6, 3, 1))[0] if len(found) < 300 else rng.randint(2, 4)
        found["".join(rng.choice(onsets) + rng.choice(rhymes) for _ in range(syllables))] = None
    return list(found)


def _edited(words: Sequence[str], share: float, source: Iterator[str], rng: random.Random) -> Iterator[str]:
    at = 0
    while at < len(words):
        if rng.random() >= share / (_MEAN_PHRASE * (1 - share) + share):
            yield words[at]
            at += 1
            continue
        how = rng.random()
        if how < 0.75:  # replaced or dropped
            at += rng.randint(1, 6)
        if not 0.5 <= how < 0.75:  # replaced or put in
            yield from islice(source, rng.randint(1, 6))


def _ours(case: Case) -> int:
    return sum(not hunk.equal for hunk in word_diff(case.old, case.new))


def _difflib(case: Case) -> int:
    old, new = tokens(case.old), tokens(case.new)
    return sum(step[0] != "equal" for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _rapidfuzz(case: Case) -> int:
    steps = Indel.opcodes(*encode(tokens(case.old), tokens(case.new)))
    kinds = [step.tag != "equal" for step in steps]
    return sum(changed and not before for before, changed in zip([False, *kinds], kinds, strict=False))


def timed(method: Callable[[Case], int], case: Case, times: int) -> Timing:
    """The best of several times."""
    best = float("inf")
    hunks = 0
    for _ in range(times):
        start = process_time()
        hunks = method(case)
        best = min(best, process_time() - start)
    return Timing(milliseconds=best * 1000, hunks=hunks)


def _print_edits(sizes: Sequence[int], seed: int) -> None:
    table = Table("words", "edit", "ours ms", "hunks", "difflib ms", "ratio", "hunks", "rapidfuzz ms", "ratio", "hunks")
    for size in sizes:
        for case in edits(size, random.Random(seed)):  # noqa: S311 texts, not secrets
            ours, fuzz = timed(_ours, case, 9), timed(_rapidfuzz, case, 5)
            lib = timed(_difflib, case, 3 if size <= 5_000 else 1)
            cells = [f"{size:,}", case.name, f"{ours.milliseconds:.2f}", f"{ours.hunks}"]
            for other in (lib, fuzz):
                cells += [
                    f"{other.milliseconds:.1f}",
                    f"{other.milliseconds / ours.milliseconds:.1f}",
                    f"{other.hunks}",
                ]
            table.add_row(*cells)
    console.print(table)


def _print_hostile(sizes: Sequence[int], seed: int) -> None:
    table = Table("hostile text", *(f"{size:,} words: ms" for size in sizes), "hunks")
    rows = [list(hostile(size, random.Random(seed))) for size in sizes]  # noqa: S311 texts, not secrets
    for cases in zip(*rows, strict=True):
        found = [timed(_ours, case, 3) for case in cases]
        table.add_row(cases[0].name, *(f"{one.milliseconds:.1f}" for one in found), f"{found[-1].hunks}")
    console.print(table)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--words", type=int, nargs="+", default=[500, 5_000, 20_000], help="sizes of the texts")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    _print_edits(options.words, options.seed)
    _print_hostile(options.words, options.seed)


if __name__ == "__main__":
    main()
