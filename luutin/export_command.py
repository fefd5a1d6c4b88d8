"""The command that writes the archive in the formats of others: export."""

from collections.abc import Callable
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from crawler.clock import utc_now
from luutin.exchange import wacz, warcs
from luutin.exchange.cdxj import Index
from luutin.filters import check_site
from luutin.options import ArchiveOption, SeedsOption, one_of, setup
from luutin.printing import escape, notices
from luutin.tables import jsonl, parquet
from luutin.verifying import bar
from luutin.warcwriting import RecordWriter
from storage.errors import ConfigError
from storage.newfiles import new_file, new_folder
from storage.queries import Queries

_STANDARD_OUTPUT = Path("-")


class Format(StrEnum):
    """What an archive can be exported as."""

    WARC = "warc"
    WACZ = "wacz"
    JSONL = "jsonl"
    PARQUET = "parquet"


def export(
    form: Annotated[Format, typer.Argument(metavar="FORMAT", help=f"{one_of(Format)}.", show_default=False)],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="OUT", help="The file or folder to make; - for jsonl to standard output."
        ),
    ],
    site: Annotated[str | None, typer.Option(metavar="SITE", help="Only of this site.")] = None,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Write the archive, or one site of it, in a format that other programs read.

    Nothing is written over. warc: every visit with its answer, byte for byte, and an index (CDXJ) beside it; compressed
    where OUT ends in .gz. wacz: the same with a list of pages in one file, for ReplayWeb.page. jsonl and parquet: a
    folder with the tables pages, versions and edits.

    Example: luutin export warc --site baovidu -o baovidu.warc.gz
    """
    if output == _STANDARD_OUTPUT and form is not Format.JSONL:
        raise ConfigError(["-o -: only jsonl can be written to standard output"])
    where = setup(archive, seeds)
    with Queries(where.archive) as queries:
        check_site(site, queries, where.seeds)
        made = _FORMATS[form](queries, site, output)
    if made:
        notices.print(f"made {' and '.join(escape(str(path)) for path in made)}")


def _warc(queries: Queries, site: str | None, output: Path) -> list[Path]:
    index, beside = Index(output.name), _index_path(output)
    with ExitStack() as stack:
        out, lines = (stack.enter_context(new_file(path)) for path in (output, beside))
        writer = RecordWriter(out, gzip=output.suffix == ".gz")
        total, move = _visits(queries, site), stack.enter_context(bar("exporting"))
        for _ in warcs.write(queries, writer, index, site, utc_now(), lambda: move(advance=1, total=total)):
            pass
        lines.write("".join(index.lines()).encode())
    return [output, beside]


def _index_path(output: Path) -> Path:
    """`news.cdxj` for `news.warc.gz`, `news.warc` and `news`."""
    name = output.name.removesuffix(".gz").removesuffix(".warc")
    return output.with_name(f"{name}.cdxj")


def _visits(queries: Queries, site: str | None) -> int:
    return queries.counts()["visit"] if site is None else sum(page.visits for page in queries.pages(site))


def _wacz(queries: Queries, site: str | None, output: Path) -> list[Path]:
    with new_file(output) as out, bar("exporting") as move:
        total = _visits(queries, site)
        wacz.write(queries, out, site, utc_now(), lambda: move(advance=1, total=total))
    return [output]


def _jsonl(queries: Queries, site: str | None, output: Path) -> list[Path]:
    if output == _STANDARD_OUTPUT:
        jsonl.print_all(queries, site, lambda: None)
        return []
    return _tables(jsonl.write_folder, queries, site, output)


def _parquet(queries: Queries, site: str | None, output: Path) -> list[Path]:
    parquet.check_installed()
    return _tables(parquet.write_folder, queries, site, output)


def _tables(
    write: Callable[[Queries, Path, str | None, Callable[[], None]], None],
    queries: Queries,
    site: str | None,
    output: Path,
) -> list[Path]:
    total = queries.rows_of(site)
    with new_folder(output) as folder, bar("exporting") as move:
        write(queries, folder, site, lambda: move(advance=1, total=total))
    return [output]


_FORMATS: dict[Format, Callable[[Queries, str | None, Path], list[Path]]] = {
    Format.WARC: _warc,
    Format.WACZ: _wacz,
    Format.JSONL: _jsonl,
    Format.PARQUET: _parquet,
}
