"""Makes the folder of an export: whole or not at all, and never over anything."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import ArchiveError


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder to write into, which gets the name `path` when the block ends well, and else is removed.

    Raises:
        ArchiveError: there is something at `path` already, also if it comes to be there meanwhile.
    """
    if path.exists():
        raise _taken(path)
    part = path.with_name(f"{path.name}.part-{os.getpid()}")
    part.mkdir()
    try:
        yield part
        _settle(part, path)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _settle(part: Path, path: Path) -> None:
    for file in (*part.iterdir(), part):
        _flush(file)
    try:
        part.rename(path)  # fails over a file, and over a folder with anything in it
    except OSError as error:
        raise _taken(path) if path.exists() else error from error
    _flush(path.parent)


def _flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _taken(path: Path) -> ArchiveError:
    return ArchiveError(f"{path} is there already; nothing is ever written over")
