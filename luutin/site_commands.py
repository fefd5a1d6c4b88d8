"""The commands that set up: init, and site add, list, check."""

import asyncio
import sys
from contextlib import nullcontext
from os.path import relpath
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from crawler.clock import utc_now
from crawler.configuring import user_agent
from crawler.fetching.client import FetchError
from crawler.fetching.looking import Looker
from crawler.finding.sitedrafts import SiteDraft, site_file_text
from crawler.finding.sitefinding import SiteNotFoundError, find_site
from crawler.sitefiles import FILE_NAME, load_sites, strays
from crawler.sites import KEY_PATTERN, Site, default_site
from crawler.urls import host_key, is_web_url
from luutin.options import ArchiveOption, JsonOption, PrivateOption, SeedsOption, setup
from luutin.output import print_json
from luutin.printing import console, escape, is_terminal, notices, print_table
from luutin.workspace import FILE_NAME as WORKSPACE_FILE
from luutin.workspace import workspace_text
from schedules.service import watched_sites
from storage.archive import init as init_archive
from storage.database import archive_url, file_of
from storage.errors import ConfigError
from storage.newfiles import rewrite
from storage.records import Outcome, Response

_DELAY = 0.5  # seconds between the requests with which a site is looked over

site_app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Add a site from its home page, list the sites, check their files."
)


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; else here.")] = Path(),
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Make a workspace: luutin.toml, a folder for site files, and an empty archive.

    What is there already is left as it is; an archive of an older release is brought to this one's schema.

    Example: luutin init watch
    """
    folder.mkdir(parents=True, exist_ok=True)
    where = setup(archive, seeds, folder)
    path = folder / WORKSPACE_FILE
    if not path.exists():
        rewrite(path, _first_text(archive, seeds, folder).encode())
        console.print(f"wrote {escape(str(path))}: put a contact in it, so that a webmaster can reach you")
    where.seeds.mkdir(parents=True, exist_ok=True)
    found = init_archive(where.archive, utc_now())
    url = archive_url(where.archive)
    shown = escape(str(file_of(url) or url.render_as_string()))
    console.print(f"{'made the archive' if found == 0 else 'the archive is there:'} {shown}")
    console.print("next: luutin site add URL, then luutin crawl; or luutin capture URL")


def _first_text(archive: str, seeds: Path | None, folder: Path) -> str:
    """A luutin.toml for what the options said, whose relative paths are from its own folder."""
    file = file_of(archive_url(archive)) if archive else None
    if file is not None and not file.is_absolute():
        archive = f"sqlite:///{relpath(file, folder)}"
    held = Path("seeds") if seeds is None else seeds if seeds.is_absolute() else Path(relpath(seeds, folder))
    return workspace_text(archive or "sqlite:///luutin.db", held)


@site_app.command("add")
def add(
    url: Annotated[str, typer.Argument(help="The home page of the site, or a section of it.")],
    key: Annotated[str | None, typer.Option(help="Name of the site's folder; else made from its host.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a site file that is there.")] = False,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Find the feeds, sitemaps and sections of a site, learn what its article URLs look like, and write its file.

    Example: luutin site add baovidu.example --key baovidu
    """
    where = setup(archive, seeds)
    home = url if "://" in url else f"https://{url}"
    if not is_web_url(home):
        raise ConfigError([f"not a web address: {url}"])
    if key is not None:
        _check_free(where.seeds, key, force)
    hint = "" if home == url else f"; if it is a site without https: luutin site add http://{url}"
    draft = _draft(home, where.workspace.contact, allow_private, hint)
    path = _check_free(where.seeds, key or draft.key, force)
    path.parent.mkdir(parents=True, exist_ok=True)
    rewrite(path, site_file_text(draft).encode())
    _tell(draft, path)


def _check_free(seeds: Path, key: str, force: bool) -> Path:
    """Where the file of a site of that key is to be written; raises ConfigError where it may not be."""
    if not KEY_PATTERN.fullmatch(key):
        raise ConfigError([f"--key {key!r}: may hold only a-z, 0-9, dot, dash and underscore"])
    path = seeds / key / FILE_NAME
    if path.exists() and not force:
        raise ConfigError([f"{path}: is there already; --force writes over it, --key chooses another name"])
    return path


def _draft(home: str, contact: str, allow_private: bool, hint: str) -> SiteDraft:
    """What is found out about a site; exits with 1 where it does not answer as a site does."""
    busy = console.status(f"looking over {escape(home)} …") if is_terminal() else nullcontext()
    try:
        with busy:
            return asyncio.run(_look_over(home, contact, allow_private))
    except SiteNotFoundError as error:
        notices.print(escape(f"luutin: {error}{hint}"))
        raise typer.Exit(1) from error


def _tell(draft: SiteDraft, path: Path) -> None:
    for note in draft.notes:
        notices.print(escape(note))
    for name, urls in (("feed", draft.feeds), ("sitemap", draft.sitemaps), ("section", draft.sections)):
        for url in urls:
            console.print(f"{name:<8} {escape(url)}")
    for pattern in draft.articles:
        console.print(f"article  {escape(pattern)}")
    console.print(f"wrote {escape(str(path))}; read it, then: luutin crawl {path.parent.name}")


async def _look_over(home: str, contact: str, allow_private: bool) -> SiteDraft:
    """What the site says of itself, asked slowly and within its robots.txt."""
    agent = user_agent(default_site(host_key(home), home), contact)
    async with Looker(user_agent=agent, allow_private=allow_private, delay=_DELAY) as looker:

        async def fetch(target: str) -> Response | None:
            try:
                return await looker.look(target)
            except FetchError as error:
                notices.print(escape(f"{target}: {error.note}"))
                if error.outcome is Outcome.BLOCKED_ADDRESS:
                    notices.print("loopback and private addresses are refused; --allow-private allows them")
                return None

        return await find_site(home, fetch)


@site_app.command("list")
def list_sites(as_json: JsonOption = False, archive: ArchiveOption = "", seeds: SeedsOption = None) -> None:
    """List the sites of the seeds folder."""
    found = load_sites(setup(archive, seeds).seeds)
    if as_json:
        for key, site in found.items():
            print_json({"site": key, **_fields(site)})
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("site", "name", "home", "feeds", "sitemaps", "sections"):
        table.add_column(heading, no_wrap=True)
    for key, site in found.items():
        counts = (len(site.discover.feeds), len(site.discover.sitemaps), len(site.discover.sections))
        table.add_row(key, escape(site.name), escape(site.home), *map(str, counts))
    if found:
        print_table(table)
    else:
        notices.print("no sites; add one with: luutin site add URL")


def _fields(site: Site) -> dict[str, object]:
    return site.model_dump(mode="json", include={"name", "home", "language", "timezone", "discover", "pace"})


@site_app.command("check")
def check(archive: ArchiveOption = "", seeds: SeedsOption = None) -> None:
    """Report every fault of every site file, with file and key; exit status 2 when there is one."""
    where = setup(archive, seeds)
    if not where.seeds.is_dir():
        raise ConfigError([f"{where.seeds}: there is no such folder"])
    lacking = strays(where.seeds)
    try:
        count = len(watched_sites(where.seeds))
    except ConfigError as error:
        raise ConfigError([*error.faults, *lacking]) from error
    if lacking:
        raise ConfigError(lacking)
    sys.stdout.write("1 site file is in order\n" if count == 1 else f"{count} site files are in order\n")
