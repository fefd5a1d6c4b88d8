"""Short labels over what leads elsewhere: a label and one link in a line, and a label whose block of links has gone."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice, pairwise

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece, fold, plain
from crawler.pages.cards import MIN_WORDS, Links, written_like
from crawler.pages.manner import announces
from crawler.pages.notices import AD_LABEL
from crawler.pages.tallies import tally_reason
from crawler.pages.wording import CREDIT, RELATED_HEADING, SOURCE_LINE
from storage.comparison.sentences import CLOSING, STOPS
from storage.records import BlockKind

LABEL_WORDS = 8
COLON_WORDS = 5  # of one that only its colon tells from the beginning of a sentence that a list ends
LINE_WORDS = 40  # of a line that is a label and a link
GLUED_WORDS, GLUED_LINK = 4, 3  # words of a label that runs into its link, and of the link at least
FLAT_LINKS = 2  # lines that point elsewhere, right below a label that no box holds together with them
HEADINGS_ALIKE = 2  # of the text: what is written so is no label
_ENDS_OTHERS = (*STOPS, ",", ";")  # a label may be a question
_DIVIDES = ("»", "›", "→", "|")
_ENDS_LABEL = (":", "：", *_DIVIDES)


def labelled_link(piece: Piece, links: Links) -> str:
    """Why a line that is a short label and one link points elsewhere, empty for all else.

    The label ends in a colon, and the link leads to another page of the site; or it is that of an advertisement; or it
    runs into the link, which only looks right where the two stand apart on the screen. Words need not be known.
    """
    label, link = _label_and_link(piece)
    if not label or not links.leads_away(piece):
        return ""
    if AD_LABEL.match(label) and len(label.split()) <= LABEL_WORDS:
        return "advertisement"
    divided = piece.kind is BlockKind.HEADING and label.rstrip().endswith(_DIVIDES)
    if piece.kind is not BlockKind.PARAGRAPH and piece.element.tag != "p" and not divided:
        return ""  # a paragraph in an item is a line by itself
    if _is_glued(label, link):
        return "label and link of a block"
    named = _is_bold(piece, label) or (label.rstrip().endswith(_ENDS_LABEL) and len(label.split()) <= LABEL_WORDS)
    stated = SOURCE_LINE.match(label + "x") or CREDIT.match(label)
    if named and not stated and len(link.split()) >= MIN_WORDS and links.leads_within(piece):
        return "label and link to another article"
    return ""


def _label_and_link(piece: Piece) -> tuple[str, str]:
    """The two parts of a text that ends with its only link and begins with something else; else two empty ones.

    Several links, each as long as a headline and with no more than a mark between them, are as good as one.
    """
    if len(piece.hrefs) > 1:
        return _label_and_links(piece)
    if len(piece.hrefs) != 1 or piece.kind is BlockKind.TABLE_ROW or not MIN_WORDS <= piece.words <= LINE_WORDS:
        return "", ""
    text = piece.plain.strip("[]() ") if piece.plain.startswith(("[", "(")) else piece.plain
    said = (
        plain(fold("".join(link.itertext()))) for link in piece.element.iter("a") if link.get("href") == piece.hrefs[0]
    )
    link = next((one for one in said if one and text.endswith(one)), "")
    label = text[: len(text) - len(link)]
    return (label, link) if link and len(label) > 1 else ("", "")


def _label_and_links(piece: Piece) -> tuple[str, str]:
    said = [plain(fold("".join(link.itertext()))) for link in piece.element.iter("a") if link.get("href")]
    start = piece.plain.find(said[0]) if said and all(len(one.split()) >= MIN_WORDS for one in said) else -1
    if start <= 0 or piece.words > LINE_WORDS + LABEL_WORDS:
        return "", ""
    rest = piece.plain[start:]
    between = len(rest) - sum(map(len, said))
    return (piece.plain[:start], rest) if between <= 3 * len(said) else ("", "")


def _is_bold(piece: Piece, label: str) -> bool:
    """Whether all of a few words before the link is bold, and nothing else of the line."""
    return 0 < piece.strong == len(label.strip()) and len(label.split()) <= GLUED_WORDS


def opening_link(piece: Piece) -> str:
    """What the link says that a line begins with, empty where it begins with none."""
    said = (plain(fold("".join(link.itertext()))) for link in piece.element.iter("a") if link.get("href"))
    return next((one for one in said if one and piece.plain.startswith(one)), "")


def headed_line(piece: Piece, links: Links) -> str:
    """Why a line points elsewhere that begins with a headline's link, and goes on in italics without a space.

    That is its summary, and only looks right where the two stand apart on the screen.
    """
    if len(piece.hrefs) != 1 or piece.kind is BlockKind.TABLE_ROW or not links.leads_within(piece):
        return ""
    link = opening_link(piece)
    rest = piece.plain[len(link) :]
    glued = len(link.split()) >= MIN_WORDS and rest and not rest[0].isspace() and piece.emphasised == len(rest)
    return "headline and summary of another article" if glued else ""


def _is_glued(label: str, link: str) -> bool:
    """No space or mark between them, in a script that writes words apart; a big first letter is no label."""
    ends, begins = label[-1], link[0]
    written = (ends.islower() or ends.isupper()) and (begins.isupper() or begins.isdigit())
    return written and len(label.split()) <= GLUED_WORDS and len(link.split()) >= GLUED_LINK


def counted_link(piece: Piece, links: Links) -> str:
    """Why a line that is a link and how often that was seen, or how long ago, points elsewhere; empty for all else."""
    if len(set(piece.hrefs)) != 1 or piece.kind is BlockKind.TABLE_ROW or piece.words > LINE_WORDS:
        return ""
    link = opening_link(piece)
    counted = len(link.split()) >= MIN_WORDS and tally_reason(piece.plain[len(link) :].strip())
    return "link to another article, and a count" if counted and links.leads_away(piece) else ""


def find_bare_labels(pieces: Sequence[Piece], chosen: Sequence[int], gone: Collection[int]) -> list[int]:
    """Indexes of the chosen labels that stand over nothing but links that were left out, `gone`."""
    return [index for index in chosen if _is_label(pieces[index]) and _heads_what_went(pieces, index, chosen, gone)]


def _is_label(piece: Piece) -> bool:
    ended = piece.plain.rstrip(CLOSING).endswith(_ENDS_OTHERS)
    return piece.words <= LABEL_WORDS and not ended and piece.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)


def _heads_what_went(pieces: Sequence[Piece], index: int, chosen: Sequence[int], gone: Collection[int]) -> bool:
    below = next(_boxed(pieces, index), [])
    if below:
        announced = len(below) == 1 and announces(pieces[index])  # "Best for small kitchens:", and the thing itself
        return not announced and not _is_above_another(pieces, index, below) and _all_links(pieces, below, gone)
    return (
        _is_set_off(pieces[index])
        and _heads_flat(pieces, index, chosen, gone)
        and not _is_written_like_headings(pieces, index, chosen)
    )


def _boxed(pieces: Sequence[Piece], index: int) -> Iterator[list[int]]:
    """What stands below the label in the smallest element that begins with it and holds more."""
    before = pieces[index - 1].path if index else ()
    for box in reversed(pieces[index].path):
        if box.tag in ("body", "html", "main", "article") or box in before:
            return
        if members := _members(pieces, index + 1, box):
            yield members


def _members(pieces: Sequence[Piece], start: int, box: HtmlElement) -> list[int]:
    end = start
    while end < len(pieces) and box in pieces[end].path:
        end += 1
    return list(range(start, end))


def _all_links(pieces: Sequence[Piece], members: Sequence[int], gone: Collection[int]) -> bool:
    """All of it is pictures and what was left out, and there is a link among it."""
    texts = [index for index in members if not pieces[index].picture]
    linked = any(pieces[index].link_share >= 0.5 and pieces[index].words >= MIN_WORDS - 1 for index in texts)
    return linked and all(index in gone for index in texts)


def _is_above_another(pieces: Sequence[Piece], index: int, below: Sequence[int]) -> bool:
    """A line that is no heading, above a block that has a label of its own."""
    first = next((one for one in below if not pieces[one].picture), index)
    return pieces[index].kind is BlockKind.PARAGRAPH and not pieces[first].hrefs


def _says_related(piece: Piece) -> bool:
    return announces(piece) or bool(RELATED_HEADING.match(piece.plain))


def _is_set_off(piece: Piece) -> bool:
    """Written like a heading, or announcing what follows."""
    bold = piece.strong >= 0.9 * len(piece.plain.replace(" ", ""))
    return piece.kind is BlockKind.HEADING or bold or (announces(piece) and piece.words <= COLON_WORDS)


def _is_written_like_headings(pieces: Sequence[Piece], index: int, chosen: Sequence[int]) -> bool:
    """Paragraphs set off in the same way, with the text right below each: so is this one, though links follow it."""
    if pieces[index].kind is BlockKind.HEADING:
        return False
    alike = (
        one
        for one, following in pairwise(chosen)
        if one != index
        and following == one + 1
        and written_like(pieces[one], pieces[index])
        and _is_label(pieces[one])
        and _is_set_off(pieces[one])
        and not _is_label(pieces[following])
    )
    return len(list(islice(alike, HEADINGS_ALIKE))) == HEADINGS_ALIKE


def _heads_flat(pieces: Sequence[Piece], index: int, chosen: Sequence[int], gone: Collection[int]) -> bool:
    """Links in one list or alike follow; below a heading, the text goes on with another heading or not at all."""
    at = index + 1
    while at < len(pieces) and (pieces[at].picture or at in gone):
        at += 1
    below = [one for one in range(index + 1, at) if not pieces[one].picture]
    if len(below) < FLAT_LINKS or not all(pieces[one].is_link for one in below):
        return False
    if all(pieces[one].marker is not None for one in below) and not _says_related(pieces[index]):
        return False  # a block that names itself has its label in it
    following = next((pieces[one] for one in chosen if one > index), None)
    if following is None or following.kind is BlockKind.HEADING:
        return True
    return pieces[index].kind is not BlockKind.HEADING
