"""Whether a word denies something where it stands: a syllable of `hàng không` and of `không gian` does not."""

from collections.abc import Container

from storage.comparison import lexicon

_NEGATED = {"cs": "ne", "sk": "ne"}  # the negation is the beginning of the verb: platí, neplatí

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
    if word not in lexicon.negations(language):
        return word.startswith(("n'", "n’")) and language == "fr"
    return language not in {"vi", lexicon.ANY} or not _is_part(word, before, after)


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


def is_denied(word: str, others: Container[str], language: str) -> bool:
    """Whether a lower-case word is one of the other side's, denied by its beginning."""
    prefix = _NEGATED.get(language, "")
    return bool(prefix) and word.startswith(prefix) and word not in others and word.removeprefix(prefix) in others
