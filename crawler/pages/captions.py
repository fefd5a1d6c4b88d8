"""Which texts are captions, of which pictures: those marked so, under a picture in its manner, or said twice there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.pages.blocks import CAPTION, Piece, fold, text_key
from crawler.pages.captionmarks import MAX_WORDS, holds_picture, is_short
from crawler.pages.notices import NOTICE_START, aside_reason
from crawler.pages.pictures import is_tiny, leads_to_page, link_around
from crawler.pages.tallies import tally_reason
from crawler.pages.wording import CREDIT, FILE_NAME, RELATED_START
from storage.comparison.corrections import is_note
from storage.records import BlockKind

_TAGS = re.compile(r"<[^<>]{1,200}>")
_LABEL = re.compile(
    r"^\W*(?:video|audio|photos?|foto|image|bild|ảnh|clip|infographic|galerie|gallery)\W*$", re.IGNORECASE
)
_PICTURE_BOX = re.compile(
    r"(?:^|[\s_-])(?:photos?|fotos?|images?|img|imagen|immagine|bild|pictures?|pic|figure|thumb|anh|hinh(?:-?anh)?)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CENTRED = re.compile(r"text-align\s*:\s*center")
MAX_CENTRED = 60  # words
LONGEST_LABEL = 20  # characters
ALT_WORDS, CREDIT_WORDS = 4, 8  # of a picture's alt text, and of the credit behind it
MAX_LINES = 6  # of captions under one picture
HEADLINE_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A caption, the index of its first piece, and that of the picture it belongs to (-1: none)."""

    text: str
    at: int
    picture: int


def caption_pieces(pieces: Sequence[Piece]) -> dict[int, int]:
    """Index of each piece that is a caption -> index of its picture (-1 where none is near)."""
    found: dict[int, int] = {}
    picture = -1
    for index, piece in enumerate(pieces):
        if piece.picture:
            picture = picture if is_tiny(piece.element) else index  # what counts readers stands in the midst of a text
        elif piece.mark == CAPTION:
            found[index] = _owner(pieces, index, picture)
        elif (
            0 <= picture >= index - MAX_LINES
            and _follows(index, picture, found)
            and not _heads_another(piece, pieces[picture])
            and _is_under(index, pieces, picture)
        ):
            found[index] = picture
    return found


def _heads_another(piece: Piece, picture: Piece) -> bool:
    """A linked line whose picture leads to the same page: the headline of another article, which its `alt` repeats."""
    href = link_around(picture.element)
    return href in piece.hrefs and piece.is_link and leads_to_page(href)


def _follows(index: int, picture: int, found: Mapping[int, int]) -> bool:
    """Nothing but captions stands between the picture and the piece."""
    return all(between in found for between in range(picture + 1, index))


def _owner(pieces: Sequence[Piece], index: int, picture: int) -> int:
    """The picture before, or the one after if that shares the caption's figure and the one before does not."""
    box = _box(pieces[index].element)
    if picture >= 0 and (box is None or _within(pieces[picture].element, box)):
        return picture
    for later in range(index + 1, min(index + 4, len(pieces))):
        if pieces[later].picture and box is not None and _within(pieces[later].element, box):
            return later
    return picture if picture >= 0 and index - picture <= 3 else -1


def _box(element: HtmlElement) -> HtmlElement | None:
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in ("figure", "table") or ("caption" in ancestor.get("class", "") and holds_picture(ancestor)):
            return ancestor
    return None


def _within(element: HtmlElement, box: HtmlElement, *, itself: bool = False) -> bool:
    return (itself and element is box) or any(ancestor is box for ancestor in element.iterancestors())


def _is_under(index: int, pieces: Sequence[Piece], picture: int) -> bool:
    """A text right under a picture that repeats its alt text or a caption, is all italic, or is a photo credit."""
    piece, image = pieces[index], pieces[picture].element
    key = piece.key
    if not key or piece.words > MAX_WORDS or piece.kind is BlockKind.TABLE_ROW:
        return False
    said = {text_key(image.get(name, "")) for name in ("alt", "title", "data-caption")}
    if piece.words < 15 or _is_near(piece, image):  # an article may begin with the words of its picture's caption
        said |= {pieces[before].key for before in range(picture + 1, index)}
    if key in said or FILE_NAME.match(piece.text) or _adds_credit(piece, image):
        return True
    if _in_picture_box(piece, image) or _said_twice(pieces, index):
        return True
    if piece.kind is not BlockKind.PARAGRAPH:
        return False
    if _is_centred_below(pieces, index, picture):
        return True
    if piece.emphasised >= 0.9 * len(piece.text.replace(" ", "")) and piece.words <= 60:
        captioned = any(pieces[before].mark == CAPTION for before in range(picture + 1, index))
        unlike = captioned and ": " not in piece.plain[:LONGEST_LABEL]  # a label may stand before who took it
        return not (unlike or is_note(piece.text) or NOTICE_START.match(piece.plain))
    return bool(CREDIT.match(piece.text)) and piece.words <= 12


