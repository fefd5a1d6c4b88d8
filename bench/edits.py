"""How well edits are found, and nothing but edits: second versions of real pages, crawled, compared, and counted.

    python -m bench.edits FOLDER [--pages N] [--each N] [--kinds "NAME; ..."] [--seed N] [--jobs N] [--no-peers]
                                 [--json FILE]

FOLDER is as bench/reading.py takes it. Each page is served on a loopback address of its own, each story of it is
crawled into an archive of its own, and what the archive then holds is judged. `--json` writes every miss, one object a
line.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn, track

from bench.edit_table import table
from bench.judging import Verdict, judge
from bench.mutating.drafts import draft_of
from bench.mutating.kinds import EDITS, NOISES
from bench.mutating.stock import Source, Stock, source_of, stock_for
from bench.mutating.stories import Workshop
from bench.peers import differs, installed
from bench.reading import Page, load
from bench.watching import Watch, host_of, start_forkserver

errors = Console(stderr=True)

# What this module imports: its processes fork their reading processes from one that has all that already.
IMPORTED = ("bench.edit_table", "bench.judging", "bench.peers", "bench.reading", "bench.watching")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What one process does at a time: all stories of one page."""

    page: Page
    text: str
    stock: Stock
    host: str
    kinds: frozenset[str]
    seed: int
    peers: bool


def judged(job: Job) -> list[Verdict]:
    """The verdicts on all stories of a page."""
    shop = Workshop(name=job.page.name, text=job.text, gold=job.page.gold, stock=job.stock, seed=job.seed)
    peers = installed() if job.peers else {}
    taken: dict[str, dict[str, str]] = {name: {} for name in peers}
    verdicts = []
    with (
        TemporaryDirectory(prefix="luutin-bench-") as folder,
        Watch(folder=Path(folder), host=job.host, url=job.page.url) as watch,
    ):
        for story in shop.stories(job.kinds):
            seen = watch.see(story.forms)
            flagged = {name: differs(peer, story.forms, taken[name]) for name, peer in peers.items()}
            verdicts.append(judge(job.page.name, story, seen, flagged))
            for known in taken.values():
                for form in story.forms[1:]:
                    known.pop(form, None)
    return verdicts


def jobs(pages: Sequence[Page], *, count: int, kinds: frozenset[str], each: int, seed: int, peers: bool) -> list[Job]:
    """The jobs for so many pages, drawn by chance, about `each` of them for a kind; all pages lend their texts."""
    texts = {page.name: page.body.decode("utf-8", "replace") for page in pages}
    sources: dict[str, Source] = {}
    for page in track(pages, description="looking at the pages", console=errors, transient=True):
        sources[page.name] = source_of(page.name, draft_of(texts[page.name], page.gold))
    chance = Random(seed)  # noqa: S311 - chance that can be repeated
    chosen = chance.sample(list(enumerate(pages)), k=min(count or len(pages), len(pages)))
    return [
        Job(
            page=page,
            text=texts[page.name],
            stock=stock_for(page.name, sources[page.name].language, sources.values(), Random(f"{seed}/{page.name}")),  # noqa: S311
            host=host_of(number),
            kinds=_drawn(kinds, chance, each / len(chosen) if each else 1.0),
            seed=seed,
            peers=peers,
        )
        for number, page in chosen
    ]


def _drawn(kinds: frozenset[str], chance: Random, share: float) -> frozenset[str]:
    """The kinds to try on one page: those that few pages allow always, of the others a share."""
    return frozenset(kind for kind in sorted(kinds) if chance.random() < share or (kind in EDITS and EDITS[kind].rare))


def run(work: Sequence[Job], processes: int) -> list[Verdict]:
    """All verdicts, in as many processes."""
    verdicts: list[Verdict] = []
    columns = (TextColumn("watching"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        bar = progress.add_task("pages", total=len(work))
        with ProcessPoolExecutor(
            processes, mp_context=get_context("spawn"), initializer=start_forkserver, initargs=(IMPORTED,)
        ) as pool:
            for done in as_completed([pool.submit(judged, job) for job in work]):
                verdicts += done.result()
                progress.advance(bar)
                if not errors.is_terminal:  # a bar is not seen there
                    errors.print(f"{progress.tasks[bar].completed:.0f} of {len(work)} pages, {len(verdicts)} stories")
    return verdicts


def write_misses(path: Path, verdicts: Iterable[Verdict]) -> None:
    """Every miss, one object a line, in an order that does not depend on the processes."""
    misses = sorted((one for one in verdicts if one.is_miss), key=lambda one: (one.edit, one.kind, one.noisy, one.page))
    lines = (json.dumps(one.as_json(), ensure_ascii=False) for one in misses)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.edits", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="real pages with gold readings")
    parser.add_argument("--pages", type=int, default=0, help="so many pages, drawn by chance; all of them unless given")
    parser.add_argument("--each", type=int, default=120, help="about so many pages for a kind; 0: all that allow it")
    parser.add_argument("--kinds", default="", help=f"separated by semicolons, of: {', '.join((*NOISES, *EDITS))}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--no-peers", action="store_true", help="Luutin alone")
    parser.add_argument("--json", type=Path, help="write every miss to this file")
    options = parser.parse_args(words)
    kinds = frozenset(filter(None, map(str.strip, options.kinds.split(";")))) or frozenset((*NOISES, *EDITS))
    if unknown := kinds - {*NOISES, *EDITS}:
        parser.error(f"no such kind: {', '.join(sorted(unknown))}")
    if not (options.folder / "gold.jsonl").is_file():
        parser.error(f"{options.folder} holds no gold.jsonl")
    work = jobs(
        load(options.folder),
        count=options.pages,
        kinds=kinds,
        each=options.each,
        seed=options.seed,
        peers=not options.no_peers,
    )
    verdicts = run(work, options.jobs)
    out = Console()
    out.width = max(out.width, 130)
    out.print(table(verdicts, pages=len(work)))
    if options.json:
        write_misses(options.json, verdicts)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
