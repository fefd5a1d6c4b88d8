"""How small captures are kept, and how fast: an archive beside .warc.gz, zstd alone and git, on churned real pages.

    python -m bench.storage FOLDER [--pages N] [--visits N] [--siblings N] [--seed N] [--jobs N] [--json FILE]

FOLDER is as bench/reading.py takes it. Each page is captured many times, with what changes on a news page from visit to
visit and with edits (bench/churn.py), and all captures are kept in each of the ways (bench/keeping.py) and in ours
(bench/ours.py), twice: each page on a site of its own; and so many pages of one template on each site, the texts of
other pages put into it. Every capture is read back from each and compared. All captures are held in memory: 4 GB for
400 pages.
"""

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn, track
from rich.table import Table

from bench import keeping, ours
from bench.churn import Capture, Subject, series, sibling
from bench.inside import Inside
from bench.keeping import Kept, Round
from bench.mutating.drafts import draft_of
from bench.mutating.stock import Source, source_of, stock_for
from bench.ours import Own
from bench.reading import Page, load

errors = Console(stderr=True)
_SHOWN = 16  # tables and indexes of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One way of laying out sites, kept in every way; `texts` are the versions' texts in git.

    `bodies` is a file of bodies only, `archive` all of an archive.
    """

    name: str
    kept: Sequence[Kept]
    texts: Kept
    bodies: Own
    archive: Own


def subjects(pages: Sequence[Page], *, count: int, siblings: int, seed: int) -> list[Subject]:
    """So many pages to capture, drawn by chance, `siblings` of them in each template."""
    chance = Random(seed)  # noqa: S311 - chance that can be repeated
    sources: dict[str, Source] = {}
    for page in track(pages, description="looking at the pages", console=errors, transient=True):
        sources[page.name] = source_of(page.name, draft_of(page.body.decode("utf-8", "replace"), page.gold))
    chosen = chance.sample(pages, k=min(count or len(pages), len(pages)))
    made: list[Subject] = []
    for number, template in enumerate(chosen[: -(-len(chosen) // siblings)]):
        others = _others(template, sources, chance, siblings - 1)
        made += [_subject(template, number, place, other, sources, seed) for place, other in enumerate((None, *others))]
    return made[: len(chosen)]


def _others(template: Page, sources: dict[str, Source], chance: Random, count: int) -> list[Source]:
    """Pages whose texts go into a template, those in its language first."""
    language = sources[template.name].language
    usable = [one for one in sources.values() if one.name != template.name and one.paragraphs and len(one.title) > 3]
    chance.shuffle(usable)
    return sorted(usable, key=lambda one: one.language != language)[:count]


def _subject(
    template: Page, number: int, place: int, other: Source | None, sources: dict[str, Source], seed: int
) -> Subject:
    text, gold, parts = template.body.decode("utf-8", "replace"), template.gold, urlsplit(template.url)
    url = template.url
    if other is not None:
        text, gold = sibling(text, gold, other)
        path = f"{parts.path.rpartition('/')[0]}/{'-'.join(other.title.casefold().split()[:9])}-{place}.html"
        url = f"{parts.scheme}://{parts.netloc}{path}"
        text = text.replace(template.url, url)
    language = sources[template.name].language
    return Subject(
        name=f"{number:04}-{place:02}",
        site=f"site-{number:04}",
        url=url,
        text=text,
        gold=gold,
        stock=stock_for(template.name, language, sources.values(), Random(f"{seed}/{template.name}")),  # noqa: S311
        seed=seed,
    )


def captured(work: Sequence[Subject], visits: int, processes: int) -> list[Round]:
    """All captures of all pages, round by round."""
    made: dict[str, list[Capture]] = {}
    columns = (TextColumn("capturing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        Progress(*columns, console=errors, transient=True) as progress,
        ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool,
    ):
        bar = progress.add_task("pages", total=len(work))
        for done in as_completed([pool.submit(series, subject, visits) for subject in work]):
            captures = done.result()
            made[captures[0].page] = captures
            progress.advance(bar)
            if not errors.is_terminal and len(made) % 20 == 0:  # a bar is not seen there
                errors.print(f"{len(made)} of {len(work)} pages captured")
    return [[made[subject.name][visit] for subject in work] for visit in range(visits)]


def measure(name: str, rounds: Sequence[Round]) -> Measured:
    """All captures kept in each way, one after the other."""
    with TemporaryDirectory(prefix="luutin-bench-") as made:
        folder = Path(made)
        archive = ours.luutin(rounds, folder)
        errors.print(f"{name}: kept in an archive")
        in_git = keeping.git("git gc --aggressive", keeping.bodies_of(rounds), folder / "git")
        texts = keeping.git("texts in git", keeping.texts_of(rounds), folder / "texts")
        errors.print(f"{name}: kept in git")
        others = [keeping.raw(rounds), keeping.warc(rounds, folder), keeping.zstd_alone(rounds), in_git]
        bodies = ours.bodies_alone(rounds, folder)
    return Measured(name=name, kept=[*others, *_own(bodies, archive)], texts=texts, bodies=bodies, archive=archive)


def _own(bodies: Own, archive: Own) -> list[Kept]:
    captures = bodies.written.captures
    frames = ours.frames_alone("frames as written", bodies.inside, captures)
    compacted = ours.frames_alone("frames compacted", bodies.inside_compacted, captures)
    return [frames, bodies.written, archive.written, compacted, bodies.compacted, archive.compacted]


def table(measured: Measured) -> Table:
    """The ways beside one another."""
    drawn = Table(title=f"{measured.name}: {measured.kept[0].captures:,} captures", box=None)
    drawn.add_column("kept as", no_wrap=True)
    for heading in ("bytes a capture", "write ms", "of CPU", "read ms", "99 %", "most", "most hops"):
        drawn.add_column(heading, justify="right", no_wrap=True)
    for kept in measured.kept:
        drawn.add_row(*_row(kept))
    return drawn


def _row(kept: Kept) -> list[str]:
    spent, times = kept.writing, sorted(1000 * one for one in kept.reading)
    writing = ["", ""] if spent is None else [f"{1000 * one / kept.captures:.2f}" for one in (spent.clock, spent.cpu)]
    picked = (median(times), times[len(times) * 99 // 100], times[-1]) if times else ()
    reading = [f"{one:.2f}" for one in picked] or [""] * 3
    hops = "" if kept.hops is None else str(kept.hops)
    return [kept.name, f"{kept.size / kept.captures:,.0f}", *writing, *reading, hops]


def ratios(measured: Measured) -> dict[str, float]:
    """Frames, bodies with their rows, and the whole archive beside the others: bytes, time to write; and the texts."""
    by_name = {kept.name.removeprefix("luutin, "): kept for kept in measured.kept}
    in_git, warc = by_name["git gc --aggressive"], by_name[".warc.gz"]
    found = {}
    for name in (f"{what} {how}" for how in ("as written", "compacted") for what in ("frames", "bodies", "archive")):
        own = by_name[name]
        found[f"{name} / git"] = own.size / in_git.size
        found[f"{name} / .warc.gz"] = own.size / warc.size
        if own.writing is not None and in_git.writing is not None:
            found[f"{name}, writing / git"] = own.writing.clock / in_git.writing.clock
            found[f"{name}, writing / git, CPU"] = own.writing.cpu / in_git.writing.cpu
    insides = {"as written": measured.archive.inside, "compacted": measured.archive.inside_compacted}
    return found | {
        f"texts {how} / git": one.frames.get("text", 0) / measured.texts.size for how, one in insides.items()
    }


def together(sets: Iterable[Sequence[Kept]]) -> list[str]:
    """Bytes of bodies beside the others, over all captures of a run: some of them have siblings, and some have none."""
    sizes: dict[str, int] = defaultdict(int)
    for kept in chain.from_iterable(sets):
        sizes[kept.name.removeprefix("luutin, ")] += kept.size
    return [
        f"{own} / {other} {sizes[own] / sizes[name]:.3f}"
        for own in ("bodies as written", "bodies compacted")
        for other, name in (("git", "git gc --aggressive"), (".warc.gz", ".warc.gz"))
    ]


def summary(measured: Measured) -> list[str]:
    """What the tables do not say."""
    inside, captures = measured.archive.inside, measured.kept[0].captures
    lines = [f"{name} {ratio:.3f}" for name, ratio in ratios(measured).items()]
    lines.append(f"{inside.versions} versions, {inside.edits} edits")
    for what, own in (("bodies", measured.bodies), ("the archive", measured.archive)):
        for how, one in (("as written", own.inside), ("compacted", own.inside_compacted)):
            frames = ", ".join(f"{kind} {size / captures:,.0f}" for kind, size in sorted(one.frames.items()))
            lines.append(f"bytes a capture in {what} {how}: frames {frames}; {_parts(one, captures)}")
    return lines


def _parts(inside: Inside, captures: int) -> str:
    """Its largest tables and indexes, and what is empty in all of them."""
    shown = [f"{name} {size / captures:,.0f}" for name, size in list(inside.tables.items())[:_SHOWN]]
    return f"{', '.join(shown)}; {inside.empty / captures:,.0f} of all are empty"


def _as_json(measured: Measured) -> dict[str, Any]:
    found = asdict(measured) | {"ratios": ratios(measured)}
    files = [own[name] for own in (found["bodies"], found["archive"]) for name in ("written", "compacted")]
    for kept in (*found["kept"], found["texts"], *files):
        kept["reading"] = sorted(kept["reading"])
    return found


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.storage", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="real pages with gold readings")
    parser.add_argument("--pages", type=int, default=0, help="so many pages, drawn by chance; all of them unless given")
    parser.add_argument("--visits", type=int, default=20, help="captures of each page")
    parser.add_argument("--siblings", type=int, default=10, help="pages of one template, where there are siblings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that make captures")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args(words)
    if not (options.folder / "gold.jsonl").is_file():
        parser.error(f"{options.folder} holds no gold.jsonl")
    pages, out, found = load(options.folder), Console(), list[Measured]()
    out.width = max(out.width, 130)
    for name, siblings in (("no siblings", 1), (f"{options.siblings} pages of a template", options.siblings)):
        work = subjects(pages, count=options.pages, siblings=siblings, seed=options.seed)
        measured = measure(name, captured(work, options.visits, options.jobs))
        out.print(table(measured))
        for line in summary(measured):
            out.print(line)
        found.append(measured)
    out.print("all captures of both:")
    for line in together(measured.kept for measured in found):
        out.print(line)
    if options.json:
        options.json.write_text(json.dumps([_as_json(measured) for measured in found]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
