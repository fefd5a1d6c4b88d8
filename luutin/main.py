"""The command line: all commands in one place, and what an error becomes."""

import errno
import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from luutin import streams
from luutin.localzone import check_zone
from luutin.output import ReaderGoneError
from storage.errors import LuutinError


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A command: the module and the name of its function, or of its own Typer application, its help panel and line."""

    module: str
    name: str
    panel: str
    help: str


_SURROGATE = re.compile("[\ud800-\udfff]")  # in place of what is no UTF-8 among the words of a command line
_LIST, _PAGE, _CRAWL = "luutin.reading_commands", "luutin.page_commands", "luutin.crawling_commands"
_SITE, _SEED = "luutin.site_commands", "luutin.seed_commands"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}  # what a disk says, not of a certain file
COMMANDS = {
    "init": Entry(
        module=_SITE,
        name="init",
        panel="Set up",
        help="Make a workspace: luutin.toml, a folder for site files, and an empty archive.",
    ),
    "site": Entry(
        module=_SITE,
        name="site_app",
        panel="Set up",
        help="Add a site from its home page, list the sites, check their files.",
    ),
    "demo": Entry(
        module="luutin.demo",
        name="demo",
        panel="Set up",
        help="Watch a local news site, made of recorded pages, while its articles are edited, pulled and set in new "
        "noise.",
    ),
    "crawl": Entry(
        module=_CRAWL,
        name="crawl",
        panel="Fetch",
        help="Ask the sites' feeds, sitemaps and sections, then fetch what is new and what is due, now.",
    ),
    "capture": Entry(
        module=_CRAWL,
        name="capture",
        panel="Fetch",
        help="Fetch just these URLs, now, whether they are due or not.",
    ),
    "run": Entry(
        module=_CRAWL,
        name="run",
        panel="Fetch",
        help="Watch all sites until SIGTERM or Ctrl-C: crawl each when it is due, one log line for each outcome.",
    ),
    "status": Entry(
        module=_LIST,
        name="status",
        panel="Look",
        help="What is due, overdue and failing, site by site, and how big the archive is.",
    ),
    "pages": Entry(
        module=_LIST,
        name="pages",
        panel="Look",
        help="List the pages that the archive knows, the newest first.",
    ),
    "history": Entry(
        module=_PAGE,
        name="history",
        panel="Look",
        help="Every look at a page, the earliest first, and what came of it.",
    ),
    "show": Entry(
        module=_PAGE,
        name="show",
        panel="Look",
        help="Show what a version of a page reads as, or with --raw the bytes that it was read from.",
    ),
    "diff": Entry(
        module=_PAGE,
        name="diff",
        panel="Look",
        help="Show word by word what changed between two versions of a page.",
    ),
    "edits": Entry(
        module=_LIST,
        name="edits",
        panel="Look",
        help="List the edits that were noticed, the earliest first.",
    ),
    "reread": Entry(
        module="luutin.reread_command",
        name="reread",
        panel="Test",
        help="Read every version in the archive anew from its bytes, and say which read differently now.",
    ),
    "search": Entry(
        module="luutin.search_command",
        name="search",
        panel="Look",
        help="Search what pages say now, or what edits added or removed, with or without diacritics.",
    ),
    "copies": Entry(
        module="luutin.copies_command",
        name="copies",
        panel="Look",
        help="Which articles elsewhere say nearly the same as a page, and which of them carry its edits.",
    ),
    "verify": Entry(
        module="luutin.verify_command",
        name="verify",
        panel="Keep",
        help="Check every body, capture, version and link of the hash chains, and name each fault.",
    ),
    "stamp": Entry(
        module="luutin.stamp_command",
        name="stamp_chains",
        panel="Keep",
        help="Have an authority state that all that is in the archive was there at this time.",
    ),
    "evidence": Entry(
        module="luutin.evidence_command",
        name="evidence",
        panel="Keep",
        help="Pack the evidence for an edit into a file that anybody can check.",
    ),
    "import": Entry(
        module="luutin.import_command",
        name="import_files",
        panel="Keep",
        help="Bring the pages in WARC and WACZ files into the archive, as if they had been crawled when they were "
        "captured.",
    ),
    "export": Entry(
        module="luutin.export_command",
        name="export",
        panel="Keep",
        help="Write the archive, or one site of it, in a format that other programs read.",
    ),
    "backup": Entry(
        module="luutin.backup_commands",
        name="backup",
        panel="Keep",
        help="Copy the archive to a file while crawls may run, and verify the copy.",
    ),
    "restore": Entry(
        module="luutin.backup_commands",
        name="restore",
        panel="Keep",
        help="Make the archive from a backup, or from another archive, and verify it; "
        "never over an archive that is there.",
    ),
    "compact": Entry(
        module="luutin.compact_command",
        name="compact",
        panel="Keep",
        help="Pack what is in the archive more tightly; with --shrink, give room back to the disk.",
    ),
    "try": Entry(
        module="luutin.try_command",
        name="try_reading",
        panel="Test",
        help="Show how a page would be read, where each field came from, and what was left out and why.",
    ),
    "replay": Entry(
        module=_SEED,
        name="replay_cases",
        panel="Test",
        help="Replay recorded cases over real HTTP, through the real crawl and an archive of their own, and compare.",
    ),
    "record": Entry(
        module=_SEED,
        name="record",
        panel="Test",
        help="Write a new case from the archive: a page's visits with their responses, and what comes of them.",
    ),
}


class OnDemand(TyperGroup):
    """Loads a command's module when the command is used: help and `luutin pages` need not wait for the crawler."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Typer's own click is private
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - as above
        """What the list of commands needs to know of one."""
        entry = COMMANDS.get(cmd_name)
        return None if entry is None else _listed(cmd_name, entry)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
        """The command that is called, loaded; a name that there is none of is refused as Typer does it."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed if name is None else _loaded(name, COMMANDS[name]), rest

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Run the command; what is wrong with a value is told in words for people, not those of pydantic."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = _plain(error.message)
            raise


def _plain(message: str) -> str:
    told = message.removeprefix("Value error, ").replace("Input should be a valid integer", "must be a whole number")
    return told.replace("Input should", "must").partition(", unable to parse")[0]


def _listed(name: str, entry: Entry) -> TyperCommand:
    return TyperCommand(name, help=entry.help, rich_help_panel=entry.panel)


def _loaded(name: str, entry: Entry) -> Any:  # noqa: ANN401 - as above
    found = getattr(import_module(entry.module), entry.name)
    alone = typer.Typer(add_completion=False)
    if isinstance(found, typer.Typer):
        alone = found
        alone.info.name = name
    else:
        alone.command(name)(found)
    command = typer.main.get_command(alone)
    command.name = name
    return command


app = typer.Typer(
    cls=OnDemand,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Luutin watches news sites, keeps every copy of every article, and says what was edited, when, and how much "
    "it matters.",
    epilog="Exit status: 0 done; 1 done, but faults were found; 2 wrong use or configuration. Times are printed in "
    "this machine's zone, in JSON in UTC.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"luutin {version('luutin')}")
        raise typer.Exit


@app.callback()
def _options(
    _version_asked: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The options that stand before a command."""


def main() -> None:
    """Run the command line; an error that a user can mend is one clear text and exit status 2."""
    # Child processes import us, not what a workspace holds under the same name: a folder `crawler`, a `calendar.py`.
    os.environ["PYTHONSAFEPATH"] = "1"
    streams.prepare()
    try:
        check_zone(os.environ.get("TZ", ""))
        try:
            app()
        finally:
            streams.flush()
    except LuutinError as error:
        _refuse(str(error))
    except OSError as error:
        if error.filename is not None:
            _refuse(f"{error.filename}: {error.strerror}")
        if error.errno not in _FULL:
            raise
        streams.silence()
        _refuse(f"the output cannot be written: {error.strerror}")
    except UnicodeEncodeError:
        odd = [word for word in sys.argv[1:] if _SURROGATE.search(word)]
        if not odd:
            raise
        _refuse(f"{odd[0]!r} is not UTF-8, which it has to be here")
    except ReaderGoneError:
        streams.silence()
        sys.exit(0)


def _refuse(text: str) -> NoReturn:
    with suppress(OSError):  # where not even this can be written
        sys.stderr.write(f"luutin: {text}\n")
    sys.exit(2)
