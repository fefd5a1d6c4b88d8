"""How well and how fast pages are read: our reading and others on a folder of real pages with gold readings.

    python -m bench.reading FOLDER [--only NAME] [--worst N]

FOLDER holds `gold.jsonl`: one object a line with `id`, `set`, `url`, `html` (a gzipped page beside the file), `title`,
`authors`, `date`, `body` (paragraphs in order) and `opt` (indices that may be left out).

The columns: F1, precision and recall of four words at a time; the share of the gold's text in paragraphs that were
lost; of the pages with a lead of their own (bench/leads.py), those where it was lost, and where the field for the lead
has something else; the pages with a leaked teaser, notice and caption; titles, exact titles, authors and days that are
right; CPU milliseconds, the median and the most.
"""

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from lxml.html import HtmlElement, document_fromstring
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.leads import LeadScore, score_lead
from bench.readers import Reader, installed
from bench.scoring import Gold, Predicted, Score, score

console = Console()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page with its gold reading."""

    name: str
    group: str
    url: str
    body: bytes
    gold: Gold


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One reader on one page; `cpu` in seconds."""

    page: Page
    score: Score
    lead: LeadScore
    cpu: float


def load(folder: Path) -> list[Page]:
    """The pages of a folder."""
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [_page(folder, json.loads(line)) for line in lines if line.strip()]


def _page(folder: Path, row: dict[str, Any]) -> Page:
    return Page(
        name=row["id"],
        group=row["set"],
        url=row["url"] or f"https://page.example/{row['id']}",
        body=gzip.decompress((folder / row["html"]).read_bytes()),
        gold=Gold(
            body=tuple(row.get("body") or ()),
            optional=frozenset(row.get("opt") or ()),
            title=row.get("title") or "",
            authors=tuple(row.get("authors") or ()),
            day=row.get("date") or "",
        ),
    )


def measure(readers: Mapping[str, Reader], pages: Sequence[Page]) -> dict[str, list[Result]]:
    """All readers on one page after the other, so that whatever else the machine does slows all of them alike.

    Each page is read once by each, as a crawl reads it. Before that each reads one that is not counted, for what it
    loads at first.
    """
    for reader in readers.values():
        reader(pages[0].body, pages[0].url)
    results: dict[str, list[Result]] = {name: [] for name in readers}
    for page in track(pages, description="reading", console=Console(stderr=True), transient=True):
        for name, reader in readers.items():
            started = process_time()
            predicted = _tried(reader, page, name)
            results[name].append(rated(page, predicted, process_time() - started))
    return results


def _tried(reader: Reader, page: Page, name: str) -> Predicted:
    """What a reader makes of a page; one that fails there is told, and has read nothing."""
    try:
        return reader(page.body, page.url)
    except Exception as error:  # noqa: BLE001 - whatever another's reader raises, the others go on
        console.print(f"{name} fails on {page.group} {page.name}: {type(error).__name__}: {error}"[:200], markup=False)
        return Predicted()


def rated(page: Page, predicted: Predicted, cpu: float) -> Result:
    tree = _tree(page.body)
    return Result(
        page=page, score=score(page.gold, predicted, tree), lead=score_lead(page.gold, predicted, tree), cpu=cpu
    )


def _tree(body: bytes) -> HtmlElement:
    return document_fromstring(body.decode("utf-8", "replace").replace("\0", "") or "<html></html>")


