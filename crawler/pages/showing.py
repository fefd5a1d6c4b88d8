"""What a page shows, text by text, whether it is the article's or not."""

from collections.abc import Iterator, Sequence
from itertools import islice

from crawler.pages.blocks import Piece, text_key
from crawler.pages.pictures import picture_url
from storage.records import BlockKind

MAX_LINKS = 40  # of one piece
LINKED = 0.3  # share of a text in links: tags run together, a label and a link, a row of buttons


def shown_texts(pieces: Sequence[Piece]) -> Iterator[str]:
    """The letters of the pieces; of each cell of a row as well, and of each link in a text that is little but links."""
    for piece in pieces:
        if not piece.text:
            continue
        yield piece.key
        if piece.kind is BlockKind.TABLE_ROW:
            yield from map(text_key, piece.text.split(" | "))
        if piece.linked and piece.link_share >= LINKED:
            for link in islice(piece.element.iter("a"), MAX_LINKS):
                if (key := text_key("".join(link.itertext()))) and key != piece.key:
                    yield key


def shown_images(pieces: Sequence[Piece], url: str) -> Iterator[str]:
    """The addresses of the pictures."""
    for piece in pieces:
        if piece.picture and (address := picture_url(piece.element, url)):
            yield address
