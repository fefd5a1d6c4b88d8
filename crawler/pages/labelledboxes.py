"""Small boxes within a text whose first or last line says what they are: an advertisement, a summary by a machine."""

import re
from collections.abc import Collection, Iterator
from itertools import islice, takewhile

from lxml.html import HtmlElement

from crawler.pages.notices import AD_LABEL, AD_START
from crawler.pages.tagkinds import HOW, INLINE
from storage.letters import count_words

_BOXES = frozenset(("div", "section", "aside"))
_LABELS = ("div", "span", "p", "small", "b", "strong", "h3", "h4", "h5", "h6", "label", "section", "aside")
_NO_BOX = ("h1", "article", "main")
_LONGEST = 60  # characters of a label
_LINES = 3  # of a box that ends in its label, and the label
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
_SUMMARY = re.compile(rf"^\W*{_SUMMED_UP}\W*$", re.IGNORECASE)
_BY_MACHINE = re.compile(rf"^.{{0,40}}\b{_SUMMED_UP}\b.{{0,40}}\b{_AI}\W*$", re.IGNORECASE)


def find_labelled_boxes(root: HtmlElement, protected: frozenset[HtmlElement]) -> dict[HtmlElement, str]:
    """Boxes that begin or end with a line that is but a label, and why; none holds an element of `protected`."""
    safe = {ancestor for element in protected for ancestor in (element, *element.iterancestors())}
    found: dict[HtmlElement, str] = {}
    for element in root.iter(*_LABELS):
        said = (element.text or "").strip()
        label, most = _label(said) if 1 < len(said) <= _LONGEST else ("", 0)
        box = _box(element, most) if label and _is_line(element) else None
        if box is not None and box not in safe and not _is_part_of_text(box):
            found[box] = label
        elif AD_START.match(said) and (offer := _offer(element)) is not None and offer not in safe:
            found[offer] = "advertisement"
    return found | _summaries(root, safe)


def _summaries(root: HtmlElement, safe: Collection[HtmlElement]) -> dict[HtmlElement, str]:
    """Boxes that begin with a line that says "Summary", and end in one that says that a machine made it."""
    found: dict[HtmlElement, str] = {}
    for element in root.iter(*_LABELS):
        said = (element.text or "").strip()
        if len(said) <= _LONGEST and _BY_MACHINE.match(said):
            boxes = (up for up in islice(element.iterancestors(), 4) if up.tag in _BOXES and _is_summary(up, said))
            found |= dict.fromkeys((box for box in islice(boxes, 1) if box not in safe), "summary by a machine")
    return found


def _is_summary(box: HtmlElement, last: str) -> bool:
    told = list(islice((part.strip() for part in box.itertext() if part.strip()), _SUMMARY_WORDS))
    short = sum(map(count_words, told)) <= _SUMMARY_WORDS and next(box.iter(*_NO_BOX), None) is None
    return short and told[-1] == last and bool(_SUMMARY.match(told[0]))


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


def _box(label: HtmlElement, most: int) -> HtmlElement | None:
    below = _box_of(label, most)
    return _box_above(label) if below is None else below


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


def _box_above(label: HtmlElement) -> HtmlElement | None:
    """A box that this label ends, put in between the paragraphs of a text: of one line beside it, two at most.

    A label may stand above a place that a script fills; no box of the text ends in it then.
    """
    around = next((up for up in islice(label.iterancestors(), 4) if up.getparent() is not None and _is_more(up)), None)
    if around is None or around.tag not in _BOXES or next(around.iter(*_NO_BOX, "figure", "img"), None) is not None:
        return None
    told = [part.strip() for part in around.itertext() if part.strip()]
    fits = told[-1] == (label.text or "").strip() and len(told) <= _LINES and count_words(told[0]) >= MIN_WORDS
    return around if fits and sum(map(count_words, told)) <= _OFFER_WORDS and _is_between_paragraphs(around) else None


def _offer(line: HtmlElement) -> HtmlElement | None:
    """The box, put in between the paragraphs of a text, of a line that begins by saying that it is paid for."""
    small = takewhile(_is_offer, (line, *islice(line.iterancestors(), 2)))
    return next((box for box in small if box.tag in _BOXES and _is_between_paragraphs(box)), None)


def _is_offer(box: HtmlElement) -> bool:
    words = sum(map(count_words, islice(box.itertext(), _OFFER_WORDS)))
    return words <= _OFFER_WORDS and next(box.iter("p", *_NO_BOX), None) is None


def _is_more(box: HtmlElement) -> bool:
    """More than one line."""
    return len(list(islice((part for part in box.itertext() if part.strip()), 2))) == 2


def _is_between_paragraphs(box: HtmlElement) -> bool:
    """Before and after it, or what holds nothing but it, stand paragraphs that no box holds."""
    while (parent := box.getparent()) is not None and len(parent) == 1 and not (parent.text or "").strip():
        box = parent
    return all(
        next((True for one in box.itersiblings("p", preceding=before) if count_words(one.text_content()) > 1), False)
        for before in (True, False)
    )


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
