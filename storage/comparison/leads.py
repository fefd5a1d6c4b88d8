"""Where two readings of an article have its lead: above the text in one, amid it or not at all in the other."""

from collections.abc import Sequence
from dataclasses import replace

from storage.comparison.aligning import is_similar
from storage.comparison.textkey import loose_key
from storage.records import Article, Block, BlockKind

MUCH = 40  # characters of a lead, to be known by them
_MOST_BEFORE = 3  # paragraphs above one that is the lead elsewhere


def with_moved_lead_in_body(old: Article, new: Article) -> tuple[Article, Article]:
    """The articles, the lead of either put before the text where that of one stands further down in the other."""
    if _lead_moved(old, new) or _lead_moved(new, old):
        return _with_lead_in_body(old), _with_lead_in_body(new)
    return old, new


def with_leads_settled(old: Article, new: Article) -> tuple[Article, Article]:
    """The articles, the first paragraph of one made its lead where the other has it so: a template may not mark it.

    A lead that is a paragraph further down in the other one is one in both: only the same words elsewhere told it.
    """
    if bool(old.lead) == bool(new.lead):
        return old, new
    if old.lead:
        new_first, old_first = _settled(new, old)
        return old_first, new_first
    return _settled(old, new)


def _lead_moved(old: Article, new: Article) -> bool:
    """Whether the lead stands further down in the other text, behind two paragraphs, no mere labels, that both have.

    What the other text has for its lead, if anything, has to be a paragraph of this one, else it was read otherwise.
    """
    lead, other = loose_key(old.lead), loose_key(new.lead)
    keys = [loose_key(block.text) for block in new.body]
    both = {loose_key(block.text) for block in old.body} - {lead}
    if not lead or lead not in keys or other == lead or (other and other not in both):
        return False
    return sum(len(key) >= MUCH and key in both for key in keys[: keys.index(lead)]) > 1


def _with_lead_in_body(article: Article) -> Article:
    if not article.lead or loose_key(article.lead) in {loose_key(block.text) for block in article.body}:
        return article
    return replace(article, lead="", body=(_paragraph(article.lead), *article.body))


def _paragraph(text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text)


def _settled(without: Article, having: Article) -> tuple[Article, Article]:
    first = without.body[0].text if without.body else ""
    if not is_similar(loose_key(first), loose_key(having.lead)):
        return without, _with_lead_in_its_place(having, without.body)
    if having.body and is_similar(loose_key(having.body[0].text), loose_key(having.lead)):
        return without, replace(having, lead="")  # it is there twice
    return replace(without, lead=first, body=without.body[1:]), having


def _with_lead_in_its_place(article: Article, other: Sequence[Block]) -> Article:
    """The article, its lead where a paragraph like it stands in the other text, behind what both begin with."""
    lead = loose_key(article.lead)
    for place, (block, beside) in enumerate(zip(article.body, other[1 : _MOST_BEFORE + 1], strict=False), 1):
        if loose_key(block.text) != loose_key(other[place - 1].text):
            break
        if is_similar(loose_key(beside.text), lead):
            body = (*article.body[:place], _paragraph(article.lead), *article.body[place:])
            return replace(article, lead="", body=body)
    return article
