"""Changes a text wherever a page holds it: in its text, in attributes, and in the JSON of its scripts."""

import json
import re
from collections.abc import Callable, Iterator
from html import escape

from lxml.html import HtmlElement

from bench.mutating.drafts import elements, set_slot

_NOT_TEXT = frozenset(["class", "id", "style", "href", "src", "srcset", "data-src", "data-srcset", "name", "property"])
_GAP = r"(?:\s|&nbsp;|\\u00[aA]0|\\n)+"


def rewrite(root: HtmlElement, old: str, new: str) -> int:
    """Put `new` in the place of `old` everywhere; gives the number of texts. Where no text has it, nothing is done."""
    count = rewrite_text(root, old, new)
    if count:
        _in_attributes(root, old, new)
        rewrite_scripts(root, old, new)
    return count


def rewrite_text(root: HtmlElement, old: str, new: str) -> int:
    """As `rewrite`, but in text alone: neither attributes nor scripts."""
    found = list(_texts_with(root, pattern)) if (pattern := _plain(old)) else []
    for text, node, tail in found:
        set_slot(node, pattern.sub(lambda _: new, text) if pattern else text, tail=tail)
    return len(found)


def count_texts(root: HtmlElement, told: str) -> int:
    """How many times texts say something, attributes and scripts left out."""
    pattern = _plain(told)
    return sum(len(pattern.findall(text)) for text, _, _ in _texts_with(root, pattern)) if pattern else 0


def _texts_with(root: HtmlElement, pattern: re.Pattern[str]) -> Iterator[tuple[str, HtmlElement, bool]]:
    """Each such text, the node that has it, and whether as its tail."""
    for node in root.iter():
        pieces = [(node.tail, True)]
        if isinstance(node.tag, str) and node.tag not in {"script", "style"}:  # a comment has text too, and a tail
            pieces.append((node.text, False))
        yield from ((text, node, tail) for text, tail in pieces if text and pattern.search(text))


def rewrite_scripts(root: HtmlElement, old: str, new: str) -> int:
    """As `rewrite`, but in scripts alone, where texts stand escaped in one of JSON's ways."""
    words = old.split()
    pattern = re.compile(_GAP.join(f"(?:{'|'.join(map(re.escape, _spellings(word)))})" for word in words))
    count = 0
    for script in root.iter("script"):
        if script.text:
            script.text, made = pattern.subn(_in_the_same_way(old, new), script.text)
            count += made
    return count


def _in_attributes(root: HtmlElement, old: str, new: str) -> None:
    pattern = _plain(old)
    for element in elements(root) if pattern else ():
        for name, value in element.items():
            if pattern and name not in _NOT_TEXT and pattern.search(value):
                element.set(name, pattern.sub(lambda _: new, value))


def _plain(text: str) -> re.Pattern[str] | None:
    """A text with any white space in it; None for a text of none."""
    return re.compile(r"\s+".join(map(re.escape, words))) if (words := text.split()) else None


def _spellings(word: str) -> set[str]:
    plain = {word, json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1], escape(word)}
    return plain | {one.replace("/", "\\/") for one in plain} | {escape(word, quote=False)}


def _in_the_same_way(old: str, new: str) -> Callable[[re.Match[str]], str]:
    ascii_alone = json.dumps(old)[1:-1]

    def spelled(match: re.Match[str]) -> str:
        return json.dumps(new, ensure_ascii=match[0].isascii() and "\\u" in ascii_alone)[1:-1]

    return spelled
