"""What the market, the weather and the scores of the hour are, in boxes and words set into a text by machines."""

import re
from functools import lru_cache

from lxml.html import HtmlElement

from storage.letters import count_words

_BOXES = ("div", "section", "aside", "table")
_WIDGET = re.compile(r"(?:^|\s)(?:[a-z]+[-_])?widget(?:$|\s)", re.IGNORECASE)
_BUILT = re.compile(
    r"(?:^|\s)(?:elementor|wp-block|so-|et_pb|fl-|vc_)"
)  # page builders call all that they set a widget
_RATED = re.compile(
    r"\b(?:USD|EUR|GBP|JPY|AUD|CNY|SJC|PNJ|DOJI|VN-?Index|VN30|HNX|UPCOM|NASDAQ|Dow Jones|S&P|DAX|BTC|Bitcoin"
    r"|giá vàng|tỷ giá|tỉ giá|chứng khoán|thời tiết|mua vào|bán ra|gold price|exchange rates?|wechselkurse?)\b|°\s?C",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
FEWEST_NUMBERS, MOST_WORDS, TOLD = 3, 200, 15  # of a box; and words of a paragraph, which is text
_TICKERS = re.compile(
    r"(?:^|[\s_-])(?:tickers?|stock(?:-?(?:quote|price|change|symbol|tag|code))?|price-?change|ma-?(?:ck|chung-?khoan))"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CODE = r"(?:VN-?Index|[A-Z][A-Z0-9.&-]{0,9})"
_FIGURE = r"\d[\d.,]*"
_CHANGE = rf"(?:[▲▼△▽↑↓⬆⬇]\W{{0,3}}(?:{_FIGURE})?|[+\-−–]\s?{_FIGURE})\s?%?"
_QUOTED = re.compile(
    rf"^\W*(?:(?:{_CODE}[\s:(]{{1,3}}){{1,2}}{_FIGURE}\s?%?|(?:{_CODE}[\s:(]{{1,3}}){{0,2}}{_CHANGE})"
    rf"(?:\W{{0,3}}{_CHANGE}){{0,3}}\W*$"
)
_LONGEST = 60  # characters of what is quoted


def find_rates(root: HtmlElement, protected: frozenset[HtmlElement]) -> dict[HtmlElement, str]:
    """Widgets that hold rates and no paragraph; none of them holds an element of `protected`.

    A table of the article's own stands in none, or in one of a page builder.
    """
    safe = {ancestor for element in protected for ancestor in (element, *element.iterancestors())}
    classed = ((one, one.get("class")) for one in root.iter(*_BOXES))
    named = (one for one, names in classed if names and _is_widget(names) and one not in safe)
    return {box: "page furniture" for box in named if _holds_rates(box)}


def take_out_tickers(root: HtmlElement) -> None:
    """Takes the prices that stand behind the names of shares within a sentence out of it, and leaves it whole."""
    named = [one for one in root.iter("span", "a", "b", "strong", "em", "small") if _is_ticker(one)]
    for element in named:
        said = " ".join(element.text_content().split())
        if element.getparent() is not None and len(said) <= _LONGEST and _QUOTED.match(said):
            element.drop_tree()


@lru_cache(maxsize=4096)  # pages of one site are written in the same words
def _is_widget(names: str) -> bool:
    return bool(_WIDGET.search(names)) and not _BUILT.search(names)


@lru_cache(maxsize=4096)
def _names_ticker(names: str) -> bool:
    return bool(_TICKERS.search(names))


def _holds_rates(box: HtmlElement) -> bool:
    text = " ".join(box.itertext())
    if count_words(text) > MOST_WORDS or len(_NUMBER.findall(text)) < FEWEST_NUMBERS or not _RATED.search(text):
        return False
    told = any(count_words("".join(paragraph.itertext())) >= TOLD for paragraph in box.iter("p"))
    return not told and next(box.iter("h1", "article", "main"), None) is None


def _is_ticker(element: HtmlElement) -> bool:
    names = element.get("class")
    return bool(names and _names_ticker(names)) or element.get("data-ticker") is not None
