"""The commands that set up: init, and site add, list, check."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from crawler.client import FetchError
from crawler.clock import utc_now
from crawler.configuring import user_agent
from crawler.looking import Looker
from crawler.sitedrafts import SiteDraft, site_file_text
from crawler.sitefiles import FILE_NAME
from crawler.sitefinding import find_site
from crawler.sites import Site, default_site
from crawler.urls import host_key
from luutin.options import ArchiveOption, JsonOption, PrivateOption, SeedsOption, setup
from luutin.output import print_json
from luutin.printing import console, is_terminal, notices
from luutin.workspace import FILE_NAME as WORKSPACE_FILE
from luutin.workspace import workspace_text
from schedules.service import watched_sites
from storage.archive import init as init_archive
from storage.database import archive_url, file_of
from storage.errors import ConfigError
from storage.records import Response

_DELAY = 0.5  # seconds between the requests with which a site is looked over

site_app = typer.Typer(no_args_is_help=True, help="Add a site from its home page, list the sites, check their files.")


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; else here.")] = Path(),
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Make a workspace: luutin.toml, a folder for site files, and an empty archive.

    What is there already is left as it is; an archive of an older release is brought to this one's schema.
    """
    folder.mkdir(parents=True, exist_ok=True)
    where = setup(archive, seeds, folder)
    path = folder / WORKSPACE_FILE
    if not path.exists():
        path.write_text(workspace_text(archive or "sqlite:///luutin.db", seeds or Path("seeds")), encoding="utf-8")
        console.print(f"wrote {path}: put a contact in it, so that a webmaster can reach you")
    where.seeds.mkdir(parents=True, exist_ok=True)
    found = init_archive(where.archive, utc_now())
    file = file_of(archive_url(where.archive))
    console.print(f"{'made the archive' if found == 0 else 'the archive is there:'} {file or where.archive}")
    console.print("next: luutin site add URL, then luutin crawl; or luutin capture URL")


@site_app.command("add")
def add(
    url: Annotated[str, typer.Argument(help="The home page of the site.")],
    key: Annotated[str | None, typer.Option(help="Name of the site's folder; else made from its host.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a site file that is there.")] = False,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Find the feeds, sitemaps and sections of a site, learn what its article URLs look like, and write its file."""
    where = setup(archive, seeds)
    busy = console.status(f"looking over {escape(url)} …") if is_terminal() else None
    if busy:
        busy.start()
    try:
        draft = asyncio.run(_look_over(url, where.workspace.contact, allow_private))
    finally:
        if busy:
            busy.stop()
    path = where.seeds / (key or draft.key) / FILE_NAME
    if path.exists() and not force:
        raise ConfigError([f"{path}: is there already; --force writes over it, --key chooses another name"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(site_file_text(draft), encoding="utf-8")
    _tell(draft, path)


def _tell(draft: SiteDraft, path: Path) -> None:
    for note in draft.notes:
        notices.print(escape(note))
    for name, urls in (("feed", draft.feeds), ("sitemap", draft.sitemaps), ("section", draft.sections)):
        for url in urls:
            console.print(f"{name:<8} {escape(url)}")
    for pattern in draft.articles:
        console.print(f"article  {escape(pattern)}")
    console.print(f"wrote {path}; read it, then: luutin crawl {path.parent.name}")


async def _look_over(url: str, contact: str, allow_private: bool) -> SiteDraft:
    """What the site says of itself, asked slowly and within its robots.txt."""
    home = url if "://" in url else f"https://{url}"
    agent = user_agent(default_site(host_key(home), home), contact)
    async with Looker(user_agent=agent, allow_private=allow_private, delay=_DELAY) as looker:

        async def fetch(target: str) -> Response | None:
            try:
                return await looker.look(target)
            except FetchError as error:
                notices.print(escape(f"{target}: {error.note}"))
                return None

        return await find_site(home, fetch)


@site_app.command("list")
def list_sites(as_json: JsonOption = False, archive: ArchiveOption = "", seeds: SeedsOption = None) -> None:
    """List the sites of the seeds folder."""
    found = setup(archive, seeds).sites()
    if as_json:
        for key, site in found.items():
            print_json({"site": key, **_fields(site)})
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("site", "name", "home", "feeds", "sitemaps", "sections"):
        table.add_column(heading)
    for key, site in found.items():
        counts = (len(site.discover.feeds), len(site.discover.sitemaps), len(site.discover.sections))
        table.add_row(key, escape(site.name), escape(site.home), *map(str, counts))
    console.print(table if found else "no sites; add one with: luutin site add URL")


def _fields(site: Site) -> dict[str, object]:
    return site.model_dump(mode="json", include={"name", "home", "language", "timezone", "discover", "pace"})


@site_app.command("check")
def check(archive: ArchiveOption = "", seeds: SeedsOption = None) -> None:
    """Report every fault of every site file, with file and key; exit status 2 when there is one."""
    where = setup(archive, seeds)
    found = watched_sites(where.seeds)
    sys.stdout.write(f"{len(found)} site files are in order\n")
