"""How well copies are found among many articles, how fast, and in how much memory: `python -m bench.copies [NUMBER]`.

Makes articles from an invented vocabulary whose words are as unevenly common as those of a language, and copies of
some: reworded a little, cut, or with paragraphs added. All are signed and looked up as the archive does it. Prints, for
each kind of copy, how many of those that share a third of their wording were found, and how many of all; then how many
of the pages that were found are copies.
"""

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

from sqlalchemy import insert

from storage import schema
from storage.archive import init
from storage.copies import shingles, signatures
from storage.database import archive_url, batched, open_engine

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
COPIED = 10  # one article in so many has one copy of each kind
Text = list[str]
Change = Callable[[random.Random, Text, Text], Text]  # of a text, with the words of another to put in


def vocabulary() -> tuple[list[str], list[float]]:
    """Words and how common each is, added up: the n-th is 1/n as common as the first (Zipf's law)."""
    onsets = ("b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "ph", "qu", "s", "t", "th", "tr", "v", "x")
    rhymes = ("a", "ai", "an", "anh", "ao", "ât", "ê", "iên", "ô", "ơi", "u", "ươc")
    words = [onset + rhyme + tone for onset in onsets for rhyme in rhymes for tone in ("", "f", "s", "r", "x", "j")]
    return words, list(accumulate(1 / rank for rank in range(1, len(words) + 1)))


def reworded(part: float) -> Change:
    """Every word replaced by another with a probability."""
    return lambda chance, text, others: [chance.choice(others) if chance.random() < part else word for word in text]


def cut(part: float) -> Change:
    """A part of the text kept, from the beginning."""
    return lambda _chance, text, _others: text[: int(len(text) * part)]


def longer(part: float) -> Change:
    """Paragraphs added before and after, together a part of the length."""

    def make(_chance: random.Random, text: Text, others: Text) -> Text:
        added = others[: int(len(text) * part)]
        return added[: len(added) // 3] + text + added[len(added) // 3 :]

    return make


def both(first: Change, second: Change) -> Change:
    """One change, then another."""
    return lambda chance, text, others: second(chance, first(chance, text, others), others)


KINDS: dict[str, Change] = {
    "the same": reworded(0),
    "2 % reworded": reworded(0.02),
    "5 % reworded": reworded(0.05),
    "10 % reworded": reworded(0.10),
    "20 % reworded": reworded(0.20),
    "20 % cut": cut(0.8),
    "50 % cut": cut(0.5),
    "25 % added": longer(0.25),
    "100 % added": longer(1.0),
    "cut, then added": both(cut(0.7), longer(0.3)),
}


def articles(number: int, seed: int = 1) -> list[tuple[str, str]]:
    """Texts with their kind; a copy stands after the text that it copies, and that has the kind `original`."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    words, weights = vocabulary()

    def text(length: int) -> Text:
        return chance.choices(words, cum_weights=weights, k=length)

    made: list[tuple[str, str]] = []
    while len(made) < number:
        original = text(60 + int(chance.lognormvariate(6.2, 0.5)))
        copied = chance.randrange(COPIED) == 0
        made.append(("original" if copied else "alone", " ".join(original)))
        if copied:
            made += [(kind, " ".join(change(chance, original, text(len(original))))) for kind, change in KINDS.items()]
    return made


def store(folder: Path, made: Sequence[tuple[str, str]]) -> str:
    """An archive with a page for each article and its signature; nothing else is needed to find copies."""
    url = f"sqlite:///{folder}/copies.db"
    init(url, NOON)
    engine = open_engine(archive_url(url))
    with engine.begin() as connection:
        connection.execute(insert(schema.site).values(id=1, key="bench", first_seen=NOON))
        body = {"sha256": "0" * 64, "size": 0, "chain": "bench", "seq": 0, "data": b""}
        connection.execute(insert(schema.body).values(id=1, **body))
    for batch in batched(enumerate(made, 1), 100):  # as a busy crawl would
        with engine.begin() as connection:
            page = {"site_id": 1, "host": "bench.example", "state": "live", "first_seen": NOON}
            rows = [page | {"id": number, "url": f"https://bench.example/{number}"} for number, _ in batch]
            connection.execute(insert(schema.page), rows)
            for number, (_, text) in batch:
                signatures.keep(connection, number, 1, text.split())
    engine.dispose()
    return url


def look_up(url: str, made: Sequence[tuple[str, str]]) -> tuple[dict[int, set[int]], float, int]:
    """The copies that were found of each original, the seconds of CPU that took, and how many were compared."""
    engine = open_engine(archive_url(url), read_only=True)
    found: dict[int, set[int]] = {}
    compared = 0
    begun = time.process_time()
    with engine.begin() as connection:
        for number, (kind, text) in enumerate(made, 1):
            if kind != "original":
                continue
            alike = signatures.alike(connection, number)
            compared += len(alike)
            wanted = shingles.shingles(text.split())
            pairs = ((other, shingles.shingles(made[other - 1][1].split())) for other in alike if other != number)
            found[number] = {other for other, said in pairs if shingles.similarity(wanted, said) >= shingles.COPY}
    taken = time.process_time() - begun
    engine.dispose()
    return found, taken, compared


def report(made: Sequence[tuple[str, str]], found: dict[int, set[int]]) -> None:
    """Recall of each kind of copy, and precision."""
    all_of: Counter[str] = Counter()
    copies_of: Counter[str] = Counter()
    found_of: Counter[str] = Counter()
    real = 0
    for original, others in found.items():
        own = range(original + 1, min(original + len(KINDS), len(made)) + 1)
        wanted = shingles.shingles(made[original - 1][1].split())
        for number in own:
            kind, text = made[number - 1]
            all_of[kind] += 1
            copies_of[kind] += shingles.similarity(wanted, shingles.shingles(text.split())) >= shingles.COPY
            found_of[kind] += number in others
        real += sum(other in own for other in others)
    print(f"{'copy':<18}{'made':>8}{'share a third':>15}{'found':>8}{'of these':>10}")
    for kind in KINDS:
        part = found_of[kind] / copies_of[kind] if copies_of[kind] else 1
        print(f"{kind:<18}{all_of[kind]:>8}{copies_of[kind]:>15}{found_of[kind]:>8}{part:>10.2%}")
    total = sum(len(others) for others in found.values())
    print(f"recall {sum(found_of.values()) / sum(copies_of.values()):.2%}, precision {real / max(1, total):.2%}")


def main() -> None:
    """Make, store, look up, report."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = articles(number)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        url = store(Path(folder), made)
        signed = time.process_time() - begun
        size = (Path(folder) / "copies.db").stat().st_size
        found, taken, compared = look_up(url, made)
    words = sum(text.count(" ") + 1 for _, text in made) / len(made)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{len(made)} articles of {words:.0f} words, {size / len(made):.0f} bytes each in the database")
    print(f"signed and stored in {signed:.0f} s of CPU, {signed / len(made) * 1e3:.2f} ms each")
    print(
        f"{len(found)} looked up in {taken:.0f} s of CPU, {taken / len(found) * 1e3:.1f} ms each, {compared} compared"
    )
    print(f"memory {after / 1024:.0f} MB, of which the texts that were made take {before / 1024:.0f}")
    report(made, found)


if __name__ == "__main__":
    main()
