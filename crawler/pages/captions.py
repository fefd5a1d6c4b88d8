"""Which texts are captions of pictures: by mark-up, by position under a picture, by being said twice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.blocks import CAPTION, Piece, fold, text_key
from crawler.pages.notices import NOTICE_START, aside_reason
from crawler.pages.pictures import is_tiny
from crawler.pages.tallies import tally_reason
from crawler.pages.wording import CREDIT, FILE_NAME, RELATED_START
from storage.comparison.corrections import is_note
from storage.letters import count_words
from storage.records import BlockKind

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:p?captions?(?!-?(?:off|hidden|btn|button))(?:[_-]?\w+)?|wp-caption-text|figcaption|legend|leyenda|bildunterschrift|(?:img[-_])?chu[-_]?thich(?:[-_]anh)?(?:[-_]\d+)?|photocms_caption"
    r"|(?:image|img|photo|picture|foto|media)[_-]{0,2}(?:captions?|desc(?:ription)?|text|title|info|credits?|legend|note|copyright|source))(?:$|[\s_-])",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<[^<>]{1,200}>")
_LABEL = re.compile(
    r"^\W*(?:video|audio|photos?|foto|image|bild|ảnh|clip|infographic|galerie|gallery)\W*$", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PICTURE_BOX = re.compile(
    r"(?:^|[\s_-])(?:photos?|fotos?|images?|img|imagen|immagine|bild|pictures?|pic|figure|thumb|anh|hinh(?:-?anh)?)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_PICTURE_FILES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
_CENTRED = re.compile(r"text-align\s*:\s*center")
MAX_CENTRED = 60  # words
LONGEST_LABEL = 20  # characters
MAX_WORDS = 90
MAX_LINES = 6  # of captions under one picture
MAX_PARAGRAPHS = 2  # of one caption
HEADLINE_WORDS = 4


def find_captions(root: HtmlElement) -> dict[HtmlElement, str]:
    """Elements whose mark-up says that they are a caption."""
    found: dict[HtmlElement, str] = {}
    for element in root.iter(
        "figcaption",
        "figure",
        "table",
        "p",
        "div",
        "span",
        "em",
        "td",
        "small",
        "i",
        "h6",
        "h5",
        "h4",
        "dd",
        "amp-img",
        "cite",
    ):
        if (
            element.tag == "figcaption"
            or _is_named(element)
            or (element.tag == "figure" and _is_picture_with_words(element))
            or (element.tag == "table" and _is_picture_table(element))
        ):
            found[element] = CAPTION
    return found


def _is_named(element: HtmlElement) -> bool:
    names = element.get("class")
    if not names or not _names_caption(names):
        return False
    holds_more = _holds_picture(element) or element.find(".//figcaption") is not None or _holds_headline(element)
    if holds_more or _is_quoted(element):
        return False
    return _short(element) and len(element.findall(".//p")) <= MAX_PARAGRAPHS


def _is_quoted(element: HtmlElement) -> bool:
    """In a box that calls itself a quotation, and shows no picture: some templates call what was said its caption."""
    boxes = islice(element.iterancestors("div", "blockquote", "figure", "section"), 2)
    box = next((up for up in boxes if "quote" in f"{up.get('class')} {up.get('type')}".lower()), None)
    return box is not None and not _holds_picture(box)


def _is_picture_with_words(figure: HtmlElement) -> bool:
    """A picture and a few words; one that holds the page's headline is the head of the article, lead and all."""
    return _holds_picture(figure) and not _holds_headline(figure) and _short(figure)


def _holds_headline(element: HtmlElement) -> bool:
    return element.find(".//h1") is not None


def _holds_picture(element: HtmlElement) -> bool:
    return next(element.iter("img", "amp-img"), None) is not None


@lru_cache(maxsize=8192)
def _names_caption(names: str) -> bool:
    return ("aption" in names or bool(_NAMED.search(names))) and bool(_NAMED.search(_CAMEL.sub("-", names)))


def _short(element: HtmlElement) -> bool:
    return count_words("".join(element.itertext())) <= MAX_WORDS


def _is_picture_table(table: HtmlElement) -> bool:
    """A picture in one cell and its caption in another, as older CMS write it."""
    pictures = sum(1 for _ in table.iter("img", "amp-img"))
    rows = sum(1 for _ in table.iter("tr"))
    return pictures >= 1 and rows <= 3 * pictures and table.find(".//h2") is None and _short(table)


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
    link = next(picture.element.iterancestors("a"), None)
    href = "" if link is None else link.get("href", "")
    return href in piece.hrefs and piece.is_link and leads_to_page(href)


def leads_to_page(href: str) -> bool:
    """To a page, and neither to a place of this one nor to the picture in full."""
    return bool(href) and not href.startswith("#") and not href.lower().split("?")[0].endswith(_PICTURE_FILES)


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
        if ancestor.tag in ("figure", "table") or ("caption" in ancestor.get("class", "") and _holds_picture(ancestor)):
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
    if key in said or FILE_NAME.match(piece.text):
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
            return _short(ancestor) and piece.link_share < 0.5
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
    if piece.hrefs and RELATED_START.match(piece.plain):
        return True
    leads_away = piece.is_link and piece.words >= HEADLINE_WORDS and any(map(leads_to_page, piece.hrefs))
    return leads_away and not CREDIT.match(piece.text)


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
