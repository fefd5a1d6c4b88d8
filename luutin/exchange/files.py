"""The files that an export makes: never over one that is there, and none left behind by one that failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from storage.errors import ArchiveError


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to; it is removed where that fails.

    Raises:
        ArchiveError: there is something at `path` already.
    """
    try:
        file = path.open("xb")
    except FileExistsError as error:
        raise ArchiveError(f"{path} is there already; nothing is ever written over") from error
    try:
        with file:
            yield file
    except BaseException:
        path.unlink()
        raise
