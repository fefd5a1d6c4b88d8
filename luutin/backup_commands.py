"""The commands that copy the archive to a file and back: backup, restore."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from crawler.clock import utc_now
from luutin.options import ArchiveOption, SeedsOption, setup
from luutin.printing import escape, notices
from luutin.verifying import bar, sound, verified
from storage.archive import init
from storage.backups import OnPages, copied, sqlite_file
from storage.database import archive_url, file_of
from storage.door import Door
from storage.errors import ConfigError, DamagedArchiveError
from storage.moving import moved


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; there must be nothing yet.")],
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Copy the archive to a file while crawls may run, and verify the copy.

    A faulty copy is kept, as the archive has the same faults; exit status 1. For PostgreSQL: docs/command-line.md.

    Example: luutin backup luutin-2026-03-11.db
    """
    if str(file) == "-":
        raise ConfigError(["backup -: a copy is a file, and is not written to standard output"])
    where = setup(archive, seeds).archive
    source = sqlite_file(where)
    _check_folder(file)
    Door(where, read_only=True).close()  # whether it is an archive of this release
    with bar("copying") as move, copied(source, file, _moving(move)) as part:
        whole = verified(f"sqlite:///{part}", as_json=False, heads=False)
    notices.print(f"made {escape(str(file))}, {file.stat().st_size / 1e6:,.1f} MB")
    if not whole:
        raise typer.Exit(1)


def restore(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A backup.", show_default=False)] = None,
    source: Annotated[
        str, typer.Option("--from", metavar="URL", help="Instead of a file: the archive to move here.")
    ] = "",
    damaged: Annotated[bool, typer.Option("--damaged", help="Restore a backup that has faults, too.")] = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Make the archive from a backup, or from another archive, and verify it; never over an archive that is there.

    A backup of an older release is brought to the present schema. One with faults is refused: exit status 1.
    With --from, an archive is moved from SQLite to PostgreSQL or back, all of it or nothing.

    Example: luutin restore luutin-2026-03-11.db
    """
    where = setup(archive, seeds).archive
    if (file is None) == (not source):
        raise ConfigError(["restore takes either a FILE or --from URL"])
    if file is None:
        _move(source, where, damaged=damaged)
    else:
        _restore(file, where, damaged=damaged)


def _restore(file: Path, where: str, *, damaged: bool) -> None:
    target = sqlite_file(where)
    _check_there(f"sqlite:///{file}")
    _check_folder(target)
    with _readable(file):
        Door(f"sqlite:///{file}", read_only=True, older=True).close()
    with _readable(file), bar("restoring") as move, copied(file, target, _moving(move)) as part:
        init(f"sqlite:///{part}", utc_now())
        whole = verified(f"sqlite:///{part}", as_json=False, heads=False)
        _refuse(whole=whole, damaged=damaged)
    _say(f"restored {target}", whole=whole)


def _move(source: str, where: str, *, damaged: bool) -> None:
    """Verified before it is committed: nobody ever finds an archive there that has not been."""
    _check_there(source)
    with ExitStack() as stack:
        with bar("moving") as move:
            arrived = stack.enter_context(moved(source, where, lambda done, total: move(completed=done, total=total)))
        whole = sound(arrived)
        _refuse(whole=whole, damaged=damaged)
    _say(f"moved to {archive_url(where).render_as_string()}", whole=whole)


def _check_there(source: str) -> None:
    """Raises ConfigError for a file that is missing: to make an archive, as is said elsewhere, would not help here."""
    file = file_of(archive_url(source))
    if file is not None and not file.exists():
        raise ConfigError([f"{file}: there is no such file, and so no archive to take over"])
    if file is not None and file.is_file() and not file.stat().st_size:
        raise ConfigError([f"{file}: this file is empty: it is no backup, and no archive to take over"])


def _check_folder(file: Path) -> None:
    """Raises ConfigError where a file's folder is missing: the database would only say that it cannot be opened."""
    if not file.absolute().parent.is_dir():
        raise ConfigError([f"{file}: the folder {file.parent} does not exist"])


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    """Have a backup that the database cannot read be told as such: to restore a backup is what was tried."""
    try:
        yield
    except DamagedArchiveError as error:
        if "malformed" not in str(error):  # a disk that cannot be written
            raise
        notices.print(escape(f"luutin: {file}: this backup is damaged and cannot be read; take another one"))
        raise typer.Exit(1) from error


def _refuse(*, whole: bool, damaged: bool) -> None:
    if not whole and not damaged:
        notices.print("it has faults, and nothing was restored; --damaged restores it all the same")
        raise typer.Exit(1)


def _say(what: str, *, whole: bool) -> None:
    notices.print(escape(what))
    if not whole:
        raise typer.Exit(1)


def _moving(move: Callable[..., None]) -> OnPages:
    return lambda left, pages: move(completed=pages - left, total=pages)
