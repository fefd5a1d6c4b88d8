"""JSON-LD as news pages really carry it: parsed where it is sound, salvaged where it is broken.

Faults met on news pages: line breaks and control characters in strings, trailing commas, HTML comments and CDATA
around the object, entities for quotes, two objects in one script, a stray semicolon, unescaped quotes in a headline.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]

LONGEST_SALVAGE = 60_000
LONGEST_SCRIPT = 2_000_000  # characters; article objects are a few kilobytes, even with the body in them
DEEPEST = 12

_DECODER = json.JSONDecoder(strict=False)
_WRAPPING = re.compile(r"<!--|-->|/\*\s*<!\[CDATA\[\s*\*/|/\*\s*\]\]>\s*\*/|(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_DOUBLE_COMMA = re.compile(r",(?:\s*,)+")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])|\\u(?![0-9a-fA-F]{4})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u2028\u2029\ufeff]")
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleSection|description|@type)"\s*+:\s*+(?:\[\s*+)?'
    r'"((?:[^"\\\n]|\\.|"(?!\s*[,}\]\n])){0,3000})"'
)
_AUTHOR = re.compile(r'"(?:author|creator)"\s*:\s*(\[[^\]]{0,4000}\]|\{[^}]{0,2000}\}|"[^"\n]{0,300}")')
_NAME = re.compile(r'"name"\s*:\s*"([^"\n]{1,300})"')


def parse_script(text: str) -> list[Node]:
    """The top-level objects of one script, `@graph` and lists unfolded; empty when nothing can be saved."""
    source = _CONTROL.sub(" ", text[:LONGEST_SCRIPT]).strip()
    if not source:
        return []
    for candidate in _repairs(source):
        found = _decode_all(candidate)
        if found:
            return [node for value in found for node in _unfold(value, 0)]
    return _salvage(source)


def _repairs(source: str) -> Iterator[str]:
    """The script as it is, then with ever more of the known faults undone."""
    yield source
    bare = _WRAPPING.sub(" ", source).strip().rstrip(";").strip()
    bare = _BAD_ESCAPE.sub("", _TRAILING_COMMA.sub("", _DOUBLE_COMMA.sub(",", bare)))
    yield bare
    if "&quot;" in bare or "&#34;" in bare:
        yield _TRAILING_COMMA.sub("", html.unescape(bare))


def _decode_all(source: str) -> list[Any]:
    """All JSON values that stand one after the other in `source`; empty unless all of it is read."""
    values, at = [], 0
    while at < len(source):
        try:
            value, at = _DECODER.raw_decode(source, at)
        except (ValueError, RecursionError):
            return []
        values.append(value)
        at = _skip(source, at)
    return [value for value in values if isinstance(value, dict | list)]


def _skip(source: str, at: int) -> int:
    while at < len(source) and source[at] in " \t\r\n;,":
        at += 1
    return at


def _unfold(value: object, depth: int) -> Iterator[Node]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _unfold(item, depth + 1)
    elif isinstance(value, dict):
        if isinstance(value.get("@graph"), list | dict):
            yield from _unfold(value["@graph"], depth + 1)
        if value.keys() - {"@graph", "@context"}:
            yield value
            for key in ("mainEntity", "mainEntityOfPage"):  # a WebPage may hold the article
                if isinstance(value.get(key), dict) and "headline" in value[key]:
                    yield from _unfold(value[key], depth + 1)


def _salvage(source: str) -> list[Node]:
    """The few fields that matter, by pattern, from a script that no repair makes into JSON."""
    node: Node = {}
    source = re.sub(r"[ \t]+", " ", source[:LONGEST_SALVAGE])
    for name, raw in _FIELD.findall(source):
        node.setdefault(name, _unescape_json(raw))
    if "headline" not in node:
        return []
    author = _AUTHOR.search(source)
    if author:
        names = _NAME.findall(author.group(1)) or [author.group(1).strip('"')]
        node["author"] = [{"name": _unescape_json(name)} for name in names if not name.startswith(("[", "{"))]
    if not str(node.get("@type", "")).endswith(("Article", "Posting")):
        node["@type"] = "NewsArticle"
    return [node]


def _unescape_json(raw: str) -> str:
    try:
        return str(json.loads('"' + raw.replace('"', '\\"').replace('\\\\"', '\\"') + '"', strict=False))
    except ValueError:
        return raw


def types_of(node: Node) -> tuple[str, ...]:
    """The schema.org types of a node without their prefix: `("NewsArticle",)`."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return tuple(item.rsplit("/", 1)[-1] for item in values if isinstance(item, str))


def text_of(value: object) -> str:
    """A JSON-LD value as one line of plain text: entities undone (twice, as some are escaped twice), space folded."""
    if isinstance(value, list):
        return next((text for text in map(text_of, value) if text), "")
    if isinstance(value, dict):
        return text_of(value.get("@value") or value.get("name") or "")
    if not isinstance(value, str):
        return ""
    return " ".join(html.unescape(html.unescape(value)).split())


def texts_of(value: object) -> list[str]:
    """All texts of a value that may be one thing or a list."""
    values = value if isinstance(value, list) else [value]
    return [text for text in map(text_of, values) if text]
