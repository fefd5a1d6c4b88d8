"""The command that packs what is in the archive more tightly: compact."""

from typing import Annotated

import typer
from rich.filesize import decimal

from luutin.options import ArchiveOption, JsonOption, SeedsOption, setup
from luutin.output import print_json
from luutin.printing import console, escape, notices
from luutin.verifying import bar
from storage.archive import Archive
from storage.compacting import Compacted
from storage.database import archive_url, file_of


def compact(
    few: Annotated[bool, typer.Option("--all", help="Also pages of which there are few captures as yet.")] = False,
    shrink: Annotated[
        bool, typer.Option("--shrink", help="Then give the room that is free back to the disk; crawls have to wait.")
    ] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Pack what is in the archive more tightly; with --shrink, give room back to the disk.

    Several captures of a page share a frame then. Crawls may go on meanwhile, and it may be stopped at any time.
    Nothing is lost, and no hash changes. It looks at what was stored since the last time. The room is used for what
    comes next, unless with --shrink. Exit status 1 where something is damaged, which stays as it is.

    Example: luutin compact --shrink
    """
    where = setup(archive, seeds).archive
    with Archive(where, next_due=lambda _site, _history, _now: None) as opened:
        before = _size(where)
        with bar("packing", quiet=as_json) as move:
            done = opened.compact(few=few, on_step=lambda number, total: move(completed=number, total=total))
        if shrink:
            if not as_json:
                notices.print("giving room back to the disk")
            opened.shrink()
    _tell(done, where, before, as_json=as_json, shrink=shrink)
    if done.damaged:
        raise typer.Exit(1)


def _size(where: str) -> int | None:
    """Bytes of the archive's file; None for one on a server."""
    file = file_of(archive_url(where))
    return None if file is None else file.stat().st_size


def _tell(done: Compacted, where: str, before: int | None, *, as_json: bool, shrink: bool) -> None:
    after = _size(where)
    if as_json:
        sizes = {"file_bytes_before": before, "file_bytes": after}
        print_json({"bodies": done.bodies, "saved_bytes": done.saved, **sizes, "damaged": list(done.damaged)})
        return
    for damaged in done.damaged:
        notices.print(f"[red]{escape(damaged)}[/]")
    if done.bodies:
        console.print(f"{done.bodies:,} bodies take {decimal(abs(done.saved))} {'less' if done.saved >= 0 else 'more'}")
    else:
        notices.print("nothing to pack: pages of which there are few captures wait for more, or for --all")
    if before is not None and after is not None and shrink:
        console.print(f"the archive's file had {decimal(before)} and has {decimal(after)}")
    elif done.bodies:
        notices.print("that room is used for what comes next; to give it back to the disk: luutin compact --shrink")
