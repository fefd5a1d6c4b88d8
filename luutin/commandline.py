"""The command line: a command is loaded as it is called, and an error becomes a text and an exit status."""

import errno
import os
import re
import sys
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from luutin import streams
from luutin.commands import COMMANDS, Entry
from luutin.loading import ended_at_once
from luutin.localzone import check_zone
from luutin.output import ReaderGoneError
from storage.errors import LuutinError

_SURROGATE = re.compile("[\ud800-\udfff]")  # in place of what is no UTF-8 among the words of a command line
_UNREAD = "stopped before all was done, as whoever read the output has closed it"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}  # what a disk says, not of a certain file


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
        near = get_close_matches(args[0], COMMANDS, n=1) if args and args[0] not in COMMANDS else []
        if near:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed if name is None else _loaded(name, COMMANDS[name]), rest

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Run the command; what is wrong with a value is told in words for people, not those of pydantic."""
        try:
            return super().invoke(ctx)
        except ReaderGoneError as error:
            if COMMANDS[ctx.invoked_subcommand].works:
                raise ReaderGoneError(_UNREAD) from error
            raise
        except typer.BadParameter as error:
            error.message = _plain(error.message)
            raise


def _plain(message: str) -> str:
    told = message.removeprefix("Value error, ").replace("Input should be a valid integer", "must be a whole number")
    return told.replace("Input should", "must").partition(", unable to parse")[0]


def _listed(name: str, entry: Entry) -> TyperCommand:
    return TyperCommand(name, help=entry.help, rich_help_panel=entry.panel)


def _loaded(name: str, entry: Entry) -> Any:  # noqa: ANN401 - as above
    with ended_at_once():
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


def run() -> None:
    """Run the command line; an error that a user can mend is one clear text and exit status 2."""
    # Child processes import us, not what a workspace holds under the same name: a folder `crawler`, a `calendar.py`.
    os.environ["PYTHONSAFEPATH"] = "1"
    streams.prepare()
    try:
        check_zone(os.environ.get("TZ", ""))
        with streams.flushed():
            app()
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
    except ReaderGoneError as error:
        streams.silence()
        if not str(error):
            sys.exit(0)
        _refuse(str(error), status=1)


def _refuse(text: str, status: int = 2) -> NoReturn:
    with suppress(OSError):  # where not even this can be written
        sys.stderr.write(f"luutin: {text}\n")
    sys.exit(status)
