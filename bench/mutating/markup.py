"""Noise in the mark-up that no reader sees: tokens, hashes, tracking, other spellings of mark-up and characters."""

import json
import re
import unicodedata
from collections.abc import Callable
from html import entities
from random import Random

from lxml.html import HtmlElement

from bench.mutating.drafts import Draft, elements, fragment, is_embedded, set_slot, slots

_SPACE_KEPT = frozenset(["pre", "textarea", "code", "script", "style"])
_PIECES = re.compile(r"(<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->|<[^>]*>)", re.DOTALL | re.IGNORECASE)
_LONG_WORD = re.compile(r"[^\W\d_]{7,}")


def tokens(draft: Draft, rng: Random) -> bool:
    """Fresh CSRF tokens, nonces and inline state."""
    head = draft.root.find("head")
    if head is None:
        return False
    head.append(fragment(f'<meta name="csrf-token" content="{rng.getrandbits(160):x}">'))
    state = {"build": f"{rng.getrandbits(40):x}", "now": rng.randrange(10**12), "user": None, "ab": rng.choice("ABC")}
    head.append(fragment(f"<script nonce='{rng.getrandbits(64):x}'>window.__STATE__={json.dumps(state)}</script>"))
    for script in draft.root.iter("script"):
        script.set("nonce", f"{rng.getrandbits(64):x}")
    for form in list(draft.root.iter("form")):
        form.append(fragment(f"<input type='hidden' name='_token' value='{rng.getrandbits(160):x}'>"))
    return True


def hashes(draft: Draft, rng: Random) -> bool:
    """New hashes in the addresses of scripts and style sheets, and of images where they tell their version."""
    for element, name in ((one, name) for one in elements(draft.root) for name in ("src", "href")):
        value = element.get(name, "")
        versioned = element.tag in {"script", "img"} or element.get("rel") == "stylesheet"
        if versioned and "?" not in value and value.startswith(("/", "http")):
            element.set(name, f"{value}?v={rng.getrandbits(32):x}")
    return True


def tracking(draft: Draft, rng: Random) -> bool:
    """Tracking parameters in links and images."""
    marks = [f"utm_source=home&utm_campaign={rng.getrandbits(16):x}", f"fbclid={rng.getrandbits(64):x}"]
    for link in draft.root.iter("a"):
        if (href := link.get("href", "")).startswith(("/", "http")) and "#" not in href:
            link.set("href", f"{href}{'&' if '?' in href else '?'}{rng.choice(marks)}")
    for image in draft.root.iter("img"):
        if (source := image.get("src", "")).startswith(("/", "http")):
            image.set("src", f"{source}{'&' if '?' in source else '?'}t={rng.randrange(10**9)}")
    return True


def attribute_order(draft: Draft, rng: Random) -> bool:
    """The same attributes in another order."""
    for element in elements(draft.root):
        items = element.items()
        if len(items) > 1:
            rng.shuffle(items)
            element.attrib.clear()
            for name, value in items:
                element.set(name, value)
    return True


def white_space(draft: Draft, rng: Random) -> bool:
    """Other line breaks and indentation where the mark-up leaves them free."""
    for text, node, tail in list(_free_text(draft.root)):
        set_slot(node, re.sub(r"\s+", lambda _: rng.choice([" ", "\n    ", "\n\t", "  "]), text), tail=tail)
    return True


def no_break_spaces(draft: Draft, rng: Random) -> bool:
    """No-break spaces for some spaces of the text."""
    return _respelled(draft, lambda text: re.sub(" ", lambda _: rng.choice(["\u00a0", "\u202f", " ", " ", " "]), text))


def zero_width(draft: Draft, rng: Random) -> bool:
    """Soft hyphens and characters without width in long words."""

    def cut(word: re.Match[str]) -> str:
        at = rng.randrange(3, len(word[0]) - 2)
        mark = rng.choice(["\u00ad", "\u200b", "\u2060", "\ufeff", ""])
        return word[0] if unicodedata.combining(word[0][at]) else word[0][:at] + mark + word[0][at:]

    return _respelled(draft, lambda text: _LONG_WORD.sub(cut, text))


def decomposed(draft: Draft, _rng: Random) -> bool:
    """All text with its accents apart (NFD) where they were composed."""
    changed = False
    for text, node, tail in list(slots(draft.root)):
        other = unicodedata.normalize("NFD", text)
        changed = changed or other != text
        set_slot(node, other, tail=tail)
    for element in elements(draft.root):
        for name in ("content", "alt", "title"):
            if value := element.get(name):
                element.set(name, unicodedata.normalize("NFD", value))
    return changed


def entity_spelling(text: str, rng: Random) -> str:
    """The page with some characters written as references, by name or by number."""
    names = {code: name for code, name in entities.codepoint2name.items() if code > 127}

    def spelled(match: re.Match[str]) -> str:
        code = ord(match[0])
        ways = [match[0], f"&#{code};", f"&#x{code:x};"] + ([f"&{names[code]};"] if code in names else [])
        return rng.choice(ways)

    pieces = _PIECES.split(text)
    return "".join(
        re.sub("[^\x00-\x9f]|['\"]", spelled, part) if at % 2 == 0 else part for at, part in enumerate(pieces)
    )


def hashed_classes(draft: Draft, layout: Random, content: Random) -> bool:
    """Class names with a hash of the build: behind the name (`story__x1f`), or instead of it."""
    opaque = layout.random() < 0.3
    numbers: dict[str, int] = {}
    salt = content.getrandbits(20)
    for element in elements(draft.root):
        if names := element.get("class", "").split():
            for name in names:
                numbers.setdefault(name, len(numbers) * 7919)
            made = [
                f"css-{numbers[name] ^ salt:x}" if opaque else f"{name}__{numbers[name] ^ salt:x}" for name in names
            ]
            kept = [name if is_embedded(name) else new for name, new in zip(names, made, strict=True)]
            element.set("class", " ".join(kept))
    return bool(numbers)


def _free_text(element: HtmlElement) -> list[tuple[str, HtmlElement, bool]]:
    if element.tag in _SPACE_KEPT or not isinstance(element.tag, str):
        return []
    found = [(element.text, element, False)] if element.text else []
    for child in element:
        found += _free_text(child)
        if child.tail:
            found.append((child.tail, child, True))
    return found


def _respelled(draft: Draft, change: Callable[[str], str]) -> bool:
    changed = False
    for place in draft.placed:
        for text, node, tail in list(slots(place)):
            other = change(text)
            changed = changed or other != text
            set_slot(node, other, tail=tail)
    return changed
