"""Posts of social networks that a page shows: their words without how often they were liked and shared."""

import re
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece, text_key
from crawler.pages.tallies import COUNTERS_AFTER, COUNTERS_BEFORE
from storage.letters import count_unspaced

_POST = re.compile(
    r"(?:^|[\s_-])(?:tiktok-embed|twitter-(?:tweet|video)|instagram-media|text-post-media|bluesky-embed|mastodon-embed"
    r"|fb-(?:post|video)|reddit-(?:embed\S*|card)|threads-embed|telegram-(?:post|embed)|vk-embed|pinterest-embed"
    r"|social-?(?:embed|post)|embed(?:ded)?-post)(?:$|[\s_-])"
)
_REACH = 160  # characters at either end
_DIGIT = re.compile(r"\d")


def without_counts(root: HtmlElement, pieces: list[Piece]) -> list[Piece]:
    """The pieces, those of posts without the counts that their text begins or ends with."""
    posts = {quote for quote in root.iter("blockquote") if _is_post(quote)}
    return [_bare(piece) if not posts.isdisjoint(piece.path) else piece for piece in pieces] if posts else pieces


def _is_post(quote: HtmlElement) -> bool:
    """Networks give posts out as quotations, at times with a box of the page's own around."""
    around = islice(quote.iterancestors(), 2)
    return any(_POST.search(one.get("class") or "") for one in (quote, *around))


def _bare(piece: Piece) -> Piece:
    """A post that is nothing but counts is left as it is: a line of its own, which is known for what it is."""
    text = _without(piece.text) if _DIGIT.search(piece.text) else piece.text
    if text == piece.text or not text_key(text):
        return piece
    words = len(text.split()) + count_unspaced(text)
    return replace(piece, text=text, key=text_key(text), words=words, linked=min(piece.linked, len(text)))


def _without(text: str) -> str:
    after = COUNTERS_AFTER.search(text, max(0, len(text) - _REACH))
    text = text[: after.start()] if after else text
    before = COUNTERS_BEFORE.match(text, 0, _REACH)
    return (text[before.end() :] if before else text).strip()
