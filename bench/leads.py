"""Which pages have a lead of their own, and whether a reading kept it.

A page has a lead where its gold's first paragraph is set apart from the text under it: the meta description says the
same words, or the page writes the paragraph in an element of another tag or class than the next paragraph's. A text
shorter than eight words, or one that is the headline, is no lead. A lead
is lost where less than half of it is in the reading at all, and misplaced where the meta description and the gold
agree on it and the reading has other words in its field for the lead.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement
from rapidfuzz import fuzz

from bench.scoring import Gold, Predicted, folded, held

_FEWEST, _MOST = 8, 160  # words of a lead
_DESCRIPTIONS = ("og:description", "description", "twitter:description")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadScore:
    """None where the page has no lead of its own, or where only the gold's order tells what it is."""

    lost: bool | None = None
    misplaced: bool | None = None


def score_lead(gold: Gold, predicted: Predicted, page: HtmlElement) -> LeadScore:
    paragraphs = [text for index, text in enumerate(gold.body) if index not in gold.optional][:2]
    if len(paragraphs) < 2 or not _FEWEST <= len(folded(paragraphs[0]).split()) <= _MOST:
        return LeadScore()
    first, second = paragraphs
    if any(folded(first) in folded(heading.text_content()) for heading in page.iter("h1", "title")):
        return LeadScore()
    stated = any(_same(first, text) for text in _descriptions(page))
    if not stated and not _written_apart(page, first, second):
        return LeadScore()
    elsewhere = predicted.lead is not None and held(first, predicted.lead) < 0.5
    return LeadScore(
        lost=held(first, predicted.text) < 0.5, misplaced=elsewhere if stated and predicted.lead is not None else None
    )


def _descriptions(page: HtmlElement) -> Iterable[str]:
    for meta in page.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in _DESCRIPTIONS:
            yield meta.get("content") or ""


def _same(text: str, other: str) -> bool:
    ours, theirs = folded(text), folded(other)
    return abs(len(ours) - len(theirs)) <= 0.15 * len(ours) and fuzz.ratio(ours, theirs) >= 92


def _written_apart(page: HtmlElement, first: str, second: str) -> bool:
    """Both stand in elements of their own on the page, and these are written unlike each other."""
    places = [_style(page, text) for text in (first, second)]
    return None not in places and places[0] != places[1]


def _style(page: HtmlElement, text: str) -> tuple[str, str] | None:
    """Tag and class of the outermost element that holds just this text."""
    wanted = folded(text)
    for element in page.iter("p", "div", "h2", "h3", "h4", "strong", "b", "section", "span", "header", "li", "td"):
        text = element.text_content()
        if len(text) <= 3 * len(wanted) + 200 and folded(text) == wanted:
            return element.tag, element.get("class") or ""
    return None
