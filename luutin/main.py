"""The command line: all commands in one place, and what an error becomes."""

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from storage.errors import LuutinError


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A command: the module and the name of its function, or of its own Typer application, and its help panel."""

    module: str
    name: str
    panel: str


_READ, _CRAWL = "luutin.reading_commands", "luutin.crawling_commands"
_SITE, _SEED = "luutin.site_commands", "luutin.seed_commands"
COMMANDS = {
    "init": Entry(module=_SITE, name="init", panel="Set up"),
    "site": Entry(module=_SITE, name="site_app", panel="Set up"),
    "demo": Entry(module="luutin.demo", name="demo", panel="Set up"),
    "crawl": Entry(module=_CRAWL, name="crawl", panel="Fetch"),
    "capture": Entry(module=_CRAWL, name="capture", panel="Fetch"),
    "run": Entry(module=_CRAWL, name="run", panel="Fetch"),
    "status": Entry(module=_READ, name="status", panel="Look"),
    "pages": Entry(module=_READ, name="pages", panel="Look"),
    "history": Entry(module=_READ, name="history", panel="Look"),
    "show": Entry(module=_READ, name="show", panel="Look"),
    "diff": Entry(module=_READ, name="diff", panel="Look"),
    "edits": Entry(module=_READ, name="edits", panel="Look"),
    "try": Entry(module=_SEED, name="try_reading", panel="Test"),
    "replay": Entry(module=_SEED, name="replay_cases", panel="Test"),
    "record": Entry(module=_SEED, name="record", panel="Test"),
}


class OnDemand(TyperGroup):
    """Loads a command's module when the command is used: `luutin pages` need not wait for the crawler's parts."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Typer's own click is private
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - as above
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        found = getattr(import_module(entry.module), entry.name)
        alone = typer.Typer(add_completion=False)
        if isinstance(found, typer.Typer):
            alone = found
            alone.info.name = cmd_name
        else:
            alone.command(cmd_name)(found)
        command = typer.main.get_command(alone)
        command.name = cmd_name
        setattr(command, "rich_help_panel", entry.panel)  # noqa: B010 - an attribute of Typer's commands and groups
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
    try:
        app()
    except LuutinError as error:
        sys.stderr.write(f"luutin: {error}\n")
        sys.exit(2)
    except BrokenPipeError:  # `luutin pages | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
