"""The command line: all commands in one place, and what an error becomes."""

import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from luutin import crawling_commands, demo, reading_commands, seed_commands, site_commands
from storage.errors import LuutinError

app = typer.Typer(
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


_SET_UP, _FETCH, _READ, _TEST = "Set up", "Fetch", "Look", "Test"
app.command("init", rich_help_panel=_SET_UP)(site_commands.init)
app.add_typer(site_commands.site_app, name="site", rich_help_panel=_SET_UP)
app.command("demo", rich_help_panel=_SET_UP)(demo.demo)
app.command("crawl", rich_help_panel=_FETCH)(crawling_commands.crawl)
app.command("capture", rich_help_panel=_FETCH)(crawling_commands.capture)
app.command("run", rich_help_panel=_FETCH)(crawling_commands.run)
app.command("status", rich_help_panel=_READ)(reading_commands.status)
app.command("pages", rich_help_panel=_READ)(reading_commands.pages)
app.command("history", rich_help_panel=_READ)(reading_commands.history)
app.command("show", rich_help_panel=_READ)(reading_commands.show)
app.command("diff", rich_help_panel=_READ)(reading_commands.diff)
app.command("edits", rich_help_panel=_READ)(reading_commands.edits)
app.command("try", rich_help_panel=_TEST)(seed_commands.try_reading)
app.command("replay", rich_help_panel=_TEST)(seed_commands.replay_cases)
app.command("record", rich_help_panel=_TEST)(seed_commands.record)


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
