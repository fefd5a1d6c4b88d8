"""Cuts a text into words with their trailing space, for diffs that a person reads."""

import re

# Everything that is neither white space, nor punctuation, nor of a script written without spaces is a word
# character: so combining marks, vowel signs and unknown scripts stay with their words.
PUNCTUATION = (
    r"!-/:-@\[-`{-~"  # ASCII
    "¡§¦¨©«¬®¯°±´¶·¸»¿×÷"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2100-\u214f\u2190-\u2bff\u3001-\u3004\u3008-\u3020\u3030"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965"
)
# Thai, Lao, Tibetan, Burmese, Khmer, kana, Han: no spaces between words, so each character stands alone.
SPACELESS = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3021-\u302f\u3031-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
MARKS = (
    "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3"
    "\u3099\u309a"
)
_LETTERS = rf"[^\s{PUNCTUATION}{SPACELESS}]"
_CURRENCY = "$€£¥₫₩₹฿"
_DASHES = "\u2010-\u2015"

# A number keeps its separators, its percent sign and its currency; a word its apostrophes and hyphens.
_WORD = (
    rf"(?:[{_CURRENCY}](?=\d))?{_LETTERS}+"
    rf"(?:(?:(?<=\d)[.,:/{_DASHES}](?=\d)|['’\-](?={_LETTERS})){_LETTERS}+)*"
    rf"(?:(?<=\d)[%‰°{_CURRENCY}])?"
)
_RANGE = rf"(?:[\-{_DASHES}](?=\d){_LETTERS}+(?:(?<=\d)[.,](?=\d){_LETTERS}+)*[%‰°{_CURRENCY}]?)?"
_TOKEN = re.compile(
    rf"[A-Za-z\u00c0-\u024f\u1ea0-\u1eff]++\s++|{_WORD}{_RANGE}\s*|[{SPACELESS}][{MARKS}]*\s*|(?:\.{{2,}}|-{{2,}}|[{PUNCTUATION}])\s*|\s+",
)


def tokens(text: str) -> list[str]:
    """The words, numbers and marks of a text; joined they give back the text exactly."""
    return _TOKEN.findall(text)
