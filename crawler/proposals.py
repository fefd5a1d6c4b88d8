"""A proposal of reading rules for a site: what is weak without them, each rule with its effect, and its TOML."""

from collections.abc import Sequence
from dataclasses import dataclass

import tomli_w

from crawler.rules import Rules

KEYS = ("title", "lead", "section", "authors", "published", "body", "drop")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page of the site: what it is called here, its bytes, its URL and its Content-Type."""

    name: str
    body: bytes
    url: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """Where the reading of a page falls short, and why it is thought so."""

    key: str
    why: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A selector for one key of `[[reading]]`, and what reading with it changes.

    It was tried on `pages` pages; on `holds` of them it does what is promised, on the others it changes nothing.
    `before` and `after` are of the page named in `weakness`; the words are those of leads and bodies of all pages.
    """

    key: str
    selector: str
    weakness: Weakness
    holds: int
    pages: int
    before: str
    after: str
    words_gained: int
    words_lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed for the pages tried; `rules` are those in force with the suggestions added.

    `given` says that rules were in force before, and `stale` are those of their keys that pick nothing on any page and
    so are left out; `unmended` are weaknesses for which no selector holds on every page.
    """

    pages: int
    rules: Rules
    given: bool
    stale: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    unmended: tuple[Weakness, ...] = ()


def reading_block(proposal: Proposal) -> str:
    """The `[[reading]]` table to paste into site.toml, each proposed key below its reason; empty where none is."""
    if not proposal.suggestions:
        return ""
    lines = ["[[reading]]"]
    for key in KEYS:
        value = getattr(proposal.rules, key)
        if value:
            lines += [_comment(line) for one in proposal.suggestions if one.key == key for line in effect_lines(one)]
            lines.append(
                f"{key} = [{', '.join(map(_quoted, value))}]" if key == "drop" else f"{key} = {_quoted(value)}"
            )
    return "\n".join(lines) + "\n"


def effect_lines(one: Suggestion) -> list[str]:
    """A suggestion in words: why, on how many pages it holds, and what changes."""
    name = f"{one.key} {one.selector}" if one.key == "drop" else one.key
    changed = f"words: +{one.words_gained} -{one.words_lost}"
    lines = [f"{name}: {one.weakness.why}", f"  holds on {one.holds} of {one.pages} {_pages(one.pages)}; {changed}"]
    if one.before != one.after:
        lines.append(f"  {one.before or 'none'} -> {one.after or 'none'}")
    return lines


def _quoted(text: str) -> str:
    return tomli_w.dumps({"key": text}).removeprefix("key = ").rstrip("\n")


def _pages(count: int) -> str:
    return "page" if count == 1 else "pages"


def _comment(text: str) -> str:
    """A comment of one line; TOML allows no control character in it but the tab."""
    return "# " + "".join(char if char.isprintable() else " " for char in text)


def comments(lines: Sequence[str]) -> str:
    """Lines as TOML comments."""
    return "".join(f"{_comment(line).rstrip()}\n" for line in lines)
