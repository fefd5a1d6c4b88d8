"""Phrases that a text may begin with, of many languages: looked up by their first letter, since there are many."""

import re

_EDGE = re.compile(r"[\s:：>»›▶►→➔➜➞⇒➤☞👉💡🔗🔴*•|.…!?\[\](\-–—]*+")
EDGE = _EDGE.pattern
_UNSPACED = re.compile("[\u0e00-\u0e7f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_LONG = 5  # characters


def listed(phrases: str) -> list[str]:
    """The phrases of a text in which `;` stands between them."""
    return [" ".join(phrase.split()) for phrase in phrases.split(";")]


class Phrases:
    """Matches a text that begins with one of the phrases, punctuation passed over, and goes on with `then`."""

    def __init__(self, phrases: str, *, then: str, glued: bool = False) -> None:
        """`glued`: what is long and of a script without spaces may go on with anything."""
        by_letter: dict[str, list[str]] = {}
        for phrase in listed(phrases):
            pattern = re.escape(phrase).replace(r"\ ", r"\s+")
            alone = glued and len(phrase) >= _LONG and _UNSPACED.fullmatch(phrase[-1])
            by_letter.setdefault(phrase[0].casefold()[:1], []).append(pattern if alone else pattern + then)
        self._by_letter = {
            letter: re.compile(f"(?:{'|'.join(sorted(found, key=len, reverse=True))})", re.IGNORECASE)
            for letter, found in by_letter.items()
        }

    def match(self, text: str) -> re.Match[str] | None:
        edge = _EDGE.match(text)
        start = edge.end() if edge else 0
        pattern = self._by_letter.get(text[start : start + 1].casefold()[:1])  # İ is folded into two
        return pattern.match(text, start) if pattern else None