def _mean(values: Iterable[float | bool | None]) -> float | None:
    known = [float(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _text_figures(results: Sequence[Result]) -> list[float | None]:
    """F1, precision and recall over the mean shares of pages that weigh the same."""
    shared, extra, missing = (_mean(getattr(r.score, part) for r in results) for part in ("shared", "extra", "missing"))
    if shared is None or extra is None or missing is None:
        return [None, None, None]
    return [
        2 * shared / ((2 * shared + extra + missing) or 1),
        shared / ((shared + extra) or 1),
        shared / ((shared + missing) or 1),
    ]


def row(results: Sequence[Result]) -> list[float | None]:
    """The figures of one line of the table."""
    fields = [_mean(getattr(r.score, part) for r in results) for part in ("title", "exact", "authors", "day")]
    leaks = [_mean(r.score.leaks.get(kind) for r in results) for kind in ("teaser", "notice", "caption")]
    lost = [
        _mean(r.score.lost for r in results),
        _mean(r.lead.lost for r in results),
        _mean(r.lead.misplaced for r in results),
    ]
    times = [1000 * median(r.cpu for r in results), 1000 * max(r.cpu for r in results)]
    return [*_text_figures(results), *lost, *leaks, *fields, *times]


_HEADINGS = [
    *("F1", "P", "R", "lost", "no lead", "misled", "teaser", "notice", "caption"),
    *("title", "exact", "authors", "date", "ms", "max ms"),
]
_TOGETHER = {"news": ("vietnamese", "publishers", "english")}  # sets that are shown as one as well


def table(measured: Mapping[str, Sequence[Result]]) -> Table:
    """All readers, set by set."""
    drawn = Table(title="Reading real pages", box=None)
    drawn.add_column("set and reader", no_wrap=True)
    for heading in _HEADINGS:
        drawn.add_column(heading, justify="right", no_wrap=True)
    groups: dict[str, dict[str, list[Result]]] = defaultdict(dict)
    for name, results in measured.items():
        for result in results:
            for group in (result.page.group, *_summed(result.page.group), "all"):
                groups[group].setdefault(name, []).append(result)
    for group in sorted(groups, key=lambda name: (name == "all", name in _TOGETHER)):
        readers = groups[group]
        drawn.add_row(f"[bold]{group}[/] ({len(next(iter(readers.values())))} pages)")
        for name, results in readers.items():
            drawn.add_row(f"  {name}", *(_shown(value, at) for at, value in enumerate(row(results))))
    return drawn


def _summed(group: str) -> list[str]:
    return [name for name, members in _TOGETHER.items() if group in members]


def _shown(value: float | None, column: int) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if column >= len(_HEADINGS) - 2 else f"{value:.3f}"


def worst(results: Sequence[Result], count: int) -> list[str]:
    """The pages whose text was read worst."""
    rated = [(f1, r.page) for r in results if (f1 := _text_figures([r])[0]) is not None]
    rated.sort(key=lambda pair: pair[0])
    return [f"{f1:.3f}  {page.group}  {page.name}" for f1, page in rated[:count]]


def speed(measured: Mapping[str, Sequence[Result]], rival: str = "trafilatura") -> list[str]:
    """Our CPU time as a share of another reader's, page by page, and our slowest page; empty without both of them."""
    if "luutin" not in measured or rival not in measured:
        return []
    ours, theirs = measured["luutin"], measured[rival]
    shares = [one.cpu / other.cpu for one, other in zip(ours, theirs, strict=True)]
    medians = median(one.cpu for one in ours) / median(one.cpu for one in theirs)
    slowest = max(ours, key=lambda one: one.cpu)
    sums = sum(one.cpu for one in ours) / sum(one.cpu for one in theirs)
    return [
        f"CPU as a share of {rival}'s: median page {median(shares):.2f}, medians {medians:.2f}, sums {sums:.2f}",
        f"slowest page of ours: {1000 * slowest.cpu:.0f} ms  {slowest.page.group}  {slowest.page.name}",
    ]


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="real pages with gold readings")
    parser.add_argument("--only", action="append", help="just this reader; may be given again")
    parser.add_argument("--worst", type=int, default=5, help="list so many of our worst pages")
    options = parser.parse_args(words)
    if not (options.folder / "gold.jsonl").is_file():
        parser.error(f"{options.folder} holds no gold.jsonl")
    readers = {name: reader for name, reader in installed().items() if not options.only or name in options.only}
    pages = load(options.folder)
    measured = measure(readers, pages)
    console.width = max(console.width, 160)
    console.print(table(measured))
    for line in speed(measured):
        console.print(line)
    for line in worst(measured.get("luutin", []), options.worst):
        console.print(f"worst of ours: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
