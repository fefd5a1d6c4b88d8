"""Lines of a text that say when it was brought up to date, and nothing else: `Cập nhật lúc 16:20`, `Uppdaterad 15.59`.

Such a line is the time of the last change as readers see it. That it names a later time says that an article was
touched, as `dateModified` does, and declares an edit beside it; by itself it is none.
"""

import re
from dataclasses import replace

from storage.comparison import lexicon
from storage.comparison.textkey import text_key, visible
from storage.comparison.updatewords import CHANGED, CHANGED_UNSPACED, UPDATED, UPDATED_UNSPACED
from storage.records import Article

_MOST_LENGTH = 120  # characters
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")

# French for short, and May in other languages: where a day stands before it, or a year behind.
_SHORT = r"(?<!\d )(?<!\d\. )maj(?! (?:19|20)\d\d)"
_UPDATED = re.compile(rf"(?<![^\W\d_])(?:{UPDATED}|{CHANGED}|{_SHORT})(?![^\W\d_])")  # a digit may touch it
# What else stands there: what came before, what leads to a day or a time, and their units and zones.
_OTHERS = """
lần cuối lúc ngày tháng năm giờ phút sáng chiều tối trưa thứ hai ba tư sáu bảy chủ nhật đăng đã xuất bản mới nhất
last published posted first created at on by the of a an p m am pm h time date
zuletzt stand veröffentlicht erstellt um uhr vom den der laatste gepubliceerd om op senast sist sidst publicerad
publisert udgivet kl klo kello julkaistu dernière mise mis à le la publié les última ultima último publicado publicada
las el em às as ultimo pubblicato alle il ore del de ostatnia opublikowano godz r poslední publikováno v dne posledná w
dnia ostatnio последнее опубликовано в г о час son yayınlanma saat pukul jam terakhir pada terbit wib wita wit τελευταία
στις την óra ora zadnje objavljeno u آخر
gmt utc ist est edt et ct cst cdt pt pst pdt mt bst cet cest mez mesz msk jst kst hkt sgt z
"""
_BESIDE = frozenset(_OTHERS.split())
_UNSPACED = re.compile(
    rf"^\W*(?:最終|最后|最後|최종\s?)?(?:{UPDATED_UNSPACED}|{CHANGED_UNSPACED})(?:日時|日|時間|时间|于|於|ล่าสุด)?"
    r"[\s\d年月日号號时時分秒點点시분초년월일午前后後上下오전오후週周曜一二三四五六日()\W]*$"
)


def is_update_line(text: str) -> bool:
    """Whether a line says when its article was brought up to date, and nothing else."""
    if len(text) > _MOST_LENGTH or not _DIGIT.search(text):
        return False
    key = text_key(text).lower()
    others, labels = _UPDATED.subn(" ", key)
    if not labels:
        return _UNSPACED.match(key) is not None
    return all(word in _BESIDE or _is_of_a_date(word) for word in _WORD.findall(others))


def _is_of_a_date(word: str) -> bool:
    return word in lexicon.months(lexicon.ANY) or word in lexicon.days(lexicon.ANY)


def update_lines(article: Article) -> tuple[str, ...]:
    """The update lines of a text, as a reader sees them."""
    return tuple(visible(block.text) for block in article.body if is_update_line(block.text))


def without_update_lines(article: Article) -> Article:
    """The article without them."""
    return replace(article, body=tuple(block for block in article.body if not is_update_line(block.text)))
