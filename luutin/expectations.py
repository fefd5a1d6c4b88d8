"""Compares what a replay made with what a case expects, and says where they differ."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

_PARTS = ("visits", "articles", "edits")


def mismatches(expected: Mapping[str, Any], made: Mapping[str, Any]) -> list[str]:
    """Where a replay differs from what is expected, one sentence for each place.

    A key that an expected object leaves out is not compared, but every visit, page, version and edit has to be
    expected; lists are compared place by place, times as instants.
    """
    missing = [f"{part}: missing in expected.json" for part in _PARTS if part not in expected]
    unexpected = [
        f"articles.{url}: not expected" for url in sorted(made["articles"].keys() - expected.get("articles", {}).keys())
    ]
    differing = [line for part in _PARTS if part in expected for line in _differences(part, expected[part], made[part])]
    return missing + unexpected + differing


def _differences(place: str, expected: object, made: object) -> Iterator[str]:
    if isinstance(expected, Mapping) and isinstance(made, Mapping):
        yield from _in_mappings(place, expected, made)
    elif isinstance(expected, list) and isinstance(made, list):
        yield from _in_lists(place, expected, made)
    elif _comparable(expected) != _comparable(made):
        yield f"{place}: expected {_short(expected)}, got {_short(made)}"


def _in_mappings(place: str, expected: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[str]:
    for key, value in expected.items():
        if key in made:
            yield from _differences(f"{place}.{key}", value, made[key])
        else:
            yield f"{place}.{key}: expected {_short(value)}, but there is none"


def _in_lists(place: str, expected: Sequence[object], made: Sequence[object]) -> Iterator[str]:
    for number, (left, right) in enumerate(zip(expected, made, strict=False)):
        yield from _differences(f"{place}[{number}]", left, right)
    for number in range(len(made), len(expected)):
        yield f"{place}[{number}]: expected {_short(expected[number])}, but there is none"
    for number in range(len(expected), len(made)):
        yield f"{place}[{number}]: not expected: {_short(made[number])}"


def _comparable(value: object) -> object:
    """A time with a zone as an instant, everything else as it is."""
    if isinstance(value, str) and "T" in value:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        return moment if moment.tzinfo is not None else value
    return value


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}… ({len(text)} characters)"
