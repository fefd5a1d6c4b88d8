"""Learns from a site's article URLs what they have in common, as patterns for its site file."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

MAX_PATTERNS = 4
_ENOUGH = 0.95  # of the articles taken: no further pattern is looked for
_TOO_FEW = 0.8  # of the articles taken: better no pattern at all than one that misses a fifth


def learned_patterns(articles: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Regular expressions that take the article URLs and none of the others; none where no shape stands out.

    Greedy cover: of the shapes that the URLs suggest, the one that takes most of what is left, the more telling
    one first among equals, until nearly all are taken.
    """
    left = list(dict.fromkeys(articles))
    total = len(left)
    refused = list(dict.fromkeys(others))
    chosen: list[str] = []
    while left and len(chosen) < MAX_PATTERNS and len(left) > total * (1 - _ENOUGH):
        pattern = _best(left, refused)
        if not pattern:
            break
        chosen.append(pattern)
        left = [url for url in left if not re.search(pattern, url)]
    return tuple(chosen) if total and len(left) <= total * (1 - _TOO_FEW) else ()


def _best(articles: Sequence[str], others: Sequence[str]) -> str:
    suggested = Counter(pattern for url in articles for pattern in _shapes(url))
    ranks = {pattern: rank for url in articles for rank, pattern in enumerate(_shapes(url))}
    order = sorted(suggested, key=lambda pattern: (-suggested[pattern], ranks[pattern], pattern))
    return next(
        (pattern for pattern in order if _is_common(suggested[pattern], articles) and not _takes_any(pattern, others)),
        "",
    )


def _is_common(count: int, articles: Sequence[str]) -> bool:
    """A shape that two URLs share; of a single article every shape is as good."""
    return count >= min(2, len(articles)) and count >= len(articles) * 0.1


def _takes_any(pattern: str, urls: Sequence[str]) -> bool:
    return any(re.search(pattern, url) for url in urls)


def _shapes(url: str) -> list[str]:
    """The patterns that one URL suggests, the most telling first."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if not segments:
        return _query_shapes(parts.query)
    extension = "".join(re.findall(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", segments[-1]))
    name = segments[-1].removesuffix(extension)
    end = f"{_escaped(extension)}$" if extension else "/?$"
    found = [*_tail_shapes(name, end), *_query_shapes(parts.query), *_date_shapes(parts.path)]
    if re.match(r"\d{4,}[-_]", name):
        found.append(r"/\d{4,}[-_][^/]+" + end)
    if len(segments) > 1 and re.fullmatch(r"\d{4,}", segments[-2]):
        found.append(r"/\d{4,}/[^/]+" + end)
    words = len(re.split(r"[-_]+", name))
    if len(segments) > 1 and words > 1:
        found.append(f"/{_escaped(segments[0])}/(?:[^/]+/)*[^/]+-[^/]+" + end)
    if words > 3:
        found.append(r"/[^/-]+(?:-[^/-]+){3,}" + end)
    return [pattern for pattern in found if re.search(pattern, url)]


def _escaped(text: str) -> str:
    return re.escape(text).replace(r"\-", "-")


def _tail_shapes(name: str, end: str) -> list[str]:
    """A number, or letters and numbers, at the end of the name: `-post123`, `-c4a5678`, `-1234567`, `_abc12def`."""
    if re.fullmatch(r"\d{3,}", name):
        return [r"/\d{3,}" + end]
    token = re.search(r"([-_.,~])([A-Za-z]{0,8}\d[A-Za-z0-9]*)$", name)
    if not token:
        return []
    if token[2].isdigit():
        return [_escaped(token[1]) + (r"\d{5,}" if len(token[2]) > 4 else r"\d+") + end]
    runs = re.findall(r"\d+|[A-Za-z]+", token[2])
    letters = [run for run in runs if not run.isdigit()]
    if len(runs) <= 4 and all(len(run) < 3 for run in letters[1:]):
        return [_escaped(token[1]) + "".join(r"\d+" if run.isdigit() else run for run in runs) + end]
    return [_escaped(token[1]) + r"[0-9A-Za-z]{8,}" + end] if len(token[2]) >= 8 else []


def _date_shapes(path: str) -> list[str]:
    shapes = (r"/\d{4}/\d{2}/\d{2}/", r"/\d{4}-\d{2}-\d{2}/", r"/\d{8}/", r"/\d{4}/\d{2}/", r"/\d{4}/[a-z]{3}/\d{2}/")
    return [shape for shape in shapes if re.search(shape, path)]


def _query_shapes(query: str) -> list[str]:
    return [rf"[?&]{_escaped(name)}=\d+" for name, _ in re.findall(r"(?:^|&)([A-Za-z_]*id|p|idx)=(\d+)(?=&|$)", query)]
