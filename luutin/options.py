"""The options that many commands share, and how they, the environment and luutin.toml become settings."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from crawler.clock import utc_now
from crawler.sitefiles import load_sites
from crawler.sites import Site
from crawler.timetext import duration
from crawler.urls import is_web_url, normal_url
from luutin.workspace import Workspace, load_workspace
from storage.archive import init
from storage.database import archive_url, file_of
from storage.errors import ArchiveError, ConfigError
from storage.queries import Queries
from storage.rows import PageRow

ArchiveOption = Annotated[
    str,
    typer.Option(
        "--archive",
        envvar="LUUTIN_ARCHIVE",
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
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line, UTF-8, with stable keys.")]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Allow loopback and private addresses, which are refused otherwise.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Where the archive and the site files are, and what luutin.toml says besides."""

    archive: str
    seeds: Path
    workspace: Workspace

    def sites(self) -> dict[str, Site]:
        """The sites by key; raises ConfigError with every fault."""
        return load_sites(self.seeds)

    def queries(self) -> Queries:
        """The archive, open for reading."""
        return Queries(self.archive)

    def make_archive(self) -> None:
        """Make the archive where there is none yet, and say so."""
        file = file_of(archive_url(self.archive))
        if file is not None and not file.exists():
            init(self.archive, utc_now())
            sys.stderr.write(f"made a new archive: {file}\n")


def setup(archive: str, seeds: Path | None, folder: Path = Path()) -> Setup:
    """The settings of this call: options first, then the environment, then the luutin.toml of a folder.

    Relative paths in luutin.toml are taken from its folder, those of options from the current one.
    """
    workspace = load_workspace(folder)
    return Setup(
        archive=archive or _in_folder(workspace.archive, folder),
        seeds=seeds or folder / workspace.seeds,
        workspace=workspace,
    )


def _in_folder(archive: str, folder: Path) -> str:
    """The URL of an SQLite file that is named relative to a folder, from where we are."""
    file = file_of(archive_url(archive))
    return archive if file is None or file.is_absolute() else f"sqlite:///{folder / file}"


def page_named(queries: Queries, url: str) -> PageRow:
    """The page of that URL.

    Raises:
        ArchiveError: the archive does not know it.
    """
    address = url if "://" in url else f"https://{url}"
    spellings = [url, normal_url(address)] if is_web_url(address) else [url]
    for spelling in spellings:
        page = queries.page(spelling)
        if page is not None:
            return page
    raise ArchiveError(f"the archive knows no page {url}; see: luutin pages")


def parse_since(text: str, now: datetime) -> datetime:
    """The time that `--since` means: a date or time of ISO 8601 (local where it names no zone), or an age like 7d.

    Raises:
        ConfigError: it is neither.
    """
    try:
        return now - duration(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError as error:
        raise ConfigError(
            [f"--since {text!r} is neither a time like 2026-03-01T08:00 nor an age like 36h or 7d"]
        ) from error


def check_known(sites: Sequence[str], known: dict[str, Site], seeds: Path) -> None:
    """Raises ConfigError for names of sites that there are none of."""
    missing = [name for name in sites if name not in known]
    if missing:
        held = ", ".join(sorted(known)) or "none"
        raise ConfigError([f"{seeds} holds no site {name!r}; it holds: {held}" for name in missing])


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago something was, or in how long it will be, in one unit."""
    if moment is None:
        return "never"
    seconds = (now - moment).total_seconds()
    span = _span(timedelta(seconds=abs(seconds)))
    return f"{span} ago" if seconds >= 0 else f"in {span}"


def _span(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
