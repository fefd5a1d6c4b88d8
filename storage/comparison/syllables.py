"""How Vietnamese syllables are written: what can be one at all, which two are one, and which is a slip of the hand.

A syllable is an onset, a rhyme and a tone, and there are few of each: what is made of others was not meant.
"""

import re
import unicodedata

from rapidfuzz.distance import OSA

from storage.letters import decompose

_ONLY_Y = re.compile("(?:[bcdđghklmnprstvx]|[kpt]h|qu)?[yýỳỷỹỵ]")
_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_VARIANTS = {"ngàn": "nghìn", "bẩy": "bảy", "nhăm": "lăm"}

_TONES = dict(zip("\u0300\u0301\u0309\u0303\u0323", "fsrxj", strict=True))  # and the keys that Telex has for them
_STOPPED = "\u0301\u0323"  # what ends in c, ch, p or t has one of these tones
_SHAPES = {"\u0302": "", "\u0306": "w", "\u031b": "w"}  # the circumflex is the letter once more: oo for ô
_BEFORE_FRONT = "ngh|gh|k"  # written before e, ê, i, y; elsewhere ng, g, c
_BEFORE_BACK = "ng|g|c"
_ANY_ONSET = "b|ch|d|đ|gi|h|kh|l|m|nh|n|ph|p|r|s|th|tr|t|v|x|"
_FRONT = (
    "e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu"
    "|y|yêm|yên|yêng|yêt|yêu|ynh|yt"
)
_BACK = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây"
    "|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong"
    "|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt"
    "|u|ua|uân|uâng|uât|uây|uc|uê|uêch|uênh|ui|um|un|ung|uơ|up|ut|uôc|uôi|uôm|uôn|uông|uôt"
    "|uy|uya|uych|uyên|uyêt|uyn|uynh|uyt|uyu|ư|ưa|ưc|ưi|ưm|ưn|ưng|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|ưt|ưu"
)
_SYLLABLE = re.compile(
    rf"(?:{_ANY_ONSET})(?:{_FRONT}|{_BACK})|(?:{_BEFORE_FRONT})(?:{_FRONT})|(?:{_BEFORE_BACK})(?:{_BACK})|gi|gin|giêng"
    rf"|qu(?:{_FRONT}|a|ac|ach|ai|am|an|ang|anh|ao|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|ân|âng|ât|ây|ơ|ơn|ơt|ôc)"
)
_RUN = re.compile(r"(.)\1+")


def is_syllable(word: str) -> bool:
    """Whether a word in lower case can be a Vietnamese syllable."""
    bare, tones = _apart(word)
    if len(tones) > 1 or _SYLLABLE.fullmatch(bare) is None:
        return False
    return not bare.endswith(("c", "ch", "p", "t")) or tones in tuple(_STOPPED)


def _apart(word: str) -> tuple[str, str]:
    """The letters of a word, and its tone marks."""
    chars = decompose(word)
    bare = "".join(char for char in chars if char not in _TONES)
    return unicodedata.normalize("NFC", bare), "".join(char for char in chars if char in _TONES)


def is_variant(one: str, other: str) -> bool:
    """Whether two syllables in lower case are one that papers spell as they please: kỹ or kĩ, nghìn or ngàn."""
    return one != other and _usual(one) == _usual(other)


def _usual(syllable: str) -> str:
    """The syllable with `i` for a `y` that is its only vowel; behind another one it is another sound: tay, tai."""
    spelt = _VARIANTS.get(syllable, syllable)
    return spelt.translate(_Y_TO_I) if _ONLY_Y.fullmatch(spelt) else spelt


def is_slip(one: str, other: str) -> bool:
    """Whether one of two words in lower case is no syllable, and was typed for the other: thôg, đđổ, cuả."""
    if one != other and one.isalpha() and _apart(one) == _apart(other):
        return True
    if min(len(one), len(other)) < 2 or not (one + other).isalpha() or is_syllable(one) == is_syllable(other):
        return False
    if _RUN.sub(r"\1", one) == _RUN.sub(r"\1", other) or sorted(_keys(one)) == sorted(_keys(other)):
        return True
    if OSA.distance("".join(_apart(one)), "".join(_apart(other))) == 1:  # wherever the tone mark is placed
        return True
    return OSA.distance(one, other) <= (1 if max(len(one), len(other)) < 6 else 2)


def _keys(word: str) -> str:
    """The keys by which Telex writes a word; the horns of `ươ` are one key."""
    apart = decompose(word.replace("đ", "dd")).replace("u\u031bo\u031b", "uo\u031b")
    found: list[str] = []
    for char in apart:
        found.append(_TONES.get(char) or (_SHAPES.get(char, char) or found[-1]))
    return "".join(found)
