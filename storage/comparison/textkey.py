"""The keys under which two texts count as the same words: what is invisible, and what is only a shape, is folded.

Three keys, each coarser than the one before:

`visible`   NFC; white space folded; zero-width characters, soft hyphens and direction marks dropped, but for joiners
            that change how letters look. Two texts with one `visible` form look the same to a reader.
`text_key`  also joiners, the shapes of quotes, dashes and ellipses, and old and new Vietnamese tone placement
            (hoà/hòa).
`loose_key` also the white space beside punctuation, except between digits (`1, 2` is not `1,2`), and raised and lowered
            digits behind a letter (m² is m2, but 10² is not 102), and fractions of one character.

Case, accents and punctuation are kept in all of them: 3.5 is not 35 and ma is not má.
"""

import re
import unicodedata
from functools import lru_cache

from storage.letters import compose

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\u0000-\u0008\u000e-\u001b\u007f\U000e0000-\U000e007f"
)
# Latin letters, Vietnamese ones among them, and common marks: all visible and all NFC.
_PLAIN = re.compile("[\t-\r -~\u00a1-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u203b]*+")
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]+")
# Within a word of Arabic script the non-joiner cuts it in two (می‌خواهم), in an Indian one a joiner keeps letters apart
# or together (https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-23/#G24151).
_JOINERS = "\u200c\u200d"
_JOINED = "\u0600-\u0dff\u1780-\u18af"
_UNSEEN_JOINERS = re.compile(f"(?<![{_JOINED}])[{_JOINERS}]+|[{_JOINERS}]+(?![{_JOINED}{_JOINERS}])")
_JOINER = re.compile(f"[{_JOINERS}]")
_MANY_JOINERS = re.compile(f"([{_JOINERS}])[{_JOINERS}]+")

_SHAPES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‵ʼʹ`´＇", "'"),
        **dict.fromkeys("“”„‟″‶«»＂〝〞「」『』", '"'),
        **dict.fromkeys("‐‑‒–—―−⁃﹘﹣－", "-"),
        "…": "...",
        "⁄": "/",
        "Ð": "Đ",  # eth for the Vietnamese letter: the two capitals look the same
        "Ɖ": "Đ",
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
    }
)
# Texts whose keys are remembered, 4 MB or so: to compare two articles asks for each of theirs some ten times.
_REMEMBERED = 4096
_DOUBLED = re.compile(r"''|--+")

# Open syllables in oa, oe and uy are written with the tone on either vowel (hòa, hoà). After q the u belongs to
# the onset, and in gi- the vowel after it carries the tone: both have one spelling only and stay as they are.
_ONSET = "(?:ngh|ng|nh|ch|gh|kh|ph|th|tr|[bcdđghklmnprstvx])?"
_OLD_TONE = re.compile(
    rf"(?<![^\W\d_])({_ONSET})(?:([òóỏõọ])([ae])|([ùúủũụ])(y))(?![^\W\d_])",
    re.IGNORECASE,
)

_PUNCTUATION = r"[^\w\s]"
_SPACE_BESIDE = re.compile(rf"(?<={_PUNCTUATION}) | (?={_PUNCTUATION})")
_DIGITS_APART = re.compile(r"(?<=\d) (?=[^\w\s] ?\d)|(?<=\d[^\w\s]) (?=\d)")
_RAISED = re.compile("[¹²³⁰⁴-⁹₀-₉]+|[¼½¾⅐-⅞]")
_KEPT_SPACE = "\x1f"


def visible(text: str) -> str:
    """The text as a reader sees it: NFC, white space folded, nothing invisible."""
    if not _PLAIN.fullmatch(text):  # 6 times as fast as what follows
        text = compose(_INVISIBLE_RUN.sub("", text))
        if _JOINER.search(text):
            text = _with_joiners_that_are_seen(text)
    return " ".join(text.split())


def _with_joiners_that_are_seen(text: str) -> str:
    """Until nothing goes any more: accents that one stood between take their order, others stand beside the next."""
    while (left := compose(_UNSEEN_JOINERS.sub("", _MANY_JOINERS.sub(r"\1", text)))) != text:
        text = left
    return text


@lru_cache(_REMEMBERED)
def text_key(text: str) -> str:
    """The comparison key: equal for texts that have the same words, numbers and punctuation."""
    text = visible(text)
    if not text.isascii():
        if _JOINER.search(text):
            text = compose(_JOINER.sub("", text))
        text = _OLD_TONE.sub(_new_tone, text.translate(_SHAPES))
    return _DOUBLED.sub(lambda found: '"' if found[0] == "''" else "-", text.replace("`", "'"))


@lru_cache(_REMEMBERED)
def loose_key(text: str) -> str:
    """`text_key` without the white space beside punctuation, unless digits stand on both sides of it.

    Digits behind a letter are on the line, and fractions in digits.
    """
    key = text_key(text)
    if not key.isascii():
        key = _RAISED.sub(_on_the_line, key)
    if " " not in key:
        return key
    kept = _DIGITS_APART.sub(_KEPT_SPACE, key)
    return _SPACE_BESIDE.sub("", kept).replace(_KEPT_SPACE, " ")


def _on_the_line(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1] if found.start() else ""
    flat = unicodedata.normalize("NFKC", found[0])
    if "\u2044" in flat:
        return (" " if before.isdigit() else "") + flat.replace("\u2044", "/")
    return flat if before.isalpha() else found[0]


def _new_tone(found: re.Match[str]) -> str:
    """The syllable with its tone on the second vowel."""
    onset, first, second = str(found[1]), str(found[2] or found[4]), str(found[3] or found[5])
    apart = unicodedata.normalize("NFD", first)  # the vowel, then the tone mark
    return onset + apart[0] + unicodedata.normalize("NFC", second + apart[1])
