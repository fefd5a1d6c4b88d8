"""The values that a field might have had: which one it has, and why that one."""

from collections.abc import Sequence

from storage.records import Candidate

MOST, LONGEST = 12, 300  # values of a field and characters of a value; a hostile page states thousands
_RULED = ("the site file", "site file", "site rule")
_PASSED_OVER = {  # why a value goes before one that is stated in a weightier place
    "title": "agrees best with what the page tells machines",
    "authors": "the surest byline",
    "published": "of the times stated for that day, one with a time of day",
    "modified": "of the times stated for that day, one with a time of day",
    "language": "the text is written so",
}


def candidates_of(field: str, value: str, source: str, stated: Sequence[tuple[str, str]]) -> tuple[Candidate, ...]:
    """The (value, source) pairs that a page states of a field, the weightiest first, with the chosen one marked.

    `value` and `source` are what the field has; where no pair has that value, as after a site file's rule, it goes
    first.
    """
    pairs = [(text, where) for text, where in dict.fromkeys(stated) if text]
    at = _place(pairs, value, source) if value else -1
    if value and at < 0:
        pairs, at = [(value, source), *pairs], 0
    why = _why(field, pairs, at, source) if value else ""
    if value and not source.startswith(pairs[at][1]):  # `breadcrumb, and line above the headline` says more
        pairs[at] = (value, source)
    found = [
        Candidate(field=field, value=_short(text), source=where, chosen=i == at, why=why if i == at else "")
        for i, (text, where) in enumerate(pairs)
    ]
    return tuple(found if at < MOST else [*found[: MOST - 1], found[at]])[:MOST]


def _place(pairs: Sequence[tuple[str, str]], value: str, source: str) -> int:
    """Index of the pair that was chosen, -1 where none was; a source may say more than the pair's own does."""
    if source.startswith(_RULED):
        return next((i for i, pair in enumerate(pairs) if pair == (value, source)), -1)
    alike = [i for i, (text, _) in enumerate(pairs) if text == value]
    named = [i for i in alike if pairs[i][1] in source]
    return (named or alike or [-1])[0]


def _why(field: str, pairs: Sequence[tuple[str, str]], at: int, source: str) -> str:
    """In a few words: what was noted when it was chosen, who says the same, and over what it was chosen."""
    value, where = pairs[at]
    if source.startswith(_RULED):
        return "goes before all else"
    others = [(text, other) for i, (text, other) in enumerate(pairs) if i != at]
    same = list(dict.fromkeys(other for text, other in others if text.casefold() == value.casefold()))
    reasons = [source.removeprefix(where).lstrip(" ,;")] if source.startswith(where) else []
    reasons += [f"agrees with {_listed(same)}"] if same else []
    reasons += _over(field, pairs, at)
    return "; ".join(reason for reason in reasons if reason) or "nothing else is stated"


def _over(field: str, pairs: Sequence[tuple[str, str]], at: int) -> list[str]:
    """Over what else it was chosen."""
    value, where = pairs[at]
    if field == "title" and " in the page" not in where:
        return ["no heading of the page agrees with it"]
    before = next((other for text, other in pairs[:at] if text != value), "")
    after = next((other for text, other in pairs[at + 1 :] if text != value), "")
    if before:
        return [_PASSED_OVER.get(field, "") or f"goes before {before}"]
    return [f"comes before {after}"] if after and after != where else []


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:3]) + ([f"{len(names) - 3} more"] if len(names) > 3 else [])
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
