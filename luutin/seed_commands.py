"""The commands that work on recorded cases: replay, record."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from crawler.sitefiles import FILE_NAME, load_sites
from luutin.cases import Case, case_folders, load_case, write_expected
from luutin.expectations import mismatches
from luutin.lookups import page_named
from luutin.options import ArchiveOption, JsonOption, SeedsOption, setup
from luutin.output import print_json
from luutin.printing import console, escape, is_terminal, notices
from luutin.recording import record_case, take_back
from luutin.replaying import replay
from schedules.stopping import stop_on_signals
from storage.errors import ConfigError
from storage.queries import Queries


def replay_cases(
    cases: Annotated[list[str] | None, typer.Argument(metavar="SITE[/CASE]", help="Which; else all.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Write what was read as what is expected.")] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Replay recorded cases over real HTTP, through the real crawl and an archive of their own, and compare.

    Exit status 1 when one differs from its expected.json; the differing places are printed.

    Example: luutin replay baovidu/first-reading
    """
    where = setup(archive, seeds)
    folders = case_folders(where.seeds, cases or [])
    if not folders:
        raise ConfigError([f"{where.seeds} holds no recorded case; make one with: luutin record URL"])
    loaded = _loaded(folders, update)
    failed = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=notices, transient=True, disable=not is_terminal()) as progress:
        task = progress.add_task("replaying", total=len(loaded))
        for case in loaded:
            progress.update(task, description=case.name)
            failed += not _replay_one(case, update, as_json)
            progress.advance(task)
    if not as_json:
        cases_said = "1 case" if len(loaded) == 1 else f"{len(loaded)} cases"
        console.print(f"{cases_said} replayed, {failed} {'updated' if update else 'different from what is expected'}")
    if failed and not update:
        raise typer.Exit(1)


def _loaded(folders: Sequence[Path], update: bool) -> list[Case]:
    """The cases; raises ConfigError with the faults of all, before any is replayed."""
    loaded, faults = [], []
    for folder in folders:
        try:
            case = load_case(folder)
            if case.has_expected or not update:
                case.expected()
            loaded.append(case)
        except ConfigError as error:
            faults += error.faults
    if faults:
        raise ConfigError(faults)
    return loaded


def _whole_replay(case: Case) -> dict[str, Any]:
    """What comes of a case. Ctrl-C counts when it has ended: half a replay is not what is to be expected."""
    with stop_on_signals() as stop:
        made = replay(case)
    if stop.is_set():
        raise KeyboardInterrupt
    return made


def _replay_one(case: Case, update: bool, as_json: bool) -> bool:
    """Whether the case came out as expected."""
    made = _whole_replay(case)
    faults = [] if update and not case.has_expected else mismatches(case.expected(), made)
    changed = bool(faults) or (update and not case.has_expected)
    if update and changed:
        write_expected(case, made)
    if as_json:
        print_json({"case": case.name, "ok": not changed, "updated": update and changed, "mismatches": faults})
        return not changed
    state = "[green]ok[/]     " if not changed else "[yellow]updated[/]" if update else "[red]differs[/]"
    console.print(f"{state} {case.name}  [dim]{escape(case.about)}[/]")
    for fault in faults:
        console.print(f"        {escape(fault)}")
    return not changed


def record(
    url: Annotated[str, typer.Argument(help="URL of a page in the archive.")],
    case: Annotated[
        str | None, typer.Option(metavar="NAME", help="Name of the case's folder; else made from the URL.")
    ] = None,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Write a new case from the archive: a page's visits with their responses, and what comes of them.

    Example: luutin record https://baovidu.example/gia-xang-post101.html --case price-corrected
    """
    where = setup(archive, seeds)
    sites = load_sites(where.seeds)
    with Queries(where.archive) as queries:
        page = page_named(queries, url)
        folder = record_case(queries, page, where.seeds, sites.get(page.site), case)
    try:
        loaded = load_case(folder)
        write_expected(loaded, _whole_replay(loaded))
    except BaseException:
        take_back(folder, sites.get(page.site))
        raise
    sys.stdout.write(f"wrote {folder}; read its expected.json: from now on it is what must come out\n")
    if page.site not in sites:
        file = folder.parent / FILE_NAME
        notices.print(
            escape(f"wrote {file} too, which the case needs; from now on luutin crawl and run watch that site")
        )
