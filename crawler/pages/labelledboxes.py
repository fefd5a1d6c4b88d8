"""Small boxes within a text whose first line says what they are: an advertisement, a summary by a machine."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.notices import AD_LABEL
from crawler.pages.tagkinds import HOW, INLINE
from storage.letters import count_words

_BOXES = frozenset(("div", "section", "aside"))
_LABELS = ("div", "span", "p", "small", "b", "strong", "h3", "h4", "h5", "h6", "label", "section", "aside")
_NO_BOX = ("h1", "article", "main")
_LONGEST = 60  # characters of a label
MIN_WORDS = 4  # of a box beside its label; a button is fewer
_OFFER_WORDS, _SUMMARY_WORDS = 80, 250  # of a box, at most
_AI = r"(?:AI|A\.I\.|IA|KI|ИИ|chatgpt|gpt|gemini|copilot|trí tuệ nhân tạo|artificial intelligence)"
_SUMMED_UP = (
    r"(?:(?:nội dung )?tóm tắt(?: (?:nội dung|nhanh|bài viết|tin))*|summary|overview|recap|tl;dr"
    r"|key (?:points|takeaways)|summari[sz]ed|zusammen(?:fassung|gefasst)"
    r"|résumé|resumen|resumo|riassunto|samenvatting|streszczenie|кратко)"
)
_MADE = r"(?:generated|created|powered|generiert|erstellt|généré|fait|generado|gerado|generato|được tạo|thực hiện)"
_WITH = r"(?:bằng|bởi|từ|với|của|by|with|using|von|durch|mit|par|avec|por|con|com|da|door|przez|от|с помощью)"
_MACHINE_SUMMARY = re.compile(
    rf"^\W*(?:{_SUMMED_UP}\W+(?:{_MADE}\s+)?(?:{_WITH}\s+)?(?:l['’])?{_AI}"
    rf"|{_AI}[\s-]+(?:{_MADE}\s+)?{_SUMMED_UP}|KI-?Zusammenfassung)(?:\W+beta)?\W*$",
    re.IGNORECASE,
)


def find_labelled_boxes(root: HtmlElement, protected: frozenset[HtmlElement]) -> dict[HtmlElement, str]:
    """Boxes that begin with a line that is but a label, and why; none of them holds an element of `protected`."""
    safe = {ancestor for element in protected for ancestor in (element, *element.iterancestors())}
    found: dict[HtmlElement, str] = {}
    for element in root.iter(*_LABELS):
        said = (element.text or "").strip()
        label, most = _label(said) if 1 < len(said) <= _LONGEST else ("", 0)
        box = _box_of(element, most) if label and _is_line(element) else None
        if box is not None and box not in safe and not _is_part_of_text(box):
            found[box] = label
    return found


def _label(line: str) -> tuple[str, int]:
    """What a line calls the box that it opens, and the words that such a box has at most."""
    if AD_LABEL.match(line):
        return "advertisement", _OFFER_WORDS
    return ("summary by a machine", _SUMMARY_WORDS) if _MACHINE_SUMMARY.match(line) else ("", 0)


def _is_line(label: HtmlElement) -> bool:
    """Whether the label's line ends with it; else it is the first word of a sentence."""
    following = next(label.iterchildren(), None)
    if following is None and HOW.get(label.tag) is INLINE:
        if (label.tail or "").strip():
            return False
        following = label.getnext()
    return following is None or HOW.get(following.tag) is not INLINE


def _box_of(label: HtmlElement, most: int) -> HtmlElement | None:
    """The smallest box that begins with this label and says more, if it has no more than so many words."""
    text = (label.text or "").strip()
    for around in (label, *islice(label.iterancestors(), 4)):
        told = list(islice((part.strip() for part in around.itertext() if part.strip()), most))
        words = sum(map(count_words, told))
        if not told or told[0] != text or words > most or next(around.iter(*_NO_BOX), None) is not None:
            return None
        if around.tag in _BOXES and words >= count_words(text) + MIN_WORDS:
            return around
    return None


def _is_part_of_text(box: HtmlElement) -> bool:
    """Whether others beside it are like it, without a label: parts of the text, before one of which a label stands."""
    return next(box.iter("p"), None) is not None and any(_holds_text(one) for one in _alike(box))


def _alike(box: HtmlElement) -> Iterator[HtmlElement]:
    parent = box.getparent()
    beside = () if parent is None else parent.iterchildren(box.tag)
    return (one for one in beside if one is not box and one.get("class") == box.get("class"))


def _holds_text(box: HtmlElement) -> bool:
    """Paragraphs, and no label before them."""
    first = next((part.strip() for part in box.itertext() if part.strip()), "")
    return next(box.iter("p"), None) is not None and not _label(first)[0]