def _adds_credit(piece: Piece, image: HtmlElement) -> bool:
    """What the picture's alt text says, and then a few words in brackets or that name who took it."""
    said = fold(image.get("alt", ""))
    rest = piece.text.removeprefix(said) if len(said.split()) >= ALT_WORDS else piece.text
    credited = CREDIT.match(rest.strip()) or rest.strip().startswith("(")
    return 0 < len(rest) < len(piece.text) and len(rest.split()) <= CREDIT_WORDS and bool(credited)


def _is_centred_below(pieces: Sequence[Piece], index: int, picture: int) -> bool:
    """A line in the middle of the page below a picture that stands there too, and no text of that kind below it."""
    piece, following = pieces[index], pieces[index + 1] if index + 1 < len(pieces) else None
    if index != picture + 1 or piece.words > MAX_CENTRED or following is None or following.picture:
        return False
    return _is_centred(piece) and _is_centred(pieces[picture]) and not _is_centred(following)


def _is_centred(piece: Piece) -> bool:
    around = piece.path[-1:] if piece.picture else (piece.element,)
    return any(
        _CENTRED.search(element.get("style", "")) or element.get("align") == "center" or element.tag == "center"
        for element in around
    )


def _is_near(piece: Piece, image: HtmlElement) -> bool:
    """The picture stands in the element around the piece."""
    parent = piece.element.getparent()
    return parent is not None and _within(image, parent)


def _in_picture_box(piece: Piece, image: HtmlElement) -> bool:
    """Picture and text share a small box that names itself a picture's."""
    for ancestor in list(image.iterancestors())[:4]:
        if _PICTURE_BOX.search(ancestor.get("class", "")) and _within(piece.element, ancestor, itself=True):
            return is_short(ancestor) and piece.link_share < 0.5
    return False


def _said_twice(pieces: Sequence[Piece], index: int) -> bool:
    """The next line under the picture says the same again."""
    return index + 1 < len(pieces) and pieces[index + 1].key == pieces[index].key


def collect(pieces: Sequence[Piece], owners: dict[int, int], first: int, last: int) -> list[Caption]:
    """The captions of pieces `first` to `last`, each once; parts of one picture's caption are joined."""
    captions: list[Caption] = []
    seen: set[str] = set()
    owners = {**_unseen(pieces, owners, first, last), **owners}
    for index, picture in sorted(owners.items()):
        text = pieces[index].text or data_caption(pieces[index].element)
        key = text_key(text)
        if not first <= index <= last or not key or key in seen or FILE_NAME.match(text) or _LABEL.match(text):
            continue
        if _is_pointer(pieces[index]) or tally_reason(text) or aside_reason(text):
            continue
        if picture >= 0 and _opens(pieces[index], pieces[picture].element):
            continue
        seen.add(key)
        before = captions[-1] if captions else None
        if (
            before
            and before.picture == picture >= 0
            and _box(pieces[index].element) is not None
            and _box(pieces[index].element) is _box(pieces[before.at].element)
        ):
            captions[-1] = Caption(text=f"{before.text} {text}", at=before.at, picture=picture)
        else:
            captions.append(Caption(text=text, at=index, picture=picture))
    return captions


def _is_pointer(piece: Piece) -> bool:
    """A line that sends to another article, or is only a link to another page, and long enough for a headline.

    A credit may be a link as well.
    """
    if RELATED_START.match(piece.plain):
        return True
    leads_away = piece.is_link and piece.words >= HEADLINE_WORDS and any(map(leads_to_page, piece.hrefs))
    return leads_away and not CREDIT.match(piece.text)


def _opens(piece: Piece, image: HtmlElement) -> bool:
    """What a link or button around a picture says, whose figure has its caption beside that: how to see it larger.

    A class may hide it from all but screen readers, and go in a redesign.
    """
    button, figure = next(image.iterancestors("a", "button"), None), next(image.iterancestors("figure"), None)
    if button is None or figure is None:
        return False
    of_button = _within(piece.element, button, itself=True) or (piece.is_link and link_around(image) in piece.hrefs)
    return of_button and any(not _within(caption, button) for caption in figure.iter("figcaption"))


def _unseen(pieces: Sequence[Piece], owners: Mapping[int, int], first: int, last: int) -> dict[int, int]:
    """Pictures whose caption is an attribute only, for a script to show."""
    captioned = set(owners.values())
    return {
        index: index
        for index in range(max(first, 0), last + 1)
        if pieces[index].picture and index not in captioned and data_caption(pieces[index].element)
    }


def data_caption(image: HtmlElement) -> str:
    """The `data-caption` of an image or of what is right around it, tags taken out."""
    for element in (image, *list(image.iterancestors())[:3]):
        if text := element.get("data-caption"):
            return fold(_TAGS.sub(" ", text))
    return ""
