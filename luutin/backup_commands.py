"""The commands that copy the archive to a file and back: backup, restore."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from crawler.clock import utc_now
from luutin.options import ArchiveOption, SeedsOption, setup
from luutin.printing import escape, notices
from luutin.verifying import bar, verified
from storage.archive import init
from storage.backups import OnPages, copied, sqlite_file
from storage.door import Door


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; there must be nothing yet.")],
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Copy the archive to a file while crawls may run, and verify the copy.

    A faulty copy is kept, as the archive has the same faults; exit status 1. For PostgreSQL: docs/command-line.md.

    Example: luutin backup luutin-2026-03-11.db
    """
    where = setup(archive, seeds).archive
    source = sqlite_file(where)
    Door(where, read_only=True).close()  # whether it is an archive of this release
    with bar("copying") as move, copied(source, file, _moving(move)) as part:
        sound = verified(f"sqlite:///{part}", as_json=False, heads=False)
    notices.print(f"made {escape(str(file))}, {file.stat().st_size / 1e6:,.1f} MB")
    if not sound:
        raise typer.Exit(1)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    damaged: Annotated[bool, typer.Option("--damaged", help="Restore a backup that has faults, too.")] = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Make the archive from a backup, and verify it; never over an archive that is there.

    A backup of an older release is brought to the present schema. One with faults is refused: exit status 1.

    Example: luutin restore luutin-2026-03-11.db
    """
    where = setup(archive, seeds).archive
    target = sqlite_file(where)
    Door(f"sqlite:///{file}", read_only=True, older=True).close()
    with bar("restoring") as move, copied(file, target, _moving(move)) as part:
        init(f"sqlite:///{part}", utc_now())
        sound = verified(f"sqlite:///{part}", as_json=False, heads=False)
        if not sound and not damaged:
            notices.print("the backup has faults, and nothing was restored; --damaged restores it all the same")
            raise typer.Exit(1)
    notices.print(f"restored {escape(str(target))}")
    if not sound:
        raise typer.Exit(1)


def _moving(move: Callable[..., None]) -> OnPages:
    return lambda left, pages: move(completed=pages - left, total=pages)
