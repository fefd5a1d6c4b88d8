"""The standard streams: what they are written in, and what becomes of those that are closed, full or read no more."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from luutin.output import ReaderGoneError


def prepare() -> None:
    """Have what is printed be UTF-8 whatever the locale, and streams that were closed lead nowhere.

    A file that is opened takes the place of a closed one: what is printed would be written into an archive.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # pages may also say half a character
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextmanager
def flushed() -> Iterator[None]:
    """Write in the end what is buffered: at the end of Python it would be told with a traceback that this failed.

    Raises:
        ReaderGoneError: nobody reads it any more. Where the program fails, it does so as it would with a reader.
    """
    try:
        yield
    except BaseException as error:
        try:
            sys.stdout.flush()
        except BrokenPipeError as broken:
            if isinstance(error, SystemExit) and not error.code:
                raise ReaderGoneError from broken
            silence()
        raise
    else:
        sys.stdout.flush()


def silence() -> None:
    """Have what is still buffered lead nowhere: it cannot be written either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
