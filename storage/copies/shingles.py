"""How alike two texts are: shingles of words, and the small signature by which similar ones are found.

MinHash (A. Z. Broder, On the resemblance and containment of documents, 1997) with banding for locality-sensitive
hashing (J. Leskovec, A. Rajaraman, J. Ullman, Mining of Massive Datasets, chapter 3).
"""

import hashlib
import struct
from collections.abc import Sequence

from rensa import RMinHash

from storage.records import Article
from storage.search.words import spellings

FEWEST_WORDS = 40  # a shorter text says what many say: a caption, a result, a weather report
COPY = 1 / 3  # shingles that two copies share, of all that either has: every tenth word replaced leaves 57 %

_WORDS = 3  # in a shingle; a Vietnamese word has two syllables mostly, and a syllable is a word here
_BANDS, _ROWS = 32, 3  # finds 88 % of those that share 40 %, 98.6 % of 50 %, one in 4,000 of unrelated ones (2 %)
_SLOTS = _BANDS * _ROWS
_SEED = 1
_FORMAT = f"<B{_SLOTS}H"  # the version of the algorithm, then the low half of each slot
_LOOKS_ALIKE = COPY - 0.12  # two and a half standard errors of 96 slots below what a copy has


def words_of(article: Article) -> list[str]:
    """The words by which an article is a copy of another: those of its lead and text, without its own headline."""
    texts = (article.lead, *(block.text for block in article.body))
    return [form for text in texts for form, _ in spellings(text)]


def shingles(words: Sequence[str]) -> set[str]:
    """Every run of three words; of a shorter text, all its words."""
    if len(words) < _WORDS:
        return {" ".join(words)} if words else set()
    return {" ".join(words[at : at + _WORDS]) for at in range(len(words) - _WORDS + 1)}


def similarity(some: set[str], others: set[str]) -> float:
    """The shingles that two texts share, of all that either has: 0 to 1."""
    return len(some & others) / len(some | others) if some and others else 0.0


def signature(words: Sequence[str]) -> bytes | None:
    """The signature of a text, 193 bytes; None where it is too short to be a copy of anything."""
    if len(words) < FEWEST_WORDS:
        return None
    made = RMinHash(num_perm=_SLOTS, seed=_SEED)
    made.update(sorted(shingles(words)))
    return struct.pack(_FORMAT, RMinHash.ALGORITHM_VERSION, *(slot & 0xFFFF for slot in made.digest()))


def bands(signed: bytes) -> list[int]:
    """The numbers under which a signature is found, 64 bits with a sign; similar texts have one in common.

    Signatures by different versions of the algorithm have none.
    """
    size = 2 * _ROWS
    parts = (signed[:1] + bytes([n]) + signed[1 + n * size : 1 + (n + 1) * size] for n in range(_BANDS))
    return [int.from_bytes(hashlib.blake2b(part, digest_size=8).digest(), signed=True) for part in parts]


def looks_alike(one: bytes, other: bytes) -> bool:
    """Whether two signatures may be those of copies, which their texts then decide."""
    (version, *slots), (other_version, *others) = struct.unpack(_FORMAT, one), struct.unpack(_FORMAT, other)
    same = sum(a == b for a, b in zip(slots, others, strict=True))
    return bool(version == other_version) and same >= _LOOKS_ALIKE * _SLOTS
