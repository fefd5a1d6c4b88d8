"""A URL that a site cannot have: what it answers there is how it says "not found", whatever the status."""

import re
from urllib.parse import urlsplit, urlunsplit

from storage.records import Article
from storage.sitememory import block_key

_NUMBER = re.compile(r"\d{3,}")
_PARTS = re.compile(r"(.*?)((?:[-_.~][A-Za-z]{0,8})?0{3,}.*|\.[A-Za-z0-9]{1,5})?")  # words, then number or ending


def impossible_url(url: str, token: str) -> str:
    """The URL of an article made into one of no article: other words, and zeros for its numbers.

    Sites find an article by the number in its address, or by its words; `token` makes sure of the words.
    """
    parts = urlsplit(url)
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    zeros = _NUMBER.sub(lambda digits: "0" * len(digits[0]), name)
    match = _PARTS.fullmatch(zeros)
    tail = (match[2] or "") if match else ""
    apart = "-" if tail[:1].isdigit() else ""
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/khong-co-trang-nay-{token}{apart}{tail}", "", ""))


def answer_keys(article: Article | None) -> tuple[int, ...]:
    """The keys of what such a page says, in the order in which it says it."""
    if article is None:
        return ()
    texts = (article.lead, *(block.text for block in article.body))
    return tuple(key for key in dict.fromkeys(map(block_key, texts)) if key)
