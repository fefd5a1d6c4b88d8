"""Files and folders that come to be under their names whole or not at all, also where a process is killed.

They are made beside it under another name. Nothing is ever written over, but by `rewrite`.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from storage.errors import ArchiveError


@contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the name `target` when the block ends well, and else is removed.

    Raises:
        ArchiveError: there is something at `target` already, also if it comes to be there meanwhile.
    """
    with new_place(target) as part:
        with _opened(part, target) as file:
            yield file
        flush(part)


@contextmanager
def new_place(target: Path) -> Iterator[Path]:
    """Where a file is to be made, which takes the name `target` when the block ends well, and else is removed.

    It may be a database: what SQLite keeps beside it is removed too. Whoever makes it flushes it.

    Raises:
        ArchiveError: there is something at `target` already, also if it comes to be there meanwhile.
    """
    part = _beside(target)
    try:
        yield part
        _settle(part, target)
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):  # where nothing could be made there is nothing to take away
                Path(f"{part}{end}").unlink()


def rewrite(target: Path, data: bytes) -> None:
    """Have a file hold this in place of what it held, if anything; that stays where this cannot be written whole."""
    place = target.resolve()
    part = place.with_name(f"{place.name}.part-{os.getpid()}")
    try:
        with _opened(part, target) as file:
            file.write(data)
        part.replace(place)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise _of(error, target) from error


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to make files in, which takes the name `target` when the block ends well, and else is removed.

    Raises:
        ArchiveError: there is something at `target` already, also if it comes to be there meanwhile.
    """
    part = _beside(target)
    _make(part, target)
    try:
        yield part
        for path in (*part.iterdir(), part):
            flush(path)
        _settle_folder(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk before going on."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _beside(target: Path) -> Path:
    if target.exists():
        raise _taken(target)
    return target.with_name(f"{target.name}.part-{os.getpid()}")


def _opened(part: Path, target: Path) -> BinaryIO:
    try:
        return part.open("xb")
    except OSError as error:
        raise _of(error, target) from error


def _make(part: Path, target: Path) -> None:
    try:
        part.mkdir()
    except OSError as error:
        raise _of(error, target) from error


def _settle(part: Path, target: Path) -> None:
    try:
        os.link(part, target)  # unlike a rename it fails where there is something
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError:  # a file system without hard links
        part.rename(target)
    flush(target.parent)


def _settle_folder(part: Path, target: Path) -> None:
    try:
        part.rename(target)  # fails over a file, and over a folder with anything in it
    except OSError as error:
        raise _taken(target) if target.exists() else error from error
    flush(target.parent)


def _taken(target: Path) -> ArchiveError:
    return ArchiveError(f"{target} is there already; nothing is ever written over")


def _of(error: OSError, target: Path) -> OSError:
    """The error, told of the name that was asked for."""
    return OSError(error.errno, error.strerror, str(target))
