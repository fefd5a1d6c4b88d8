"""The command that verifies the archive, or a file of evidence."""

from pathlib import Path
from typing import Annotated

import typer

from luutin.evidence.checking import faults
from luutin.options import ArchiveOption, JsonOption, SeedsOption, setup
from luutin.output import print_json
from luutin.printing import console, escape, notices
from luutin.verifying import verified


def verify(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Evidence; else the whole archive.")] = None,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Check every body, capture, version and link of the hash chains, and name each fault.

    Crawls may go on meanwhile. With a file that `luutin evidence` made, check that file by itself. Exit status 1 when
    there is a fault. What it proves: docs/evidence.md. Example: luutin verify --json
    """
    sound = verified(setup(archive, seeds).archive, as_json=as_json) if file is None else _sound(file, as_json=as_json)
    if not sound:
        raise typer.Exit(1)


def _sound(file: Path, *, as_json: bool) -> bool:
    count = 0
    for fault in faults(file):
        count += 1
        if as_json:
            print_json({"fault": fault, "what": "evidence"})
        else:
            console.print(f"[red]{escape(fault)}[/]")
    if not as_json and not count:
        notices.print(f"{escape(str(file))}: no fault")
    return count == 0
