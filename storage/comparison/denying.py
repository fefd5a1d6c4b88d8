"""Whether a word denies something where it stands: a syllable of `hàng không` and of `không gian` does not."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from storage.comparison import lexicon

# The negation is the beginning of the verb: platí, neplatí.
_NEGATED = {"cs": "ne", "sk": "ne", "lt": "ne", "lv": "ne", "fa": "ن"}
# Where it is a part of the verb, what that says without it: değişmeyecek, değişecek; gelmiyor, geliyor.
_TURKISH = re.compile("m[ae]y(?=[aeıi])|m[ae]|m(?=[ıiuü]yor)")
_VOICELESS = str.maketrans("dbcgğ", "tpçkk")
# Words that end in one, or begin with one.
_DENYING_END = {"ta": ("ில்லை", "ாது"), "bn": ("নি",), "te": ("లేదు",)}
_DENYING_BEGINNING = {"ko": ("않", "못하", "못했", "못한", "못할", "없", "아니", "아닌", "아닙")}

# What follows a Vietnamese negation and makes another word of it, unless that goes on with one of these:
# không trung is the sky, không trung thực is dishonest.
_MADE = {
    **dict.fromkeys(["khí", "quân", "phận", "tặc", "những", "lẽ"], ""),
    "hạn": "chế định",
    "gian": "lận dối nan xảo",
    "trung": "thực thành lập tâm",
    "lực": "lượng",
    "lưu": "thông trữ hành giữ lại luyến ý",
    "kích": "động thích hoạt",
    "chỉ": "đạo định ra trích huy thị dẫn",
}
_GOODS = (
    "ngân cửa khách nhà mặt đơn bán mua giao đặt chở xếp gian giữ nhận trả kho"  # before `hàng`, which denial follows
)
_VOID = "hút bơm buồng máy trường đi"  # before `chân không`: a vacuum, barefoot
_DISHES = "giò cá lụa rươi"  # behind `chả`


def is_negation(word: str, before: tuple[str, str], after: tuple[str, str], language: str) -> bool:
    """Whether a lower-case word denies something, between its two neighbours on either side in reading order."""
    if word.endswith(("n't", "n’t")):
        return True
    if _is_denying_form(word, before, after, language):
        return True
    if word not in lexicon.negations(language):
        return word.startswith(("n'", "n’")) and language == "fr"
    return language not in {"vi", lexicon.ANY} or not _is_part(word, before, after)


def _is_denying_form(word: str, before: tuple[str, str], after: tuple[str, str], language: str) -> bool:
    """Whether a word denies by its form; of Japanese and Thai a word is one character."""
    if language == "ja":  # 戻らない, しなかった; 少ない denies nothing. 戻りません
        ends_verb = "ぁ" <= before[1] <= "ん" and after[0][:1] in ("い", "か", "く")
        return (word == "な" and ends_verb) or (word == "ん" and before == ("ま", "せ"))
    if language == "th":
        return word == "ม่" and before[1] == "ไ"
    if any(word.endswith(end) and len(word) > len(end) for end in _DENYING_END.get(language, ())):
        return True
    return word.startswith(_DENYING_BEGINNING.get(language, ("\0",)))


def _is_part(word: str, before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Whether a Vietnamese negation is a syllable of a word that denies nothing."""
    if after[0] in _MADE:
        return after[1] not in _MADE[after[0]].split()
    if word == "chả":
        return after[0] in _DISHES.split()
    if (word, after[0]) == ("chưa", "kể"):  # besides, where it begins a clause; elsewhere has not told
        return not before[1].isalnum()
    return _ends_word(before, after)


def _ends_word(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Whether a negation goes with the word before it: an airline is no bank that does not."""
    earlier, what = before
    at_end = not after[0].isalnum()
    known = {
        "hàng": earlier not in _GOODS.split(),
        "chân": at_end or earlier in _VOID.split(),
        "số": earlier == "con",
        "bằng": at_end or not earlier.isalnum(),
        "trên": at_end,
        "từ": after[0] in {"đến", "tới", "thành"},
    }
    return known.get(what, False)


def _is_denied_in_turkish(word: str, others: Iterable[str]) -> bool:
    """Whether a verb is one of the others but for what denies it: etmeyecek, edecek; yapmadı, yaptı."""
    bare = {_voiceless(word[: cut.start()] + word[cut.end() :]) for cut in _TURKISH.finditer(word, 2)}
    return bool(bare) and not bare.isdisjoint(map(_voiceless, others))


def _voiceless(word: str) -> str:
    return word.translate(_VOICELESS)


def is_denied(word: str, others: AbstractSet[str], language: str) -> bool:
    """Whether a lower-case word is one of the other side's, denied by its beginning or by what it has amid it."""
    if language == "tr":
        return word not in others and _is_denied_in_turkish(word, others)
    prefix = _NEGATED.get(language, "")
    return bool(prefix) and word.startswith(prefix) and word not in others and word.removeprefix(prefix) in others
