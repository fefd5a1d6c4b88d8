"""The options that many commands share, and how they, the environment and luutin.toml become settings."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from luutin.workspace import Workspace, load_workspace
from storage.database import archive_url, file_of
from storage.errors import ArchiveError

_ARCHIVE = "LUUTIN_ARCHIVE"
UrlArgument = Annotated[str, typer.Argument(help="URL of a page, under any name that it was ever known by.")]
ArchiveOption = Annotated[
    str,
    typer.Option(
        "--archive",
        envvar=_ARCHIVE,
        help="Database URL of the archive; else what luutin.toml says, else sqlite:///luutin.db.",
        show_default=False,
    ),
]
SeedsOption = Annotated[
    Path | None,
    typer.Option(
        "--seeds",
        envvar="LUUTIN_SEEDS",
        help="Folder of the site files; else what luutin.toml says, else seeds/.",
        show_default=False,
    ),
]
SiteOption = Annotated[str | None, typer.Option("--site", metavar="SITE", help="Only of this site, named by its key.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line, UTF-8, with stable keys.")]
CertificatesOption = Annotated[
    Path | None,
    typer.Option(
        "--certificates",
        metavar="FILE",
        help="Root certificates (PEM) that time stamps are to be signed under; else those that luutin.toml names.",
        show_default=False,
    ),
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Allow loopback and private addresses, which are refused otherwise.")
]


def one_of(choices: type[StrEnum]) -> str:
    """What can be chosen, for a help text: a column that is too narrow for it is wrapped between words there."""
    *others, last = choices
    return f"{', '.join(others)} or {last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Where the archive and the site files are, and what luutin.toml says besides."""

    archive: str
    seeds: Path
    folder: Path
    workspace: Workspace


def setup(archive: str, seeds: Path | None, folder: Path = Path()) -> Setup:
    """The settings of this call: options first, then the environment, then the luutin.toml of a folder.

    Relative paths in luutin.toml are taken from its folder, those of options from the current one.
    """
    workspace = load_workspace(folder)
    if archive and os.environ.get(_ARCHIVE) == archive:
        _check_archive(archive)
    return Setup(
        archive=archive or _in_folder(workspace.archive, folder),
        seeds=seeds or folder / workspace.seeds,
        folder=folder,
        workspace=workspace,
    )


def _check_archive(archive: str) -> None:
    """Raises ArchiveError for an environment variable that names no archive, and names it."""
    try:
        archive_url(archive)
    except ArchiveError as error:
        raise ArchiveError(str(error).replace("--archive", _ARCHIVE, 1)) from error


def _in_folder(archive: str, folder: Path) -> str:
    """The URL of an SQLite file that is named relative to a folder, from where we are."""
    file = file_of(archive_url(archive))
    return archive if file is None or file.is_absolute() else f"sqlite:///{folder / file}"
